import { misfitsOf } from '../../src/rules/misfits';
import { ObjectSet } from '../../src/rules/object-set';

const WANTED = { string: 'a string', text: 'a string', quantity: 'a quantity such as 20Gi', map: 'a map', list: 'a list' } as const;
type Type = keyof typeof WANTED;
/** The paths of the fields that rules read, by the type that each must have. */
type Fields = Readonly<Partial<Record<Type, readonly string[]>>>;

const TYPES = Object.keys(WANTED) as Type[];
/** Of Helm, and of envsubst. */
const TEMPLATES = ['{{ x }}', 'a-{{ .Values.x }}', `\${X}`, `a-\${X}`];
const WRONG: Readonly<Record<Type, readonly unknown[]>> = {
  string: [5, true, [], {}],
  text: [5, true, [], {}],
  quantity: [true, [], {}],
  map: [5, true, 'x', []],
  list: [5, true, 'x', {}],
};
const RIGHT: Readonly<Record<Type, readonly unknown[]>> = {
  string: ['x', '', 'a{b}', '$'],
  text: ['x', ...TEMPLATES],
  quantity: ['20Gi', 5],
  map: [{}],
  list: [[]],
};

/** Fields of something that is held at a place in a manifest. */
const under = (place: string, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([type, paths]) => [type, paths.map((path) => `${place}.${path}`)]));
const and = (...all: readonly Fields[]): Fields =>
  Object.fromEntries(TYPES.map((type) => [type, all.flatMap((fields) => fields[type] ?? [])]));

const METADATA: Fields = {
  string: ['metadata.name', 'metadata.generateName', 'metadata.namespace', 'metadata.uid'],
  text: ['metadata.annotations.any', 'metadata.labels.any'],
  map: ['metadata', 'metadata.annotations', 'metadata.labels'],
};
const REFERENCE: Fields = { string: ['apiGroup', 'kind', 'name', 'namespace'] };
const CLAIM = and(
  { map: ['spec', 'spec.dataSource', 'spec.dataSourceRef', 'spec.resources', 'spec.resources.requests', 'spec.selector'] },
  { list: ['spec.accessModes'], quantity: ['spec.resources.requests.storage'] },
  { string: ['spec.accessModes[0]', 'spec.storageClassName', 'spec.volumeMode', 'spec.volumeName'] },
  under('spec.dataSource', REFERENCE),
  under('spec.dataSourceRef', REFERENCE),
);
const POD = and(
  { list: ['containers', 'initContainers', 'volumes'], map: ['containers[0]', 'initContainers[0]', 'volumes[0]'] },
  { map: ['volumes[0].ephemeral', 'volumes[0].ephemeral.volumeClaimTemplate', 'volumes[0].persistentVolumeClaim'] },
  { string: ['volumes[0].name', 'volumes[0].persistentVolumeClaim.claimName'] },
  under('volumes[0].ephemeral.volumeClaimTemplate', and(METADATA, CLAIM)),
);
const TEMPLATE = and({ map: ['template', 'template.spec'] }, under('template.spec', POD));
const WORKLOAD = and({ map: ['spec'] }, under('spec', TEMPLATE));

