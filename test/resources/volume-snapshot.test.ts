import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { DeletionPolicy, VolumeSnapshot, VolumeSnapshotClass } from '../../src';
import { errorOf, find, render } from '../manifests';

const chart = () => new Chart(new App(), 'chart', { namespace: 'prod' });

test('a snapshot copies a claim of its own namespace, with a class by name', () => {
  const scope = chart();
  const snapshot = new VolumeSnapshot(scope, 'mysql', { claimName: 'mysql-data', volumeSnapshotClassName: 'csi-fast' });
  expect(Testing.synth(scope)).toMatchSnapshot();
  expect([snapshot.namespace, snapshot.claimName, snapshot.volumeSnapshotClassName]).toEqual(['prod', 'mysql-data', 'csi-fast']);
});

test('a name that is undefined is no name', () => {
  const scope = chart();
  new VolumeSnapshot(scope, 'mysql', { claimName: 'mysql-data', volumeSnapshotClassName: 'csi-fast', metadata: { name: undefined } });
  expect(find(Testing.synth(scope), 'VolumeSnapshot').metadata.name).toMatch(/^chart-mysql-[0-9a-f]{8}$/);
});

test('an existing snapshot is known by namespace and name, and emits nothing', () => {
  const scope = chart();
  const snapshot = VolumeSnapshot.fromSnapshotName(scope, 'mysql', { namespace: 'other', snapshotName: 'nightly' });
  expect([snapshot.namespace, snapshot.name, snapshot.kind, snapshot.apiGroup]).toEqual([
    'other',
    'nightly',
    'VolumeSnapshot',
    'snapshot.storage.k8s.io',
  ]);
  expect(Testing.synth(scope)).toEqual([]);
});

test('a Role can allow reading a snapshot, new or existing', () => {
  const app = new App();
  const scope = new Chart(app, 'chart', { namespace: 'prod' });
  const role = new kplus.Role(scope, 'role');
  role.allowRead(new VolumeSnapshot(scope, 'a', { claimName: 'x', volumeSnapshotClassName: 'c', metadata: { name: 'a' } }));
  role.allowRead(VolumeSnapshot.fromSnapshotName(scope, 'b', { namespace: 'prod', snapshotName: 'b' }));
  const resource = { apiGroups: ['snapshot.storage.k8s.io'], resources: ['volumesnapshots'], verbs: ['get', 'list', 'watch'] };
  expect(find(render(app), 'Role').rules).toEqual([
    { ...resource, resourceNames: ['a'] },
    { ...resource, resourceNames: ['b'] },
  ]);
});

test('names that Kubernetes refuses are refused here', () => {
  const snapshot = (props: object) => () =>
    new VolumeSnapshot(chart(), 'mysql', { claimName: 'mysql-data', volumeSnapshotClassName: 'csi-fast', ...props });
  expect(errorOf(snapshot({ claimName: '' }))).toMatch(/^claimName of VolumeSnapshot 'chart\/mysql' is '', but must be a DNS subdomain/);
  expect(errorOf(snapshot({ volumeSnapshotClassName: '' }))).toMatch(
    /^volumeSnapshotClassName of VolumeSnapshot 'chart\/mysql' is '', but must be a DNS subdomain/,
  );
  expect(errorOf(() => VolumeSnapshot.fromSnapshotName(chart(), 'x', { namespace: 'a.b', snapshotName: 'c' }))).toMatch(
    /^namespace of VolumeSnapshot 'chart\/x' is 'a.b', but must be a DNS label/,
  );
});

test('a class carries no namespace, not even in a chart that has one', () => {
  const scope = chart();
  new VolumeSnapshotClass(scope, 'fast', {
    driver: 'csi.example.com',
    deletionPolicy: DeletionPolicy.RETAIN,
    parameters: { tier: 'cold' },
  });
  expect(Testing.synth(scope)).toMatchSnapshot();
  const other = new Chart(new App(), 'chart');
  new VolumeSnapshotClass(other, 'fast', { driver: 'csi.example.com', deletionPolicy: DeletionPolicy.DELETE });
  expect(find(Testing.synth(other), 'VolumeSnapshotClass').metadata.namespace).toBeUndefined();
});

test('a namespace on a class is an error', () => {
  const call = () =>
    new VolumeSnapshotClass(chart(), 'fast', { driver: 'd', deletionPolicy: DeletionPolicy.DELETE, metadata: { namespace: 'prod' } });
  expect(errorOf(call)).toBe(
    "VolumeSnapshotClass 'chart/fast' has metadata.namespace 'prod', but is cluster-scoped; leave metadata.namespace out",
  );
});

test('only a claim carries the intent annotation', () => {
  const metadata = { annotations: { 'cdk8s-snapshot-clone/data-source': 'x' } };
  const call = () => new VolumeSnapshot(chart(), 'mysql', { claimName: 'a', volumeSnapshotClassName: 'c', metadata });
  expect(errorOf(call)).toBe(
    "VolumeSnapshot 'chart/mysql' has the annotation cdk8s-snapshot-clone/data-source: 'x', but only a claim that crosses a namespace carries it; leave the annotation to the library",
  );
});
