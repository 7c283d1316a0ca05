import type { Picture, PictureEdge, PictureNode } from './picture';

/** The colour of what the cluster refuses. */
const REFUSED = '#c1121f';

/**
 * A flowchart for Mermaid, which GitHub and GitLab draw in Markdown.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function mermaid(picture: Picture): string {
  const lines = ['flowchart LR'];
  let group = 0;
  for (const [namespace, nodes] of picture.namespaces()) {
    if (namespace) lines.push(`  subgraph g${group++}["namespace ${escapeText(namespace)}"]`);
    lines.push(...nodes.map((node) => `${namespace ? '    ' : '  '}${nodeText(node)}`));
    if (namespace) lines.push('  end');
  }
  lines.push(...picture.edges.map((edge) => `  ${edgeText(edge)}`));
  const refused = picture.edges.flatMap((edge, index) => (edge.refused ? [index] : []));
  if (refused.length > 0) {
    const nodes = new Set(picture.edges.filter((edge) => edge.refused).map(({ to }) => id(to)));
    lines.push(`  linkStyle ${refused.join(',')} stroke:${REFUSED},color:${REFUSED}`);
    lines.push(`  classDef refused stroke:${REFUSED},stroke-width:2px`, `  class ${[...nodes].join(',')} refused`);
  }
  const absent = picture.nodes.filter((node) => node.absent);
  if (absent.length > 0) lines.push('  classDef absent stroke-dasharray:4 4', `  class ${absent.map(id).join(',')} absent`);
  return `${lines.join('\n')}\n`;
}

function nodeText(node: PictureNode): string {
  return `${id(node)}["${escapeText(node.kind)}<br/>${escapeText(node.name)}${node.absent ? '<br/>(not in the set)' : ''}"]`;
}

function edgeText({ from, to, label, refused }: PictureEdge): string {
  return `${id(from)} ${refused ? '-.->' : '-->'}|"${escapeText(label)}"| ${id(to)}`;
}

function id({ index }: PictureNode): string {
  return `n${index}`;
}

/** Mermaid knows characters by their numbers. */
function escapeText(text: string): string {
  return text.replace(/[^\w .:/-]/gu, (character) => `#${character.codePointAt(0)};`);
}