const KINDS: readonly (readonly [apiVersion: string, kind: string, fields: Fields])[] = [
  ['v1', 'PersistentVolumeClaim', CLAIM],
  [
    'gateway.networking.k8s.io/v1beta1',
    'ReferenceGrant',
    {
      map: ['spec', 'spec.from[0]', 'spec.to[0]'],
      list: ['spec.from', 'spec.to'],
      string: ['from[0].group', 'from[0].kind', 'from[0].namespace', 'to[0].group', 'to[0].kind', 'to[0].name'].map((x) => `spec.${x}`),
    },
  ],
  [
    'snapshot.storage.k8s.io/v1',
    'VolumeSnapshot',
    {
      map: ['spec', 'spec.source'],
      string: ['spec.volumeSnapshotClassName', 'spec.source.persistentVolumeClaimName', 'spec.source.volumeSnapshotContentName'],
    },
  ],
  [
    'snapshot.storage.k8s.io/v1',
    'VolumeSnapshotContent',
    and(
      { map: ['spec', 'spec.source', 'spec.volumeSnapshotRef'] },
      { string: ['spec.deletionPolicy', 'spec.driver', 'spec.source.snapshotHandle', 'spec.source.volumeHandle'] },
      { string: ['spec.sourceVolumeMode', 'spec.volumeSnapshotClassName'] },
      { string: ['spec.volumeSnapshotRef.name', 'spec.volumeSnapshotRef.namespace'] },
    ),
  ],
  ['snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass', { string: ['deletionPolicy', 'driver'] }],
  ['storage.k8s.io/v1', 'StorageClass', { string: ['provisioner', 'volumeBindingMode'] }],
  ['v1', 'Pod', and({ map: ['spec'] }, under('spec', POD))],
  ['v1', 'PodTemplate', TEMPLATE],
  ['apps/v1', 'DaemonSet', WORKLOAD],
  ['apps/v1', 'Deployment', WORKLOAD],
  ['apps/v1', 'ReplicaSet', WORKLOAD],
  ['batch/v1', 'Job', WORKLOAD],
  ['batch/v1', 'CronJob', and({ map: ['spec', 'spec.jobTemplate'] }, under('spec.jobTemplate', WORKLOAD))],
  [
    'apps/v1',
    'StatefulSet',
    and(
      WORKLOAD,
      { list: ['spec.volumeClaimTemplates'], map: ['spec.volumeClaimTemplates[0]'] },
      under('spec.volumeClaimTemplates[0]', and(METADATA, CLAIM)),
    ),
  ],
  ['example.com/v1', 'Any', {}],
];

/** What holds a value at a path such as `spec.from[0].kind`, and nothing else. */
function holding(path: string, value: unknown): object {
  const steps = path.replaceAll('[0]', '.0').split('.');
  return steps.reduceRight<unknown>((inner, step) => (step === '0' ? [inner] : { [step]: inner }), value) as object;
}

/** What is told of one object. */
function told(manifest: object): string[] {
  return [...misfitsOf(new ObjectSet([{ manifest }])).values()].flatMap((misfits) =>
    misfits.map(({ path, wanted, unrendered }) => (unrendered ? `${path} is a template` : `${path} must be ${wanted}`)),
  );
}

describe.each(KINDS.map(([apiVersion, kind, fields]) => ({ apiVersion, kind, fields: and(METADATA, fields) })))(
  'in a $kind',
  ({ apiVersion, kind, fields }) => {
    const fieldsOf = (types: readonly Type[]) => types.flatMap((type) => (fields[type] ?? []).map((path) => ({ path, type })));
    const toldOf = (path: string, value: unknown) => told({ apiVersion, kind, ...holding(path, value) });

    test('every field that decides is told of if it has a wrong type, by its path', () => {
      for (const { path, type } of fieldsOf(TYPES)) {
        for (const value of WRONG[type]) expect(toldOf(path, value)).toEqual([`${path} must be ${WANTED[type]}`]);
      }
    });

    test('a right type is nothing to tell', () => {
      for (const { path, type } of fieldsOf(TYPES)) {
        for (const value of RIGHT[type]) expect({ path, value, told: toldOf(path, value) }).toEqual({ path, value, told: [] });
      }
    });

    test('a name or quantity that is a template is told of as one', () => {
      for (const { path } of fieldsOf(['string', 'quantity'])) {
        for (const value of TEMPLATES) expect(toldOf(path, value)).toEqual([`${path} is a template`]);
      }
    });

    test('null is an absent field, but not an absent item of a list', () => {
      for (const { path, type } of fieldsOf(TYPES)) {
        expect(toldOf(path, null)).toEqual(path.endsWith(']') ? [`${path} must be ${WANTED[type]}`] : []);
      }
    });

    test('a field that nobody reads may be anything', () => {
      const maps = (fields.map ?? []).filter((path) => !/annotations|labels/.test(path)).map((path) => `${path}.another`);
      for (const path of ['another', ...maps]) {
        for (const value of [5, '{{ x }}', [], {}]) expect(toldOf(path, value)).toEqual([]);
      }
    });
  },
);
