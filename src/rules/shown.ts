const LONGEST = 80;

/** A value as a message quotes it. A string is in quotes. Maps and lists are not written out: they may be huge, or hold themselves. */
export function shown(node: unknown): string {
  if (node === undefined || node === null) return 'missing';
  if (Array.isArray(node)) return 'a list';
  if (typeof node === 'object') return 'a map';
  if (typeof node !== 'string') return String(node);
  return `'${node.length > LONGEST ? `${node.slice(0, LONGEST)}...` : node}'`;
}
