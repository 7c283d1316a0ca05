import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import {
  ClonedVolumeClaim,
  CloneGuard,
  CrossNamespaceSnapshotClone,
  DataSource,
  DeletionPolicy,
  PreProvisionedSnapshotPolicies,
  ProvisionerGrantAccess,
  ReferenceGrant,
  SharedSnapshot,
  SnapshotAccess,
  SnapshotCloneCheck,
  StorageController,
  VolumeSnapshot,
  VolumeSnapshotClass,
} from '../../src';
import { errorOf, MYSQL, VOLUME } from '../manifests';

/** A caller without types: JavaScript, or a variable of the environment that nobody has set, behind a `!`. */
// biome-ignore lint/suspicious/noExplicitAny: that is what this is about
type Untyped = any;

const inChart = () => new Chart(new App(), 'chart', { namespace: 'prod' });
const SOURCE = DataSource.claim('owner', 'data');
const EXISTING = { namespace: 'prod', snapshotName: 'mysql' };
const CLASS = { driver: 'csi.example.com', deletionPolicy: DeletionPolicy.RETAIN };
const ACCOUNT = { namespace: 'csi', serviceAccountName: 'csi-provisioner' };
const CONTROLLERS = [StorageController.user('cloud')];

const claim = (props: Untyped) => new ClonedVolumeClaim(inChart(), 'x', { ...VOLUME, dataSource: SOURCE, ...props });
const share = (props: Untyped) => new SharedSnapshot(inChart(), 'x', { ...MYSQL, ...props });
const existing = (props: Untyped) => new SharedSnapshot(inChart(), 'x', { ...EXISTING, ...props });
const byName = (props: Untyped) => SharedSnapshot.fromName(inChart(), 'x', { ...EXISTING, ...props });
const target = (props: Untyped, generations?: string[]) =>
  share({ generations }).cloneInto(inChart(), 'y', { ...VOLUME, namespace: 'dev', ...props });
const snapshot = (props: Untyped) => new VolumeSnapshot(inChart(), 'x', { claimName: 'data', volumeSnapshotClassName: 'csi', ...props });
const located = (props: Untyped) => VolumeSnapshot.fromSnapshotName(inChart(), 'x', { ...EXISTING, ...props });
const classOf = (props: Untyped) => new VolumeSnapshotClass(inChart(), 'x', { ...CLASS, ...props });
const grant = (props: Untyped) => new ReferenceGrant(inChart(), 'x', props);
const access = (account: Untyped) => new ProvisionerGrantAccess(inChart(), 'x', { serviceAccounts: [{ ...ACCOUNT, ...account }] });
const policies = (props: Untyped) =>
  new PreProvisionedSnapshotPolicies(inChart(), 'x', { sourceNamespaces: ['prod'], storageControllers: CONTROLLERS, ...props });
const guard = (props: Untyped) => new CloneGuard(inChart(), 'x', { recordIntent: false, ...props });
const mounted = (use: (claim: ClonedVolumeClaim, pod: kplus.Pod, volume: kplus.Volume) => void, props: Untyped = {}) => {
  const own = claim({ metadata: { name: 'mysql' }, ...props });
  const pod = new kplus.Pod(own, 'pod');
  pod.addContainer({ name: 'server', image: 'x' });
  use(own, pod, kplus.Volume.fromPersistentVolumeClaim(own, 'volume', own));
};
const required = (options: Untyped) => mounted((own, pod, volume) => own.requireData(pod, volume, { file: 'a', ...options }));

/** Where a string is wanted: what an error calls it, whose it is, and how it is given. */
type Wanted = [string, string, (value: Untyped) => unknown];

