const LONGEST = 80;

/** A value as a message quotes it. Maps and lists are not written out: they may be huge, or hold themselves. */
export function shown(node: unknown): string {
  if (node === undefined || node === null) return 'missing';
  if (Array.isArray(node)) return 'a list';
  if (typeof node === 'object') return 'a map';
  const written = String(node);
  return `'${written.length > LONGEST ? `${written.slice(0, LONGEST)}...` : written}'`;
}

/** An object as a message names it: `VolumeSnapshot prod/mysql`. */
export function named({ kind, namespace, name }: { readonly kind: string; readonly namespace: string; readonly name: string }): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
