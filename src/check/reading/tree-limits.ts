/** A document may grow by its aliases to this many values; without aliases it has no more than characters. */
export const MAX_VALUES = 1_000_000;
/** And may be this deep, aliases included. */
export const MAX_DEPTH = 100;

/** What a parser makes of a mapping as a key, such as an unquoted `{{ .Values.name }}`. */
const MAPPING_AS_KEY = '[object Object]';

interface Extent {
  readonly values: number;
  readonly depth: number;
}

/** Only documents with an alias, a flow mapping or an explicit key can go wrong in a way that is looked for here. */
export function mayExceed(source: string): boolean {
  return /[*{?]/.test(source);
}

/** What is wrong with a parsed document as a tree: aliases make it endless, or too large to look at; or a key is no string. Nothing: it is fine. */
export function treeFault(root: unknown, length: number): string | undefined {
  const known = new Map<object, Extent>();
  const open = new Set<object>();

  function extentOf(node: unknown): Extent {
    if (node === null || typeof node !== 'object') return { values: 1, depth: 0 };
    const measured = known.get(node);
    if (measured) return measured;
    if (open.has(node)) throw new TreeFault('refers to itself by an alias');
    open.add(node);
    let values = 1;
    let depth = 0;
    for (const key of Object.keys(node)) {
      if (key === MAPPING_AS_KEY) throw new TreeFault('has a mapping for a key, but keys must be strings');
      const child = extentOf((node as Record<string, unknown>)[key]);
      values += child.values;
      depth = Math.max(depth, child.depth);
    }
    open.delete(node);
    const extent = { values, depth: depth + 1 };
    known.set(node, extent);
    return extent;
  }

  try {
    const { values, depth } = extentOf(root);
    if (values > Math.max(MAX_VALUES, length)) return `has more than ${MAX_VALUES} values when its aliases are followed`;
    if (depth > MAX_DEPTH) return `is nested deeper than ${MAX_DEPTH} levels when its aliases are followed`;
    return undefined;
  } catch (error) {
    if (error instanceof TreeFault) return error.message;
    // Of aliases to aliases, thousands of them.
    if (error instanceof RangeError) return `is nested deeper than ${MAX_DEPTH} levels when its aliases are followed`;
    throw error;
  }
}

class TreeFault extends Error {}
