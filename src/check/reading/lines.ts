import * as yaml from 'js-yaml';
import { KUBECTL_SCHEMA } from './kubectl-schema';

/**
 * Finds the line, counted from 0, on which a mapping or list of parsed documents begins.
 *
 * To keep lines while parsing costs half as much again, and most documents are never reported. So the first question parses the same text once
 * more, with an ear on the parser, and walks both results side by side.
 */
export function lineFinder(source: string, documents: readonly unknown[]): (node: unknown) => number | undefined {
  let lines: Map<object, number> | undefined;
  return (node) => {
    if (node === null || typeof node !== 'object') return undefined;
    lines ??= linesOf(source, documents);
    return lines.get(node);
  };
}

function linesOf(source: string, documents: readonly unknown[]): Map<object, number> {
  const read = new Map<object, number>();
  const opened: number[] = [];
  const again = yaml.loadAll(source, null, {
    schema: KUBECTL_SCHEMA,
    listener(event, state) {
      if (event === 'open') opened.push(state.line);
      else {
        const line = opened.pop();
        const { result } = state as { result?: unknown };
        // An alias closes with the node of its anchor, whose line is known.
        if (line !== undefined && isNode(result) && !read.has(result)) read.set(result, line);
      }
    },
  });
  const lines = new Map<object, number>();
  const pending: [unknown, unknown][] = documents.map((document, index) => [document, again[index]]);
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    const [node, twin] = pair;
    if (!isNode(node) || !isNode(twin) || lines.has(node)) continue;
    lines.set(node, read.get(twin) ?? 0);
    for (const key of Object.keys(node)) pending.push([node[key], twin[key]]);
  }
  return lines;
}

function isNode(node: unknown): node is Record<string, unknown> {
  return node !== null && typeof node === 'object';
}