const REQUIRED: Wanted[] = [
  ['storageClassName', "ClonedVolumeClaim 'chart/x'", (storageClassName) => claim({ storageClassName })],
  ['namespace', "SharedSnapshot 'chart/x'", (namespace) => share({ namespace })],
  ['claimName', "SharedSnapshot 'chart/x'", (claimName) => share({ claimName })],
  ['volumeSnapshotClassName', "SharedSnapshot 'chart/x'", (volumeSnapshotClassName) => share({ volumeSnapshotClassName })],
  ['snapshotName', "SharedSnapshot 'chart/x'", (snapshotName) => existing({ snapshotName })],
  ['generation', "SharedSnapshot 'chart/x'", (generation) => share({ generations: [generation] })],
  ['consumer', "SharedSnapshot 'chart/x'", (namespace) => share({}).grantTo(namespace)],
  ['namespace', "SharedSnapshot 'chart/x'", (namespace) => byName({ namespace })],
  ['snapshotName', "SharedSnapshot 'chart/x'", (snapshotName) => byName({ snapshotName })],
  ['generation', "SharedSnapshot 'chart/x'", (generation) => byName({ generations: [generation] })],
  ['consumer namespace', "SharedSnapshot 'chart/x'", (namespace) => target({ namespace })],
  ['storageClassName', "ClonedVolumeClaim 'chart/y'", (storageClassName) => target({ storageClassName })],
  [
    'namespace',
    "SharedSnapshot 'chart/x/Snapshot'",
    (namespace) => new CrossNamespaceSnapshotClone(inChart(), 'x', { source: { ...MYSQL, namespace } }),
  ],
  ['claimName', "VolumeSnapshot 'chart/x'", (claimName) => snapshot({ claimName })],
  ['volumeSnapshotClassName', "VolumeSnapshot 'chart/x'", (volumeSnapshotClassName) => snapshot({ volumeSnapshotClassName })],
  ['namespace', "VolumeSnapshot 'chart/x'", (namespace) => located({ namespace })],
  ['name', "VolumeSnapshot 'chart/x'", (snapshotName) => located({ snapshotName })],
  ['driver', "VolumeSnapshotClass 'chart/x'", (driver) => classOf({ driver })],
  ['deletionPolicy', "VolumeSnapshotClass 'chart/x'", (deletionPolicy) => classOf({ deletionPolicy })],
  ['fromNamespaces', "ReferenceGrant 'chart/x'", (namespace) => grant({ fromNamespaces: [namespace] })],
  ['toSnapshots', "ReferenceGrant 'chart/x'", (name) => grant({ toSnapshots: [name] })],
  ['toClaims', "ReferenceGrant 'chart/x'", (name) => grant({ toClaims: [name] })],
  ['namespace', 'data source', (namespace) => DataSource.claim(namespace, 'x')],
  ['name', 'data source', (name) => DataSource.claim('x', name)],
  ['namespace of a service account', "ProvisionerGrantAccess 'chart/x'", (namespace) => access({ namespace })],
  ['name of a service account', "ProvisionerGrantAccess 'chart/x'", (serviceAccountName) => access({ serviceAccountName })],
  ['source namespace', "PreProvisionedSnapshotPolicies 'chart/x'", (namespace) => policies({ sourceNamespaces: [namespace] })],
  ['storageControllers', "PreProvisionedSnapshotPolicies 'chart/x'", (one) => policies({ storageControllers: [one] })],
  ['user name', 'StorageController', (userName) => StorageController.user(userName)],
  ['namespace', 'StorageController', (namespace) => StorageController.serviceAccount(namespace, 'x')],
  ['service account', 'StorageController', (name) => StorageController.serviceAccount('x', name)],
  ['file', 'claim prod/mysql', (file) => required({ file })],
  [
    'devicePath',
    "container 'server'",
    (devicePath) =>
      mounted((own, pod, volume) => own.attachBlock(pod, pod.containers[0], volume, devicePath), {
        volumeMode: kplus.PersistentVolumeMode.BLOCK,
      }),
  ],
  ['external', 'SnapshotCloneCheck', (namespace) => SnapshotCloneCheck.manifests([], { external: [namespace] })],
  ['skip', 'SnapshotCloneCheck', (rule) => SnapshotCloneCheck.manifests([], { skip: [rule] })],
];

