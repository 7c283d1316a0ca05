/** A value as an error quotes it. It may be of any type: an unset variable of the environment is `undefined`, and not every caller has types. */
export function quoted(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function' || (typeof value === 'object' && value !== null)) return 'an object';
  return String(value);
}
