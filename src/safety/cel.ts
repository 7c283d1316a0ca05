/*
 * Small parts of which the expressions of the policies are put together.
 * https://kubernetes.io/docs/reference/using-api/cel/
 */

/** A string as CEL writes it. */
export function text(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

export function list(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`;
}

export function all(...conditions: string[]): string {
  return conditions.map((each) => `(${each})`).join(' && ');
}

export function any(...conditions: string[]): string {
  return conditions.map((each) => `(${each})`).join(' || ');
}

/** Labels or annotations of an object; an empty map where it has none. */
export function mapOf(object: string, field: 'labels' | 'annotations'): string {
  return `(has(${object}.metadata.${field}) ? ${object}.metadata.${field} : {})`;
}

/** Whether an object carries an annotation. */
export function annotated(object: string, key: string): string {
  return `(has(${object}.metadata.annotations) && ${text(key)} in ${object}.metadata.annotations)`;
}

/** A label or annotation; empty where the object does not carry it. */
export function entryOf(object: string, field: 'labels' | 'annotations', key: string): string {
  return `(has(${object}.metadata.${field}) && ${text(key)} in ${object}.metadata.${field} ? ${object}.metadata.${field}[${text(key)}] : '')`;
}

/**
 * Who has written what. The field manager runs before mutating policies: a field that a policy has written belongs to nobody, one that was
 * sent belongs to its sender, whatever the sender says about it.
 */
export const SENT =
  '(has(object.metadata.managedFields) ? object.metadata.managedFields.filter(m, has(m.fieldsV1)).map(m, m.fieldsV1) : [])';
