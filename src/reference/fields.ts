/** A field of something that anybody may have written. Nothing where a step of the path leads nowhere. */
export function at(node: unknown, ...path: readonly (string | number)[]): unknown {
  let here = node;
  // Called a hundred times for each object, mostly before it is compiled: the plainest loop is the fastest.
  for (let index = 0; index < path.length; index++) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, path[index]!)) return undefined;
    here = (here as Record<string | number, unknown>)[path[index]!];
  }
  return here;
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
