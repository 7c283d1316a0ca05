import type { ObjectSet } from '../../src/rules/object-set';
import type { Manifest, WrittenFile } from './files';
import { verdictsOf } from './verdicts';

/** The files of each side: who gives, who takes. */
export function filesBySide(files: readonly WrittenFile[], set: ObjectSet): string[] {
  const references = verdictsOf(set).map((verdict) => verdict.reference);
  const { grants } = set.grantIndex;
  const givers = new Set([...references.map(({ source }) => source.namespace), ...grants.map((grant) => grant.namespace)]);
  const takers = new Set(references.map(({ claim }) => claim.namespace));
  const crossing = new Set(references.map(({ claim }) => `${claim.namespace}/${claim.name}`));
  const rows = (namespaces: Set<string>) =>
    files
      .filter((file) => file.documents.some((document) => namespaces.has(document.metadata?.namespace ?? '')))
      .map((file) => [`    ${file.path}`, remark(file.documents, crossing)]);
  return columns([
    [`  owner, namespace ${[...givers].join(', ')}`],
    ...rows(givers),
    [''],
    [`  consumer, namespace ${[...takers].join(', ')}`],
    ...rows(takers),
  ]);
}

/** What a file has to do with the copy. */
function remark(documents: readonly Manifest[], crossing: Set<string>): string {
  for (const { kind, metadata } of documents) {
    if (kind === 'VolumeSnapshot') return 'a copy on offer';
    if (kind === 'ReferenceGrant') return 'who may copy';
    if (kind === 'PersistentVolumeClaim' && crossing.has(`${metadata?.namespace}/${metadata?.name}`)) return 'filled from a copy';
  }
  return '';
}

/** One line for each object that a grant opens to a namespace. */
export function copies(set: ObjectSet): string[] {
  const rows = set.grantIndex.grants.flatMap(({ namespace, name, from, to }) =>
    from.flatMap((allowed) => to.map((opened) => [allowed.namespace, opened.kind, `${namespace}/${opened.name ?? '(any)'}`, name])),
  );
  const header = ['claims in', 'may be filled from', '', 'by the grant'];
  return columns([header, ...rows].map(([first, ...others]) => [`  ${first}`, ...others]));
}

/** Cells in columns as wide as they need to be; a row of a single cell is a heading, and counts for no width. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.filter((row) => row.length > 1).map((row) => (row[column] ?? '').length));
  return rows.map((row) =>
    row
      .map((cell, column) => (row.length > 1 ? cell.padEnd(width(column) + 2) : cell))
      .join('')
      .trimEnd(),
  );
}