const OPTIONAL: Wanted[] = [
  ['generation', "SharedSnapshot 'chart/x'", (generation) => target({ generation }, ['g1'])],
  ['access', "SharedSnapshot 'chart/x'", (given) => share({ access: given })],
  ['access', "SharedSnapshot 'chart/x'", (given) => byName({ access: given })],
  ['access', "claim 'chart/y'", (given) => target({ access: given })],
  ['name', "claim 'chart/y'", (name) => target({ metadata: { name } }, ['g1'])],
  ['metadata.name', "SharedSnapshot 'chart/x'", (name) => share({ metadata: { name } })],
  ['metadata.namespace', "SharedSnapshot 'chart/x'", (namespace) => share({ metadata: { namespace } })],
  ['image', 'claim prod/mysql', (image) => required({ image })],
  ['action', "CloneGuard 'chart/x'", (action) => guard({ action })],
  ['namespace', 'SnapshotCloneCheck', (namespace) => SnapshotCloneCheck.manifests([], { namespace })],
  ...Object.entries({ ClonedVolumeClaim: claim, VolumeSnapshot: snapshot, ReferenceGrant: grant }).flatMap(([kind, make]): Wanted[] => [
    ['name', `${kind} 'chart/x'`, (name) => make({ metadata: { name } })],
    ['namespace', `${kind} 'chart/x'`, (namespace) => make({ metadata: { namespace } })],
  ]),
  ...Object.entries({ VolumeSnapshotClass: classOf, CloneGuard: guard, PreProvisionedSnapshotPolicies: policies }).map(
    ([kind, make]): Wanted => ['name', `${kind} 'chart/x'`, (name) => make({ metadata: { name } })],
  ),
];

/** What is no string, and what an error calls it where it shows it. */
const noString = fc.oneof(fc.constant(null), fc.double(), fc.boolean(), fc.bigInt(), fc.object(), fc.array(fc.string()));

function expectsString([name, whose, give]: Wanted, value: unknown): void {
  let thrown: unknown;
  try {
    give(value);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Error);
  expect(thrown).not.toBeInstanceOf(TypeError);
  const { message } = thrown as Error;
  expect(message).toContain(name);
  expect(message).toContain(whose);
}

test.each(REQUIRED)('%s of %s has to be a string: the error names both, whatever else it is', (...wanted) => {
  expectsString(wanted, undefined);
  fc.assert(
    fc.property(noString, (value) => expectsString(wanted, value)),
    { numRuns: 20 },
  );
});

test.each(OPTIONAL)('%s of %s may be left out, or is a string: the error names both, whatever else it is', (...wanted) => {
  expect(() => wanted[2](undefined)).not.toThrow();
  fc.assert(
    fc.property(noString, (value) => expectsString(wanted, value)),
    { numRuns: 20 },
  );
});

test('the error shows what was given in place of a string', () => {
  const label = "must be a DNS label: 1 to 63 of a-z, 0-9 and '-', beginning and ending with a letter or digit";
  for (const [value, shown] of [
    [undefined, 'undefined'],
    [null, 'null'],
    [5, '5'],
    [{}, 'an object'],
    [['prod'], 'a list'],
    [() => 'prod', 'an object'],
  ] as const) {
    expect(errorOf(() => share({ namespace: value }))).toBe(`namespace of SharedSnapshot 'chart/x' is ${shown}, but ${label}`);
  }
});

