type Key = string | number;

/**
 * A field of something that anybody may have written. Nothing where a step of the path leads nowhere.
 *
 * Called a hundred times for each object, mostly before it is compiled: a list of the steps would have to be made for each call.
 */
export function at(node: unknown, first: Key, second?: Key, third?: Key, fourth?: Key, fifth?: Key): unknown {
  const one = field(node, first);
  if (second === undefined || one === undefined) return one;
  const two = field(one, second);
  if (third === undefined || two === undefined) return two;
  const three = field(two, third);
  if (fourth === undefined || three === undefined) return three;
  const four = field(three, fourth);
  return fifth === undefined ? four : field(four, fifth);
}

/** The same along steps that are not known beforehand. */
export function along(node: unknown, path: readonly Key[]): unknown {
  return path.reduce(field, node);
}

function field(node: unknown, key: Key): unknown {
  if (node === null || typeof node !== 'object') return undefined;
  const value = (node as Record<Key, unknown>)[key];
  // What every object and list inherits are functions; manifests hold none.
  return typeof value === 'function' ? undefined : value;
}

/** Whether it is a map: neither a list nor a scalar. */
export function isMap(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

/** The string; anything else reads as an absent one. */
export function text(node: unknown): string {
  return typeof node === 'string' ? node : '';
}

/** The items of a list; anything else reads as an empty one. */
export function list(node: unknown): readonly unknown[] {
  return Array.isArray(node) ? node : [];
}

const NONE: Readonly<Record<string, string>> = {};

/** The strings of a map, such as labels; anything else reads as absent. */
export function strings(node: unknown): Readonly<Record<string, string>> {
  if (node === null || typeof node !== 'object' || Array.isArray(node)) return NONE;
  return Object.fromEntries(Object.entries(node).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
