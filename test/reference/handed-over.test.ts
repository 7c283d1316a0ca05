import { readManifests } from '../../src/reference/manifest';
import { verify } from '../../src/reference/verify';

const API = 'snapshot.storage.k8s.io/v1';
const source = { apiVersion: API, kind: 'VolumeSnapshot', metadata: { namespace: 'prod', name: 'my.sql' } };
const grant = {
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'ReferenceGrant',
  metadata: { namespace: 'prod', name: 'mysql-to-dev' },
  spec: {
    from: [{ group: '', kind: 'PersistentVolumeClaim', namespace: 'dev' }],
    to: [{ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'my.sql' }],
  },
};
const content = {
  apiVersion: API,
  kind: 'VolumeSnapshotContent',
  metadata: { name: 'snapshot-clone.dev.prod.my.sql' },
  spec: { source: {}, volumeSnapshotRef: { namespace: 'dev', name: 'snapshot-clone.prod.my.sql' } },
};
const handedOver = {
  apiVersion: API,
  kind: 'VolumeSnapshot',
  metadata: { namespace: 'dev', name: 'snapshot-clone.prod.my.sql' },
  spec: { source: { volumeSnapshotContentName: 'snapshot-clone.dev.prod.my.sql' } },
};
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {
    namespace: 'dev',
    name: 'data',
    annotations: { 'cdk8s-snapshot-clone/data-source': 'VolumeSnapshot.snapshot.storage.k8s.io/prod/my.sql' },
  },
  spec: { dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'snapshot-clone.prod.my.sql' } },
};

const LOCAL = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', namespace: 'dev', name: 'snapshot-clone.prod.my.sql' };
const ORIGINAL = { ...LOCAL, namespace: 'prod', name: 'my.sql' };

const faultsOf = (...manifests: unknown[]) => verify(readManifests(manifests)).flatMap((verdict) => verdict.faults);
const sourceOf = (...manifests: unknown[]) => readManifests(manifests).references.map((reference) => reference.source);

test('a claim on a handed-over snapshot refers to its source, in whatever order the manifests stand', () => {
  for (const set of [
    [source, grant, content, handedOver, claim],
    [claim, handedOver, content, grant, source],
  ]) {
    expect(sourceOf(...set)).toEqual([ORIGINAL]);
    expect(faultsOf(...set)).toEqual([]);
  }
});

test('the older dataSource counts as much', () => {
  const older = { ...claim, spec: { dataSource: claim.spec.dataSourceRef } };
  expect(sourceOf(content, handedOver, older)).toEqual([ORIGINAL]);
});

test('without a grant of the source it is a fault, in the words of csi-provisioner', () => {
  const toTest = { ...grant, spec: { ...grant.spec, from: [{ ...grant.spec.from[0], namespace: 'test' }] } };
  const text = "accessing prod/my.sql of VolumeSnapshot dataSource from dev/data isn't allowed";
  expect(faultsOf(source, content, handedOver, claim)).toEqual([`${text}: no grant comes near`]);
  expect(faultsOf(source, toTest, content, handedOver, claim)).toEqual([
    `${text}: grant prod/mysql-to-dev allows namespace test, the claim is in dev`,
  ]);
});

test('a source that is not in the set is a fault', () => {
  expect(faultsOf(grant, content, handedOver, claim)).toEqual([
    'the set holds no VolumeSnapshot prod/my.sql, which dev/data is to be filled from',
  ]);
});

describe('a claim stays one on the snapshot of its own namespace', () => {
  const ref = content.spec.volumeSnapshotRef;
  test.each([
    ['there is no content', [handedOver]],
    ['there is no snapshot', [content]],
    ['the snapshot names another content', [content, { ...handedOver, spec: { source: { volumeSnapshotContentName: 'other' } } }]],
    ['the snapshot takes one of its own', [content, { ...handedOver, spec: { source: { persistentVolumeClaimName: 'data' } } }]],
    ['the content is another snapshot’s', [{ ...content, spec: { volumeSnapshotRef: { ...ref, name: 'other' } } }, handedOver]],
    ['the content is another namespace’s', [{ ...content, spec: { volumeSnapshotRef: { ...ref, namespace: 'test' } } }, handedOver]],
    [
      'the content is named after another target',
      [
        { ...content, metadata: { name: 'snapshot-clone.test.prod.my.sql' } },
        { ...handedOver, spec: { source: { volumeSnapshotContentName: 'snapshot-clone.test.prod.my.sql' } } },
      ],
    ],
    ['the snapshot is in another namespace', [content, { ...handedOver, metadata: { ...handedOver.metadata, namespace: 'test' } }]],
  ])('where %s', (_why, pair) => {
    expect(sourceOf(...pair, claim)).toEqual([LOCAL]);
    expect(faultsOf(source, grant, ...pair, claim)).toContain(
      'claim dev/data says that it expects VolumeSnapshot.snapshot.storage.k8s.io/prod/my.sql, its reference names VolumeSnapshot.snapshot.storage.k8s.io/dev/snapshot-clone.prod.my.sql',
    );
  });

  test('where its reference crosses to another namespace', () => {
    const spec = { dataSourceRef: { ...claim.spec.dataSourceRef, namespace: 'test' } };
    expect(sourceOf(content, handedOver, { ...claim, spec })).toEqual([{ ...LOCAL, namespace: 'test' }]);
  });

  test.each([
    ['', 'PersistentVolumeClaim'],
    ['', 'VolumeSnapshot'],
    ['snapshot.storage.k8s.io', 'Other'],
  ])("where it names an object of that name of group '%s' and kind %s", (group, kind) => {
    const spec = { dataSourceRef: { apiGroup: group || undefined, kind, name: LOCAL.name } };
    expect(sourceOf(content, handedOver, { ...claim, spec })).toEqual([{ ...LOCAL, group, kind }]);
  });
});
