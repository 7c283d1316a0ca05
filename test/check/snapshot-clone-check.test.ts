import { SnapshotCloneCheck } from '../../src';

const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'dev' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'csi-fast',
    resources: { requests: { storage: '20Gi' } },
    dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', namespace: 'prod', name: 'mysql' },
  },
};

function refused(manifests: unknown[], options = {}) {
  return SnapshotCloneCheck.manifests(manifests, options).filter(({ rule }) => rule === 'reference-not-granted');
}

test('manifests give typed findings', () => {
  expect(refused([claim])).toEqual([
    {
      rule: 'reference-not-granted',
      severity: 'error',
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace: 'dev',
      name: 'data',
      message: "accessing prod/mysql of VolumeSnapshot dataSource from dev/data isn't allowed: no grant comes near",
      remediation: expect.stringContaining('ReferenceGrant'),
    },
  ]);
});

test('a namespace that is delivered elsewhere, and a rule that is skipped, are not judged', () => {
  expect(refused([claim], { external: ['prod'] })).toEqual([]);
  expect(refused([claim], { skip: ['reference-not-granted'] })).toEqual([]);
});

test('objects without a namespace are in the one that is given', () => {
  const homeless = { ...claim, metadata: { name: 'data' } };
  expect(refused([homeless])[0]?.namespace).toBe('default');
  expect(refused([homeless], { namespace: 'prod' })).toEqual([]);
});

test('a suppressed finding is given with its reason', () => {
  const annotations = { 'cdk8s-snapshot-clone/skip.reference-not-granted': 'by hand' };
  expect(refused([{ ...claim, metadata: { ...claim.metadata, annotations } }])).toMatchObject([{ suppressedBecause: 'by hand' }]);
});

test('an unknown rule is refused', () => {
  expect(() => SnapshotCloneCheck.manifests([], { skip: ['refrence'] })).toThrow(
    "skip of SnapshotCloneCheck is 'refrence', but must be one of: reference-not-granted, source-missing",
  );
});

test('a field of a wrong type is an error, and nothing hides it: it would read as absent', () => {
  const annotations = { 'cdk8s-snapshot-clone/skip.wrong-type': 'we know' };
  const findings = SnapshotCloneCheck.manifests([{ ...claim, metadata: { name: 'data', namespace: true, annotations } }]);
  expect(findings[0]).toMatchObject({
    rule: 'wrong-type',
    severity: 'error',
    message: 'metadata.namespace of PersistentVolumeClaim default/data is true, but must be a string',
    suppressedBecause: undefined,
  });
  expect(() => SnapshotCloneCheck.manifests([], { skip: ['wrong-type'] })).toThrow("skip of SnapshotCloneCheck is 'wrong-type'");
});

test('a template that nobody has rendered is refused', () => {
  expect(() => SnapshotCloneCheck.manifests([{ ...claim, metadata: { name: '{{ .Release.Name }}', namespace: 'dev' } }])).toThrow(
    "metadata.name of PersistentVolumeClaim dev/{{ .Release.Name }} is '{{ .Release.Name }}', a template; render it first",
  );
});

test('what is no object is left out', () => {
  expect(SnapshotCloneCheck.manifests([null, undefined, 7, 'text', [], {}])).toEqual([]);
});
