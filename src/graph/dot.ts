import type { Picture, PictureEdge, PictureNode } from './picture';

/** The colour of what the cluster refuses. */
const REFUSED = '#c1121f';

/**
 * A graph for Graphviz.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function dot(picture: Picture): string {
  const lines = [
    'digraph "snapshot-clone" {',
    '  rankdir=LR;',
    '  node [shape=box, style=rounded, fontname="sans-serif"];',
    '  edge [fontname="sans-serif"];',
  ];
  let group = 0;
  for (const [namespace, nodes] of picture.namespaces()) {
    if (namespace) lines.push(`  subgraph cluster_${group++} {`, `    label=${quoted(`namespace ${namespace}`)};`);
    lines.push(...nodes.map((node) => `${namespace ? '    ' : '  '}${nodeText(node)}`));
    if (namespace) lines.push('  }');
  }
  lines.push(...picture.edges.map((edge) => `  ${edgeText(edge)}`), '}');
  return `${lines.join('\n')}\n`;
}

function nodeText({ index, kind, name, absent }: PictureNode): string {
  const label = `${kind}\n${name}${absent ? '\n(not in the set)' : ''}`;
  return `n${index} [label=${quoted(label)}${absent ? ', style="rounded,dashed"' : ''}];`;
}

function edgeText({ from, to, label, refused }: PictureEdge): string {
  const look = refused ? `, color="${REFUSED}", fontcolor="${REFUSED}", style=dashed` : '';
  return `n${from.index} -> n${to.index} [label=${quoted(label)}${look}];`;
}

function quoted(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}
