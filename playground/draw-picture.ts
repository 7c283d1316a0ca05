import { clean } from '../src/check/reports/text';
import type { Picture, PictureNode } from '../src/graph/picture';
import { html, svg } from './elements';
import { type Box, layOut, MAX_NODES, type Point, shortened } from './layout';

const LINE = 16;

/** The picture, and the same in words. */
export function drawPicture(picture: Picture, narrow: boolean): readonly Element[] {
  if (picture.nodes.length === 0) return [html('p', {}, 'There is nothing to draw: no snapshot, no grant, no claim with a source.')];
  const words = wordsOf(picture);
  if (picture.nodes.length > MAX_NODES) {
    return [html('p', {}, `${picture.nodes.length} objects are too many to draw here; snapshot-clone graph draws them.`), words];
  }
  return [html('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Picture' }, drawing(picture, narrow)), words];
}

function drawing(picture: Picture, narrow: boolean): Element {
  const { width, height, namespaces, nodes, edges } = layOut(picture, narrow);
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  const picturePart = svg('svg', {
    ...size,
    viewBox: `0 0 ${size.width} ${size.height}`,
    role: 'img',
    'aria-label': 'Owners, snapshots, grants and consumers; the same is said in words below',
  });
  picturePart.append(svg('defs', {}, arrow('arrow'), arrow('arrow-refused')));
  for (const group of namespaces) {
    const { x, y } = corner(group);
    const label = svg('text', { x: x + 8, y: y + 14, class: 'label' }, shortened(`namespace ${group.name}`));
    picturePart.append(svg('rect', { ...rectangle(group), rx: 8, class: 'namespace' }), label);
  }
  for (const { edge, points } of edges) {
    const look = edge.refused ? 'edge refused' : 'edge';
    picturePart.append(svg('path', { d: path(points), class: look, 'marker-end': `url(#arrow${edge.refused ? '-refused' : ''})` }));
  }
  for (const { node, lines, ...box } of nodes) {
    const texts = lines.map(({ text, look }, index) => {
      const y = corner(box).y + 5 + LINE * (index + 0.75);
      return svg('text', { x: box.x, y, class: look }, text);
    });
    const look = node.absent ? 'node absent' : 'node';
    picturePart.append(svg('g', {}, svg('title', {}, title(node)), svg('rect', { ...rectangle(box), rx: 5, class: look }), ...texts));
  }
  for (const { edge, label } of edges) {
    picturePart.append(svg('text', { x: label.x, y: label.y + 4, class: edge.refused ? 'edge-label refused' : 'edge-label' }, edge.label));
  }
  return picturePart;
}

function wordsOf(picture: Picture): Element {
  const told = picture.edges.map(({ from, to, label }) => html('li', {}, `${title(from)} → ${title(to)}: ${label}`));
  const alone = picture.nodes
    .filter((node) => !picture.edges.some(({ from, to }) => from === node || to === node))
    .map((node) => html('li', {}, `${title(node)}: nothing leads here`));
  return html('details', {}, html('summary', {}, 'The picture in words'), html('ul', {}, ...told, ...alone));
}

function title({ kind, namespace, name, absent }: PictureNode): string {
  return clean(`${kind} ${namespace ? `${namespace}/` : ''}${name}${absent ? ' (not in the set)' : ''}`);
}

function arrow(id: string): Element {
  const size = { markerWidth: 8, markerHeight: 8, refX: 7, refY: 4 };
  return svg('marker', { id, ...size, orient: 'auto', class: id }, svg('path', { d: 'M0,0 L8,4 L0,8 z' }));
}

function corner({ x, y, width, height }: Box): Point {
  return { x: x - width / 2, y: y - height / 2 };
}

function rectangle(box: Box) {
  return { ...corner(box), width: box.width, height: box.height };
}

function path(points: readonly Point[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
}
