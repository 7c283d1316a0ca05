import { covers } from '../../src/reference/grant';
import { crossesNamespace } from '../../src/reference/reference';
import type { ObjectSet } from '../../src/rules/object-set';
import type { WrittenFile } from './files';
import { verdictsOf } from './verdicts';

const GAP = 16;

/** Two namespaces and what goes between them, for the first reference of the set. */
export function picture(set: ObjectSet, files: readonly WrittenFile[]): string[] {
  const reference = verdictsOf(set)
    .map((verdict) => verdict.reference)
    .find(crossesNamespace)!;
  const { claim, source } = reference;
  const grant = set.grantIndex.grants.find((candidate) => covers([candidate], reference))!;
  const documents = files.flatMap((file) => file.documents);
  const snapshot = documents.find(
    ({ kind, metadata }) => kind === source.kind && metadata?.namespace === source.namespace && metadata.name === source.name,
  );
  const mounter = documents.find(
    ({ metadata, spec }) =>
      metadata?.namespace === claim.namespace &&
      spec?.template?.spec?.volumes?.some((volume) => volume.persistentVolumeClaim?.claimName === claim.name),
  );
  const copied = snapshot?.spec?.source?.persistentVolumeClaimName;

  const owner = [
    source.kind,
    `  ${source.name}`,
    copied ? `  taken of claim ${copied}` : '',
    '',
    'ReferenceGrant',
    `  ${grant.name}`,
    `  from claims in ${claim.namespace}`,
    ...grant.to.map((to, index) => `  ${index === 0 ? 'to' : '  '} ${to.kind} ${to.name ?? '(any)'}`),
  ];
  const consumer = [
    'PersistentVolumeClaim',
    `  ${claim.name}`,
    mounter ? `  mounted by ${mounter.kind} ${mounter.metadata?.name}` : '',
    '',
    'its dataSourceRef',
    `  namespace ${source.namespace}`,
    `  ${source.kind}`,
    `  ${source.name}`,
  ];
  const between = ['', arrow('right'), label('data'), '', '', arrow('left'), label('may I?')];
  return draw({ title: source.namespace, lines: owner }, between, { title: claim.namespace, lines: consumer });
}

interface Box {
  readonly title: string;
  readonly lines: readonly string[];
}

function draw(left: Box, between: readonly string[], right: Box): string[] {
  const height = Math.max(left.lines.length, right.lines.length);
  const widthOf = ({ title, lines }: Box) => Math.max(title.length + 11, ...lines.map((line) => line.length));
  const top = (box: Box) => `┌ namespace ${box.title} ${'─'.repeat(widthOf(box) - box.title.length - 10)}┐`;
  const bottom = (box: Box) => `└${'─'.repeat(widthOf(box) + 2)}┘`;
  const blank = ' '.repeat(GAP);
  const row = (box: Box, index: number) => (box.lines[index] ?? '').padEnd(widthOf(box));
  return [
    `  ${top(left)}${blank}${top(right)}`,
    ...Array.from({ length: height }, (_, index) => `  │ ${row(left, index)} │${between[index] || blank}│ ${row(right, index)} │`),
    `  ${bottom(left)}${blank}${bottom(right)}`,
  ];
}

function arrow(to: 'left' | 'right'): string {
  const line = '─'.repeat(GAP - 3);
  return to === 'right' ? ` ${line}▶ ` : ` ◀${line} `;
}

function label(text: string): string {
  const before = Math.floor((GAP - text.length) / 2);
  return text.padStart(before + text.length).padEnd(GAP);
}
