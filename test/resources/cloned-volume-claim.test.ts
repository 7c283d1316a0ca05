import { App, Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { ClonedVolumeClaim, type ClonedVolumeClaimProps, DataSource, VolumeSnapshot } from '../../src';
import { errorOf, find, type Manifest, render, VOLUME } from '../manifests';

function chart(namespace = 'dev'): Chart {
  return new Chart(new App(), 'chart', { namespace });
}

function prodSnapshot(scope: Chart) {
  return VolumeSnapshot.fromSnapshotName(scope, 'source', { namespace: 'prod', snapshotName: 'mysql' });
}

function claim(props: Partial<ClonedVolumeClaimProps> = {}, scope = chart()): ClonedVolumeClaim {
  return new ClonedVolumeClaim(scope, 'data', { ...VOLUME, dataSource: DataSource.snapshot(prodSnapshot(scope)), ...props });
}

function rendered(props: Partial<ClonedVolumeClaimProps> = {}, scope = chart()): Manifest {
  claim(props, scope);
  return find(Testing.synth(scope), 'PersistentVolumeClaim');
}

test('a claim that crosses a namespace names its source’s, and says in an annotation what it expects', () => {
  expect(rendered()).toMatchSnapshot();
});

test('in the snapshot’s own namespace it is the plain restore: no namespace, no annotation', () => {
  const { metadata, spec } = rendered({}, chart('prod'));
  expect(spec.dataSourceRef).toEqual({ apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'mysql' });
  expect(metadata.annotations).toBeUndefined();
});

test('a claim as source has no API group, and a namespace only where it is another', () => {
  const dataSource = DataSource.claim('prod', 'mysql-data');
  const { metadata, spec } = rendered({ dataSource });
  expect(spec.dataSourceRef).toEqual({ kind: 'PersistentVolumeClaim', name: 'mysql-data', namespace: 'prod' });
  expect(metadata.annotations).toEqual({ 'cdk8s-snapshot-clone/data-source': 'PersistentVolumeClaim/prod/mysql-data' });
  expect(rendered({ dataSource }, chart('prod')).spec.dataSourceRef).toEqual({ kind: 'PersistentVolumeClaim', name: 'mysql-data' });
});

test('there is never a dataSource beside the reference', () => {
  expect(rendered().spec).not.toHaveProperty('dataSource');
  expect(rendered({}, chart('prod')).spec).not.toHaveProperty('dataSource');
});

test.each([Size.kibibytes(1), Size.mebibytes(500), Size.gibibytes(20), Size.gibibytes(0.5), Size.tebibytes(2), Size.pebibyte(8191)])(
  'a size keeps the unit in which it was written (%#)',
  (storage) => {
    expect(rendered({ storage }).spec.resources).toEqual({ requests: { storage: storage.asString() } });
  },
);

describe('a size that is no size is refused', () => {
  const range = 'but must be more than 0 and less than 8192Pi, and a whole number of bytes';
  test.each([
    [Size.gibibytes(0), '0Gi'],
    [Size.gibibytes(Number.NaN), 'NaNGi'],
    [Size.gibibytes(Number.POSITIVE_INFINITY), 'InfinityGi'],
    [Size.kibibytes(0.0001), '0.0001Ki'],
    [Size.gibibytes(0.1), '0.1Gi'],
    [Size.pebibyte(8192), '8192Pi'],
    [Size.gibibytes(1e21), '1e+21Gi'],
    [Size.pebibyte(9.1), '9.1Pi'],
    [Size.pebibyte(2 ** -30), '9.313225746154785e-10Pi'],
  ])('%#: %s', (storage, text) => {
    expect(errorOf(() => claim({ storage }))).toBe(`storage of ClonedVolumeClaim 'chart/data' is '${text}', ${range}`);
    expect(errorOf(() => claim({ restoreSize: storage }))).toBe(`restoreSize of ClonedVolumeClaim 'chart/data' is '${text}', ${range}`);
  });
  test('a negative one is refused by cdk8s', () => {
    expect(errorOf(() => Size.gibibytes(-1))).toMatch(/negative/);
  });
});

test('a claim smaller than its source is refused, one of the same size in another unit is taken', () => {
  expect(errorOf(() => claim({ storage: Size.mebibytes(20479), restoreSize: Size.gibibytes(20) }))).toBe(
    "storage of ClonedVolumeClaim 'chart/data' is '20479Mi', but the restore size of its source is '20Gi'; ask for at least that much",
  );
  expect(rendered({ storage: Size.mebibytes(20480), restoreSize: Size.gibibytes(20) }).spec.resources.requests.storage).toBe('20480Mi');
});

test('every access mode is taken, each once', () => {
  const { READ_WRITE_ONCE, READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE_POD } = kplus.PersistentVolumeAccessMode;
  expect(rendered({ accessModes: [READ_WRITE_ONCE, READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE] }).spec.accessModes).toEqual([
    'ReadWriteOnce',
    'ReadOnlyMany',
    'ReadWriteMany',
  ]);
  expect(rendered({ accessModes: [READ_WRITE_ONCE_POD] }).spec.accessModes).toEqual(['ReadWriteOncePod']);
});

test('ReadWriteOncePod beside another mode, or no mode at all, is refused', () => {
  const { READ_WRITE_ONCE, READ_WRITE_ONCE_POD } = kplus.PersistentVolumeAccessMode;
  expect(errorOf(() => claim({ accessModes: [READ_WRITE_ONCE, READ_WRITE_ONCE_POD] }))).toBe(
    "accessModes of ClonedVolumeClaim 'chart/data' is 'ReadWriteOnce, ReadWriteOncePod', but ReadWriteOncePod must stand alone; remove the others",
  );
  expect(errorOf(() => claim({ accessModes: [] }))).toBe(
    "accessModes of ClonedVolumeClaim 'chart/data' is empty, but a claim needs at least one; leave it out for ReadWriteOnce",
  );
});

test('a StorageClass is named always, and by a name that can exist', () => {
  expect(errorOf(() => claim({ storageClassName: '' }))).toMatch(
    /^storageClassName of ClonedVolumeClaim 'chart\/data' is '', but must be a DNS subdomain/,
  );
});

test('the defaults are those of cdk8s-plus, written out', () => {
  expect(claim()).toMatchObject({
    accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
    volumeMode: kplus.PersistentVolumeMode.FILE_SYSTEM,
    namespace: 'dev',
    storageClassName: 'csi-fast',
  });
});

test('annotations and labels of the user are kept, another intent is refused', () => {
  const key = 'cdk8s-snapshot-clone/data-source';
  const same = 'VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql';
  const { metadata } = rendered({ metadata: { name: 'mine', labels: { team: 'a' }, annotations: { note: 'b', [key]: same } } });
  expect(metadata).toEqual({ name: 'mine', namespace: 'dev', labels: { team: 'a' }, annotations: { note: 'b', [key]: same } });
  expect(errorOf(() => claim({ metadata: { annotations: { [key]: 'other' } } }))).toBe(
    `ClonedVolumeClaim 'chart/data' has the annotation ${key}: 'other', but its data source is '${same}'; leave the annotation to the library`,
  );
  expect(errorOf(() => claim({ metadata: { annotations: { [key]: same } } }, chart('prod')))).toBe(
    `ClonedVolumeClaim 'chart/data' has the annotation ${key}: '${same}', but only a claim that crosses a namespace carries it; leave the annotation to the library`,
  );
});

test('an intent that is added or taken away later is refused', () => {
  const key = 'cdk8s-snapshot-clone/data-source';
  const add = (value: string | undefined, namespace = 'dev') => {
    const scope = chart(namespace);
    claim({ metadata: { name: 'data' } }, scope).metadata.addAnnotation(key, value as string);
    return () => Testing.synth(scope);
  };
  const right = "'VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql'";
  expect(errorOf(add('other'))).toBe(
    `claim dev/data has the annotation ${key}: 'other', but its data source makes it ${right}; leave the annotation to the library`,
  );
  expect(errorOf(add(undefined))).toContain(`'undefined', but its data source makes it ${right}`);
  expect(errorOf(add('x', 'prod'))).toContain("'x', but its data source makes it 'undefined'");
});

test('access modes are given out as a copy', () => {
  const data = claim();
  data.accessModes.pop();
  expect(data.accessModes).toHaveLength(1);
});

test('a data source that no object can be is refused', () => {
  expect(errorOf(() => DataSource.claim('Prod', 'x'))).toMatch(/^namespace of the data source is 'Prod', but must be a DNS label/);
  expect(errorOf(() => DataSource.claim('prod', ''))).toMatch(/^name of the data source is '', but must be a DNS subdomain/);
});

test('it mounts as a claim of cdk8s-plus does, and a Role can allow reading it', () => {
  const app = new App();
  const scope = new Chart(app, 'chart', { namespace: 'dev' });
  const data = claim({ metadata: { name: 'data' } }, scope);
  const pod = new kplus.Pod(scope, 'pod');
  pod.addContainer({ image: 'db' }).mount('/data', kplus.Volume.fromPersistentVolumeClaim(scope, 'volume', data));
  new kplus.Role(scope, 'role').allowRead(data);
  const manifests = render(app);
  const { volumes, containers } = find(manifests, 'Pod').spec;
  expect(volumes).toEqual([{ name: 'pvc-data', persistentVolumeClaim: { claimName: 'data', readOnly: false } }]);
  expect(containers[0].volumeMounts).toEqual([{ name: 'pvc-data', mountPath: '/data' }]);
  expect(find(manifests, 'Role').rules).toEqual([
    { apiGroups: [''], resources: ['persistentvolumeclaims'], resourceNames: ['data'], verbs: ['get', 'list', 'watch'] },
  ]);
});
