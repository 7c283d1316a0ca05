import * as fc from 'fast-check';
import { findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet } from '../../src/rules/object-set';

/*
 * Manifests by people who make every mistake: the fields that rules read, in their places, and in each now and then something else.
 */
const WORDS = [
  '',
  '*',
  'prod',
  'dev',
  'mysql',
  'data',
  'v1',
  'core',
  'snapshot.storage.k8s.io',
  'snapshot.storage.k8s.io/v1',
  '__proto__',
  'constructor',
];
const KINDS = [
  'PersistentVolumeClaim',
  'VolumeSnapshot',
  'ReferenceGrant',
  'StatefulSet',
  'Deployment',
  'CronJob',
  'Pod',
  'List',
  'VolumeSnapshotContent',
];
const KIND = [
  ...KINDS,
  'StorageClass',
  'VolumeSnapshotClass',
  'PodTemplate',
  'ValidatingAdmissionPolicy',
  'volumesnapshots',
  'pvc',
  'VolumePopulator',
];
const VERSIONS = ['v1', 'apps/v1', 'snapshot.storage.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1', 'storage.k8s.io/v1', 'x/v1', '/', ''];

const anything = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, 0, -1, 1e21, '', 'x', [], {}, [null], [[]], [{}], { a: null }, 'snapshot-clone.a.b'),
  fc.constantFrom(...WORDS),
  fc.jsonValue({ maxDepth: 2 }),
);
const mostly = <T>(right: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: right as fc.Arbitrary<unknown>, weight: 6 }, { arbitrary: anything, weight: 1 });
const word = mostly(fc.constantFrom(...WORDS));
const map = (fields: Record<string, fc.Arbitrary<unknown>>) => mostly(fc.record(fields, { requiredKeys: [] }));
const list = (item: fc.Arbitrary<unknown>) => mostly(fc.array(item, { maxLength: 3 }));

const kind = mostly(fc.constantFrom(...KIND));
const metadata = map({
  name: word,
  generateName: word,
  namespace: word,
  labels: map({ 'cdk8s-snapshot-clone/source-namespace': word }),
  annotations: map({
    'cdk8s-snapshot-clone/data-source': word,
    'argocd.argoproj.io/sync-wave': word,
    'argocd.argoproj.io/sync-options': word,
  }),
});
const source = map({ apiGroup: word, kind, namespace: word, name: word });
const claimFields = {
  dataSource: source,
  dataSourceRef: source,
  accessModes: list(word),
  resources: map({ requests: map({ storage: mostly(fc.constantFrom<unknown>('1Gi', 5, '1e3', 'x')) }) }),
  selector: anything,
  storageClassName: word,
  volumeMode: word,
  volumeName: word,
};
const claim = map({ metadata, spec: map(claimFields) });
const pod = map({
  containers: list(map({ name: word, volumeMounts: list(map({ name: word, mountPath: word })), volumeDevices: list(map({ name: word })) })),
  volumes: list(map({ name: word, ephemeral: map({ volumeClaimTemplate: claim }), persistentVolumeClaim: map({ claimName: word }) })),
});
const template = map({ metadata, spec: pod });
const spec = map({
  ...claimFields,
  containers: list(map({ name: word })),
  volumes: list(map({ name: word, ephemeral: map({ volumeClaimTemplate: claim }) })),
  template,
  jobTemplate: map({ spec: map({ template }) }),
  volumeClaimTemplates: list(claim),
  from: list(map({ group: word, kind, namespace: word })),
  to: list(map({ group: word, kind, name: word })),
  source: map({ persistentVolumeClaimName: word, volumeSnapshotContentName: word, snapshotHandle: word }),
  volumeSnapshotClassName: word,
  volumeSnapshotRef: map({ name: word, namespace: word }),
  deletionPolicy: word,
  driver: word,
  validations: list(map({ expression: word })),
  policyName: word,
});
const { manifest } = fc.letrec<{ manifest: unknown }>((tie) => ({
  manifest: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    map({
      apiVersion: mostly(fc.constantFrom(...VERSIONS)),
      kind,
      metadata,
      spec,
      template,
      status: anything,
      provisioner: word,
      driver: word,
      deletionPolicy: word,
      parameters: anything,
      sourceKind: source,
    }),
    fc.record({
      apiVersion: fc.constant('v1'),
      kind: mostly(fc.constantFrom('List', 'PersistentVolumeClaimList')),
      items: list(tie('manifest')),
    }),
  ),
}));

const findings = (manifests: readonly unknown[], external: string[]) => [
  ...findingsIn(
    new ObjectSet(
      manifests.map((one) => ({ manifest: one })),
      { external },
    ),
    ALL_RULES,
  ),
];

test('no rule throws, whatever the manifests hold, and every finding says something', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(manifest, { maxLength: 5 }), fc.subarray(['prod', 'dev']), (manifests, external) => {
      for (const { message, remediation } of findings(manifests, external)) {
        found++;
        expect(message).not.toMatch(/undefined|\[object/);
        expect(remediation).not.toBe('');
      }
    }),
    { numRuns: 1500 },
  );
  expect(found).toBeGreaterThan(1000);
});

test('the order of the manifests changes no verdict', () => {
  const sorted = (manifests: readonly unknown[]) =>
    findings(manifests, [])
      // Whichever claim comes first has the one finding about the guard.
      .filter(({ rule }) => rule !== 'guard-not-in-set')
      .map(({ rule, object, message }) => `${rule} ${object.kind} ${object.namespace}/${object.name} ${message}`)
      .sort();
  const right = fc.record({
    apiVersion: fc.constantFrom('v1', 'gateway.networking.k8s.io/v1beta1', 'snapshot.storage.k8s.io/v1'),
    kind: fc.constantFrom('PersistentVolumeClaim', 'ReferenceGrant', 'VolumeSnapshot'),
    metadata: fc.record({ name: fc.constantFrom('a', 'b'), namespace: fc.constantFrom('prod', 'dev') }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(right, { selector: (one) => JSON.stringify(one), maxLength: 4 }), (manifests) => {
      expect(sorted([...manifests].reverse())).toEqual(sorted(manifests));
    }),
    { numRuns: 200 },
  );
});
