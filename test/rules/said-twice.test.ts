import { claimBeforeSource } from '../../src/rules/delivery/claim-before-source';
import { ObjectSet } from '../../src/rules/object-set';
import { claimBeforeHandedOver } from '../../src/rules/pre-provisioned/claim-before-handed-over';
import { type Rule, violatorsOf } from '../../src/rules/rule';

// Two folders may hold manifests of one name, for two clusters or namespaces: each claim counts with what is delivered beside it.

const WAVE = 'argocd.argoproj.io/sync-wave';
const API = 'snapshot.storage.k8s.io';

const snapshot = (name: string, wave: string, namespace?: string) => ({
  apiVersion: `${API}/v1`,
  kind: 'VolumeSnapshot',
  metadata: { name, namespace, annotations: { [WAVE]: wave } },
  spec: { source: { volumeSnapshotContentName: 'snapshot-clone.dev.prod.mysql' } },
});
const claim = (source: object) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: { dataSourceRef: { apiGroup: API, kind: 'VolumeSnapshot', ...source } },
});

function late(rule: Rule, folders: Readonly<Record<string, readonly unknown[]>>): string[] {
  const manifests = Object.entries(folders).flatMap(([folder, all]) =>
    all.map((manifest) => ({ manifest, origin: { file: `${folder}/all.yaml`, line: 1 } })),
  );
  return [...violatorsOf(rule, new ObjectSet(manifests, { namespace: 'dev' }))].map(({ origin }) => origin!.file);
}

describe.each([
  ['claim-before-handed-over', claimBeforeHandedOver, 'snapshot-clone.prod.mysql', { name: 'snapshot-clone.prod.mysql' }],
  ['claim-before-source', claimBeforeSource, 'mysql', { name: 'mysql' }],
] as const)('%s', (_, rule, name, source) => {
  const right = [snapshot(name, '0'), claim(source)];
  const wrong = [snapshot(name, '1'), claim(source)];

  test('finds what is late beside a claim, whatever another folder holds', () => {
    expect(late(rule, { b: wrong })).toEqual(['b/all.yaml']);
    expect(late(rule, { a: right, b: wrong })).toEqual(['b/all.yaml']);
    expect(late(rule, { a: wrong, b: right })).toEqual(['a/all.yaml']);
  });

  test('finds nothing where each folder is right', () => {
    expect(late(rule, { a: right, b: right })).toEqual([]);
  });
});
