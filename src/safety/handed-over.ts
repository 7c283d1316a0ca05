import { INTENT_ANNOTATION, intentOf } from '../reference/intent';
import { GRANTED_BY_ANNOTATION, HANDED_OVER, SOURCE_NAMESPACE_LABEL, SOURCE_UID_ANNOTATION } from '../reference/pre-provisioned';
import { CLAIM_KIND, CORE_GROUP, GRANT_GROUP, GRANT_KIND, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import { all, entryOf, SENT, text } from './cel';

/** How the refusals call the construct. */
export const POLICIES = 'PreProvisionedSnapshotPolicies';

export const GRANT_PARAM = { apiVersion: `${GRANT_GROUP}/v1beta1`, kind: GRANT_KIND };

/** Everything of ours begins so. */
export const OUR_KEYS = INTENT_ANNOTATION.slice(0, INTENT_ANNOTATION.indexOf('/') + 1);

/** The intent of a snapshot, less its namespace and name. */
const INTENT = intentOf({ group: SNAPSHOT_GROUP, kind: SNAPSHOT_KIND, namespace: '', name: '' }).slice(0, -1);

/** The intent of a snapshot whose namespace and name are CEL expressions. */
export function intent(namespace: string, name: string): string {
  return `${text(INTENT)} + ${namespace} + '/' + ${name}`;
}

/** The name of the snapshot in an intent, both CEL expressions; empty where the intent is not about a snapshot of that namespace. */
export function nameInIntent(wanted: string, namespace: string): string {
  const before = `${text(INTENT)} + ${namespace} + '/'`;
  return `(${wanted}.startsWith(${before}) ? ${wanted}.substring(size(${before})) : '')`;
}

/** The name of the handed-over snapshot of a source, and of its content with the target namespace first: CEL expressions. */
export function handedOverName(...parts: string[]): string {
  return `${text(HANDED_OVER)} + ${parts.join(" + '.' + ")}`;
}

export function isHandedOver(name: string): string {
  return `${name}.startsWith(${text(HANDED_OVER)})`;
}

/** What follows the opening of a handed-over snapshot's name: `prod.mysql`. */
export function behindHandedOver(name: string): string {
  return `${name}.substring(${HANDED_OVER.length})`;
}

export const LABELLED_NAMESPACE = entryOf('object', 'labels', SOURCE_NAMESPACE_LABEL);
export const WANTED = entryOf('object', 'annotations', INTENT_ANNOTATION);

/** A policy has written the stamp, or the sender has. */
export const GRANTED_BY = `${text(GRANTED_BY_ANNOTATION)}`;
export const SOURCE_UID = `${text(SOURCE_UID_ANNOTATION)}`;

export function stampSent(fields: string, keys: readonly string[]): string {
  const owned = keys.map((key) => `${text(`f:${key}`)} in f['f:metadata']['f:annotations']`).join(' || ');
  return `${fields}.exists(f, 'f:metadata' in f && 'f:annotations' in f['f:metadata'] && (${owned}))`;
}

export const STAMPS = [GRANTED_BY_ANNOTATION, SOURCE_UID_ANNOTATION];

/** The variable with the fields that were sent; every policy that asks for stamps needs it. */
export const SENT_VARIABLE = { name: 'sent', expression: SENT };

/** Writes which grant has allowed it. */
export const STAMP_GRANT = `Object{metadata: Object.metadata{annotations: {${GRANTED_BY}: params.metadata.namespace + '/' + params.metadata.name}}}`;

/** A grant's `from` names the claims of a namespace, a CEL expression. Groups and kinds compare exactly. */
export function grantsFrom(namespace: string): string {
  return `params.spec.from.exists(f, f.group == ${text(CORE_GROUP)} && f.kind == ${text(CLAIM_KIND)} && f.namespace == ${namespace})`;
}

/** A grant's `to` names a snapshot, or all: absent and empty names are the same. `one` and `every` are CEL conditions; `one` may use `t`. */
export function grantsTo(one: string, every = 'true'): string {
  const kind = `t.group == ${text(SNAPSHOT_GROUP)} && t.kind == ${text(SNAPSHOT_KIND)}`;
  return `params.spec.to.exists(t, ${kind} && (has(t.name) && t.name != '' ? ${one} : ${every}))`;
}

/** A local reference of a claim names a snapshot that was handed over. */
export function namesHandedOver(ref: string): string {
  return all(
    `has(${ref})`,
    `${ref}.kind == ${text(SNAPSHOT_KIND)}`,
    `has(${ref}.apiGroup) && ${ref}.apiGroup == ${text(SNAPSHOT_GROUP)}`,
    isHandedOver(`${ref}.name`),
  );
}
