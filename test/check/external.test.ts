import { checkReadings } from '../../src/check/check-result';
import { ManifestReader } from '../../src/check/reading/manifest-reader';
import { textReport } from '../../src/check/reports/text';
import { claim, from, grant, REF, snapshot, to } from '../rules/manifest-parts';

const SNAPSHOTS = 'snapshot.storage.k8s.io';
const CONTENT = { apiVersion: `${SNAPSHOTS}/v1`, kind: 'VolumeSnapshotContent', metadata: { name: 'content' }, spec: {} };

function check(manifests: readonly unknown[], external: readonly string[]) {
  const reader = new ManifestReader();
  reader.readText(manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n'), 'set.yaml');
  return checkReadings(reader, { external });
}
const notices = (manifests: readonly unknown[], ...external: string[]) => check(manifests, external).notices;
const messages = (manifests: readonly unknown[], ...external: string[]) => notices(manifests, ...external).map(({ message }) => message);

const nothingIn = (namespace: string) => `--external is '${namespace}', but nothing that a rule reads is in that namespace or names it; `;

test('a namespace that is delivered elsewhere, and that nothing is about, is said beside the findings, with a near one that something is about', () => {
  const set = [claim('copy', REF)];
  expect(notices(set, 'prd')).toEqual([{ file: '', message: `${nothingIn('prd')}did you mean prod?` }]);
  expect(messages(set, 'production')).toEqual([`${nothingIn('production')}correct it, or leave it out`]);
  expect(check(set, ['prd']).findings).toEqual(check(set, []).findings);
});

test('it is said once, however often the namespace is given, and one that is given already is not suggested', () => {
  expect(messages([claim('copy', REF)], 'prd', 'prod', 'prd')).toEqual([`${nothingIn('prd')}correct it, or leave it out`]);
});

test('a namespace is suggested only if at least one letter of it is right', () => {
  expect(messages([claim('copy', undefined, 'db')], 'qa')).toEqual([`${nothingIn('qa')}correct it, or leave it out`]);
  expect(messages([claim('copy', undefined, 'db')], 'dc')).toEqual([`${nothingIn('dc')}did you mean db?`]);
});

test('nothing has no namespace that could be meant', () => {
  expect(messages([CONTENT], 'a')).toEqual([`${nothingIn('a')}correct it, or leave it out`]);
});

test('in text it is a note that names no file', () => {
  expect(textReport(check([{ kind: 'ConfigMap' }], ['prod']), { version: '1.2.3' })).toBe(
    `note: ${nothingIn('prod')}correct it, or leave it out\n1 document (1 skipped), 0 claims, 0 references: 0 errors, 0 warnings\n`,
  );
});

describe('nothing is said of a namespace', () => {
  const handedOver = { ...snapshot('snapshot-clone.prod.mysql'), metadata: { name: 'snapshot-clone.prod.mysql', namespace: 'dev' } };

  test.each([
    ['in which an object is', snapshot('mysql')],
    ['that a claim refers to', claim('copy', REF)],
    ['that a claim refers to without a name', claim('copy', { ...REF, name: undefined })],
    ['that a claim names where it cannot', { ...claim('copy'), spec: { dataSource: REF } }],
    ['whose snapshot is handed over to a claim', claim('copy', { ...REF, namespace: undefined, name: 'snapshot-clone.prod.mysql' })],
    ['that a grant opens to', grant('g', [from('prod')], [to('mysql')], 'other')],
    ['that a grant opens', grant('g', [from('dev')], [to('mysql')])],
    ['whose snapshot is handed over', handedOver],
    ['to which a content is bound', { ...CONTENT, spec: { volumeSnapshotRef: { namespace: 'prod', name: 'mysql' } } }],
    [
      'from which a content is handed over',
      { ...CONTENT, metadata: { name: 'content', labels: { 'cdk8s-snapshot-clone/source-namespace': 'prod' } } },
    ],
  ])('%s', (_, manifest) => {
    expect(messages([manifest], 'prod')).toEqual([]);
    expect(messages([manifest], 'nothing')).toHaveLength(1);
  });

  test('while something cannot be read or judged: it may be about that namespace', () => {
    const template = claim('copy', { ...REF, namespace: '{{ .Values.owner }}' });
    for (const problem of [{ kind: 'PersistentVolumeClaim' }, template]) {
      const { notices, problems } = check([claim('other'), problem], ['prod']);
      expect(notices).toEqual([]);
      expect(problems).toHaveLength(1);
    }
  });
});
