import * as fc from 'fast-check';
import { readManifests } from '../../src/reference/manifest';
import { verify } from '../../src/reference/verify';

const snapshot = { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { namespace: 'prod', name: 'mysql' } };
const grant = {
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'ReferenceGrant',
  metadata: { namespace: 'prod', name: 'mysql-to-dev' },
  spec: {
    from: [{ group: '', kind: 'PersistentVolumeClaim', namespace: 'dev' }],
    to: [{ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'mysql' }],
  },
};
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {
    namespace: 'dev',
    name: 'data',
    annotations: { 'cdk8s-snapshot-clone/data-source': 'VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql' },
  },
  spec: { dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'mysql', namespace: 'prod' } },
};

const faultsOf = (...manifests: unknown[]) => verify(readManifests(manifests)).flatMap((verdict) => verdict.faults);

test('a matched set has no fault', () => {
  expect(faultsOf(snapshot, grant, claim)).toEqual([]);
});

test('a grant of version v1 counts as much', () => {
  expect(faultsOf(snapshot, { ...grant, apiVersion: 'gateway.networking.k8s.io/v1' }, claim)).toEqual([]);
});

test('a source that is not in the set is a fault', () => {
  expect(faultsOf(grant, claim)).toEqual(['the set holds no VolumeSnapshot prod/mysql, which dev/data is to be filled from']);
});

test('a reference that no grant covers is a fault, with the grant that comes nearest', () => {
  const grantTest = { ...grant, spec: { ...grant.spec, from: [{ ...grant.spec.from[0], namespace: 'test' }] } };
  expect(faultsOf(snapshot, claim)).toEqual([
    "accessing prod/mysql of VolumeSnapshot dataSource from dev/data isn't allowed: no grant comes near",
  ]);
  expect(faultsOf(snapshot, grantTest, claim)).toEqual([
    "accessing prod/mysql of VolumeSnapshot dataSource from dev/data isn't allowed: grant prod/mysql-to-dev allows namespace test, the claim is in dev",
  ]);
});

test('a claim whose annotation says another source than its reference is a fault', () => {
  const annotations = { 'cdk8s-snapshot-clone/data-source': 'VolumeSnapshot.snapshot.storage.k8s.io/prod/other' };
  expect(faultsOf(snapshot, grant, { ...claim, metadata: { ...claim.metadata, annotations } })).toEqual([
    'claim dev/data says that it expects VolumeSnapshot.snapshot.storage.k8s.io/prod/other, its reference names VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql',
  ]);
  expect(faultsOf(snapshot, grant, { ...claim, metadata: { ...claim.metadata, annotations: {} } })).toEqual([
    'claim dev/data says that it expects nothing, its reference names VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql',
  ]);
});

test('a reference without a namespace, or with an empty one, stays in the claim’s own', () => {
  for (const namespace of [undefined, '']) {
    const local = {
      ...claim,
      metadata: { namespace: 'prod', name: 'data' },
      spec: { dataSourceRef: { ...claim.spec.dataSourceRef, namespace } },
    };
    expect(readManifests([local]).references[0].source.namespace).toBe('prod');
    expect(faultsOf(snapshot, local)).toEqual([]);
  }
});

test('the older dataSource is read where there is no dataSourceRef', () => {
  const { apiGroup, kind, name } = claim.spec.dataSourceRef;
  const local = { ...claim, metadata: { namespace: 'prod', name: 'data' }, spec: { dataSource: { apiGroup, kind, name } } };
  expect(readManifests([local]).references[0].source).toMatchObject({ namespace: 'prod', name: 'mysql' });
});

test('what every JavaScript object inherits is no field', () => {
  const inherited = Object.create({ ...claim });
  expect(readManifests([inherited]).references).toEqual([]);
});

test('a claim without a data source refers to nothing, and may be a source itself', () => {
  const plain = { ...claim, spec: {} };
  expect(readManifests([plain]).references).toEqual([]);
  expect(readManifests([plain]).sources).toEqual([{ group: '', kind: 'PersistentVolumeClaim', namespace: 'dev', name: 'data' }]);
});

test('whatever the manifests hold, reading them does not fail', () => {
  const field = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string()), fc.object());
  const manifest = fc.record(
    {
      apiVersion: fc.oneof(fc.constantFrom('v1', 'gateway.networking.k8s.io/v1beta1', 'snapshot.storage.k8s.io/v1'), field),
      kind: fc.oneof(fc.constantFrom('PersistentVolumeClaim', 'ReferenceGrant', 'VolumeSnapshot'), field),
      metadata: fc.oneof(fc.record({ name: field, namespace: field, annotations: field }, { requiredKeys: [] }), field),
      spec: fc.oneof(fc.record({ from: field, to: field, dataSourceRef: field, dataSource: field }, { requiredKeys: [] }), field),
    },
    { requiredKeys: [] },
  );
  fc.assert(fc.property(fc.array(fc.oneof(manifest, field)), (manifests) => void verify(readManifests(manifests))));
});
