import { findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet } from '../../src/rules/object-set';

const SOURCE = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'mysql' };
const CLAIM = {
  metadata: { name: 'data', annotations: { note: 'x' }, labels: { app: 'x' } },
  spec: {
    accessModes: ['ReadWriteOnce'],
    dataSource: SOURCE,
    dataSourceRef: { ...SOURCE, namespace: 'prod' },
    resources: { requests: { storage: '1Gi' } },
    selector: {},
    storageClassName: 'fast',
    volumeMode: 'Filesystem',
    volumeName: 'pv',
  },
};
const metadata = { name: 'one', namespace: 'dev' };
const OBJECTS = [
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { ...CLAIM.metadata, namespace: 'dev' }, spec: CLAIM.spec },
  {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata,
    spec: {
      from: [{ group: '', kind: 'PersistentVolumeClaim', namespace: 'dev' }],
      to: [{ group: '', kind: 'PersistentVolumeClaim', name: 'x' }],
    },
  },
  {
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshot',
    metadata,
    spec: { volumeSnapshotClassName: 'fast', source: { persistentVolumeClaimName: 'x', volumeSnapshotContentName: 'y' } },
  },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { volumeClaimTemplates: [CLAIM] } },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: {
      containers: [{}],
      volumes: [{ name: 'data', ephemeral: { volumeClaimTemplate: CLAIM }, persistentVolumeClaim: { claimName: 'x' } }],
    },
  },
];

/** Every place in an object: the steps to it, and the value that stands there. */
function* placesIn(node: unknown, path: readonly string[] = []): Generator<{ path: readonly string[]; value: unknown }> {
  if (path.length > 0) yield { path, value: node };
  if (typeof node === 'object' && node !== null) for (const [step, child] of Object.entries(node)) yield* placesIn(child, [...path, step]);
}

function replaced(node: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(node)) return node.map((item, index) => (String(index) === step ? replaced(item, rest, value) : item));
  return { ...(node as object), [step]: replaced((node as Record<string, unknown>)[step], rest, value) };
}

/** Not of the type that the value has. A quantity may be a number. */
const otherTypes = (value: unknown, path: readonly string[]) =>
  [path.at(-1) === 'storage' ? true : 5, true, 'x', [[]], { x: 1 }].filter(
    (other) => typeof other !== typeof value || Array.isArray(other) !== Array.isArray(value),
  );

const errors = (manifest: unknown) =>
  [...findingsIn(new ObjectSet([{ manifest }]), ALL_RULES)].filter(({ rule }) => rule === 'wrong-type').map(({ message }) => message);

describe.each(OBJECTS.map((object) => [object.kind, object] as const))('in a %s', (_, object) => {
  test('right types are no fault', () => {
    expect(errors(object)).toEqual([]);
  });

  test('a wrong type is an error that names the field, wherever it is', () => {
    const unseen = [...placesIn(object)].flatMap(({ path, value }) =>
      otherTypes(value, path)
        .filter((other) => {
          const field = path.join('.').replace(/\.(\d+)/g, '[$1]');
          return !errors(replaced(object, path, other)).some((message) => message.startsWith(`${field} of `));
        })
        .map((other) => `${path.join('.')}: ${JSON.stringify(other)}`),
    );
    expect(unseen).toEqual([]);
  });
});
