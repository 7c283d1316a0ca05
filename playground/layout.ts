import { Graph, layout } from '@dagrejs/dagre';
import { clean } from '../src/check/reports/text';
import type { Picture, PictureEdge, PictureNode } from '../src/graph/picture';

/** More would take long, and nobody could read it. */
export const MAX_NODES = 120;
/** Of the letters that the page uses in the picture. */
const LETTER = 7.3;
const LINE = 16;
const PADDING = 10;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One line in a box. */
export interface Line {
  readonly text: string;
  readonly look: 'kind' | 'name';
}

/** Where everything of a picture goes. Boxes are placed by their middles. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly namespaces: readonly (Box & { readonly name: string })[];
  readonly nodes: readonly (Box & { readonly node: PictureNode; readonly lines: readonly Line[] })[];
  readonly edges: readonly { readonly edge: PictureEdge; readonly points: readonly Point[]; readonly label: Point }[];
}

/** Lays a picture out, from left to right or, on a narrow screen, from top to bottom. */
export function layOut(picture: Picture, narrow: boolean): Layout {
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: narrow ? 'TB' : 'LR', nodesep: 24, ranksep: 36, marginx: 8, marginy: 8 });
  const groups = [...picture.namespaces()].filter(([namespace]) => namespace);
  for (const [index] of groups.entries()) graph.setNode(`g${index}`, {});
  const texts = picture.nodes.map(linesOf);
  for (const [index, lines] of texts.entries()) {
    const width = Math.max(...lines.map(({ text }) => text.length), 1) * LETTER + 2 * PADDING;
    graph.setNode(`n${index}`, { width, height: lines.length * LINE + PADDING });
  }
  for (const [index, [, nodes]] of groups.entries()) {
    for (const node of nodes) graph.setParent(`n${node.index}`, `g${index}`);
  }
  for (const [index, { from, to, label }] of picture.edges.entries()) {
    const size = { width: label.length * LETTER, height: LINE, labelpos: 'c' };
    graph.setEdge(`n${from.index}`, `n${to.index}`, size, `e${index}`);
  }
  layout(graph);
  const box = (id: string): Box => {
    const { x, y, width, height } = graph.node(id) as Box;
    return { x, y, width, height };
  };
  const { width, height } = graph.graph() as { width: number; height: number };
  return {
    width,
    height,
    namespaces: groups.map(([name], index) => ({ name, ...box(`g${index}`) })),
    nodes: picture.nodes.map((node, index) => ({ node, lines: texts[index]!, ...box(`n${index}`) })),
    edges: picture.edges.map((edge, index) => {
      const { points, x, y } = graph.edge(`n${edge.from.index}`, `n${edge.to.index}`, `e${index}`) as { points: Point[] } & Point;
      return { edge, points, label: { x, y } };
    }),
  };
}

/** What a box says; broken manifests may lack a kind or a name. */
function linesOf({ kind, name, absent }: PictureNode): readonly Line[] {
  const lines: readonly Line[] = [
    { text: shortened(kind), look: 'kind' },
    { text: shortened(name), look: 'name' },
    { text: absent ? '(not in the set)' : '', look: 'kind' },
  ];
  return lines.filter(({ text }) => text.trim() !== '');
}

/** Names may have 253 letters, and in broken manifests anything. */
export function shortened(name: string): string {
  const text = clean(name);
  return text.length <= 40 ? text : `${text.slice(0, 26)}…${text.slice(-13)}`;
}