test.each<[string, string, (value: Untyped) => unknown]>([
  ['generations', "SharedSnapshot 'chart/x'", (generations) => share({ generations })],
  ['generations', "SharedSnapshot 'chart/x'", (generations) => byName({ generations })],
  ['fromNamespaces', "ReferenceGrant 'chart/x'", (fromNamespaces) => grant({ fromNamespaces })],
  ['toSnapshots', "ReferenceGrant 'chart/x'", (toSnapshots) => grant({ toSnapshots })],
  ['toClaims', "ReferenceGrant 'chart/x'", (toClaims) => grant({ toClaims })],
  ['accessModes', "ClonedVolumeClaim 'chart/x'", (accessModes) => claim({ accessModes })],
  ['sourceNamespaces', "PreProvisionedSnapshotPolicies 'chart/x'", (sourceNamespaces) => policies({ sourceNamespaces })],
  ['storageControllers', "PreProvisionedSnapshotPolicies 'chart/x'", (storageControllers) => policies({ storageControllers })],
  [
    'serviceAccounts',
    "ProvisionerGrantAccess 'chart/x'",
    (serviceAccounts) => new ProvisionerGrantAccess(inChart(), 'x', { serviceAccounts }),
  ],
])('%s of %s has to be a list: the letters of a string would count as its items', (name, whose, give) => {
  expect(errorOf(() => give('dev'))).toBe(`${name} of ${whose} is 'dev', but must be a list; write ['dev']`);
  expect(errorOf(() => give(5))).toBe(`${name} of ${whose} is 5, but must be a list`);
});

test('a value that an enum does not hold is refused, with those that it holds', () => {
  const accesses = 'DataSourceReference, PreProvisionedSnapshot';
  expect(Object.values(SnapshotAccess).join(', ')).toBe(accesses);
  for (const [call, message] of [
    [() => share({ access: 'PRE' }), `access of SharedSnapshot 'chart/x' is 'PRE', but must be one of: ${accesses}`],
    [() => target({ access: 'PRE' }), `access of claim 'chart/y' is 'PRE', but must be one of: ${accesses}`],
    [
      () => claim({ accessModes: ['ReadWriteOnce', 'rwo'] }),
      "accessModes of ClonedVolumeClaim 'chart/x' is 'rwo', but must be one of: ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod",
    ],
    [() => claim({ volumeMode: 'block' }), "volumeMode of ClonedVolumeClaim 'chart/x' is 'block', but must be one of: Filesystem, Block"],
    [
      () => classOf({ deletionPolicy: 'delete' }),
      "deletionPolicy of VolumeSnapshotClass 'chart/x' is 'delete', but must be one of: Delete, Retain",
    ],
    [() => guard({ action: 'refuse' }), "action of CloneGuard 'chart/x' is 'refuse', but must be one of: Refuse, Warn"],
  ] as const) {
    expect(errorOf(call)).toBe(message);
  }
});

test('every value of the enums of cdk8s-plus is taken', () => {
  for (const mode of Object.values(kplus.PersistentVolumeAccessMode)) expect(() => claim({ accessModes: [mode] })).not.toThrow();
  for (const volumeMode of Object.values(kplus.PersistentVolumeMode)) expect(() => claim({ volumeMode })).not.toThrow();
});

test.each([
  ['storage', "ClonedVolumeClaim 'chart/x'", (storage: Untyped) => claim({ storage })],
  ['restoreSize', "ClonedVolumeClaim 'chart/x'", (restoreSize: Untyped) => claim({ restoreSize })],
  ['restoreSize', "SharedSnapshot 'chart/x'", (restoreSize: Untyped) => share({ restoreSize })],
  ['restoreSize', "SharedSnapshot 'chart/x'", (restoreSize: Untyped) => byName({ restoreSize })],
])('%s of %s has to be a Size', (name, whose, give) => {
  for (const [value, shown] of [
    ['20Gi', "'20Gi'"],
    [20, '20'],
    [null, 'null'],
    [{ gibibytes: 20 }, 'an object'],
  ]) {
    expect(errorOf(() => give(value))).toBe(`${name} of ${whose} is ${shown}, but must be a Size, such as Size.gibibytes(20)`);
  }
  expect(() => give(Size.gibibytes(1))).not.toThrow();
});
