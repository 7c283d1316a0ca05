import { claimTitle } from '../../src/rules/claim';
import { ClaimIndex } from '../../src/rules/claim-index';
import { ObjectSet } from '../../src/rules/object-set';

const SNAPSHOTS = 'snapshot.storage.k8s.io';
const claim = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'dev' },
  spec,
});
const statefulSet = (name: string, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name, namespace: 'dev' },
  spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }], ...spec },
});
const pod = (name: string, volume: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'dev' },
  spec: { containers: [], volumes: [{ name: volume, ephemeral: { volumeClaimTemplate: {} } }] },
});
const setOf = (...manifests: object[]) => new ObjectSet(manifests.map((manifest) => ({ manifest })));
const indexOf = (...manifests: object[]) => ClaimIndex.of(setOf(...manifests));

describe('a claim is found', () => {
  const manifests = [claim('plain'), statefulSet('mysql'), pod('one', 'tmp')];

  test.each([
    ['plain', 'PersistentVolumeClaim dev/plain'],
    ['data-mysql-0', 'claim dev/data-mysql-* of StatefulSet mysql'],
    ['data-mysql-12', 'claim dev/data-mysql-* of StatefulSet mysql'],
    ['data-mysql-*', 'claim dev/data-mysql-* of StatefulSet mysql'],
    ['one-tmp', 'claim dev/one-tmp of Pod one'],
  ])('by the name %s', (name, title) => {
    const found = indexOf(...manifests).named('dev', name);
    expect(found && claimTitle(found)).toBe(title);
  });

  test.each(['data-mysql', 'data-mysql-', 'data-mysql-x', 'data-mysql-0x', 'data-mysql-x0', 'data-mysql0', 'one-tmp-0', 'x', ''])(
    'but not by the name %j',
    (name) => {
      expect(indexOf(...manifests).named('dev', name)).toBeUndefined();
      expect(indexOf(claim('plain')).named('dev', name)).toBeUndefined();
    },
  );

  test.each(['plain', 'data-mysql-0', 'one-tmp'])('but not in another namespace: %s', (name) => {
    expect(indexOf(...manifests).named('test', name)).toBeUndefined();
  });

  test('as an object of its own before one that a controller makes', () => {
    const [own, made] = [claim('one-tmp'), claim('data-mysql-0')];
    const index = indexOf(...manifests, own, made);
    expect(index.named('dev', 'one-tmp')?.node).toBe(own);
    expect(index.named('dev', 'data-mysql-0')?.node).toBe(made);
    expect(index.named('dev', 'data-mysql-1')?.object.kind).toBe('StatefulSet');
  });

  test('as the first of two', () => {
    const all = [claim('plain'), claim('plain'), statefulSet('mysql'), statefulSet('mysql')];
    const set = setOf(...all);
    expect(ClaimIndex.of(set).named('dev', 'plain')?.object).toBe(set.objects[0]);
    expect(ClaimIndex.of(set).named('dev', 'data-mysql-0')?.object).toBe(set.objects[2]);
  });
});

describe('the claims of a workload', () => {
  const template = { spec: { containers: [] } };

  test('are made by a StatefulSet, even by one without pods', () => {
    expect(setOf(statefulSet('mysql')).claims).toHaveLength(1);
    expect(setOf(statefulSet('mysql', { template })).claims).toHaveLength(1);
  });

  test('are not made by another kind that has templates for them', () => {
    expect(setOf({ ...statefulSet('mysql', { template }), kind: 'Deployment' }).claims).toEqual([]);
  });
});

describe('the source of a claim', () => {
  const named = (name: string, ref: object = {}) =>
    claim('clone', { dataSourceRef: { apiGroup: SNAPSHOTS, kind: 'VolumeSnapshot', name, ...ref } });
  const snapshot = (spec: object, others: object = {}) => ({
    apiVersion: `${SNAPSHOTS}/v1`,
    kind: 'VolumeSnapshot',
    metadata: { name: 'mysql', namespace: 'dev' },
    spec,
    ...others,
  });
  const content = { apiVersion: `${SNAPSHOTS}/v1`, kind: 'VolumeSnapshotContent', metadata: { name: 'content' } };
  const shown = (...manifests: object[]) => {
    const set = setOf(...manifests);
    const source = ClaimIndex.of(set).sourceOf(set.claims[0]);
    return Object.fromEntries(
      Object.entries({ snapshot: source.snapshot?.name, content: source.content?.name, claim: source.claim?.name }).filter(
        ([, name]) => name,
      ),
    );
  };

  test.each<[string, object, object]>([
    ['the claim that a snapshot was taken of', snapshot({ source: { persistentVolumeClaimName: 'data' } }), { claim: 'data' }],
    ['the content that it was made from', snapshot({ source: { volumeSnapshotContentName: 'content' } }), { content: 'content' }],
    ['the content that it is bound to', snapshot({}, { status: { boundVolumeSnapshotContentName: 'content' } }), { content: 'content' }],
    ['nothing behind it', snapshot({}), {}],
    ['no claim that the set does not hold', snapshot({ source: { persistentVolumeClaimName: 'other' } }), {}],
  ])('shows %s', (_, one, origin) => {
    expect(shown(named('mysql'), one, claim('data'), content)).toEqual({ snapshot: 'mysql', ...origin });
  });

  test('may be another claim', () => {
    expect(shown(named('data', { apiGroup: '', kind: 'PersistentVolumeClaim' }), claim('data'))).toEqual({ claim: 'data' });
  });

  test.each([
    ['', 'VolumeSnapshot'],
    ['example.com', 'VolumeSnapshot'],
    ['example.com', 'PersistentVolumeClaim'],
    ['', 'ConfigMap'],
    [SNAPSHOTS, 'PersistentVolumeClaim'],
    [SNAPSHOTS, 'VolumeSnapshotContent'],
  ])("is not shown where it is none: '%s' %s", (apiGroup, kind) => {
    const likely = { apiVersion: apiGroup ? `${apiGroup}/v1` : 'v1', kind, metadata: { name: 'data', namespace: 'dev' } };
    expect(shown(named('data', { apiGroup, kind }), likely, claim('data'))).toEqual({});
  });

  test('is read from dataSource where dataSourceRef is null', () => {
    const source = { apiGroup: SNAPSHOTS, kind: 'VolumeSnapshot', name: 'mysql' };
    const [{ source: written, reference }] = setOf(claim('clone', { dataSourceRef: null, dataSource: source })).claims;
    expect(written).toMatchObject({ field: 'dataSource', node: source });
    expect(reference?.source).toMatchObject({ namespace: 'dev', name: 'mysql' });
  });

  test.each([
    [SNAPSHOTS, 'VolumeSnapshot', { namespace: 'prod', name: 'mysql' }],
    [SNAPSHOTS, 'VolumeSnapshotContent', { namespace: 'dev', name: 'snapshot-clone.prod.mysql' }],
    ['example.com', 'VolumeSnapshot', { namespace: 'dev', name: 'snapshot-clone.prod.mysql' }],
    ['', 'PersistentVolumeClaim', { namespace: 'dev', name: 'snapshot-clone.prod.mysql' }],
  ])("that is called like one handed over is so for snapshots only: '%s' %s", (apiGroup, kind, original) => {
    const [{ reference }] = setOf(named('snapshot-clone.prod.mysql', { apiGroup, kind })).claims;
    expect(reference?.source).toEqual({ group: apiGroup, kind, ...original });
  });
});
