import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { ClonedVolumeClaim, DataSource } from '../../src';
import { errorOf, find, render, VOLUME } from '../manifests';

function disk(scope: Chart, id: string, volumeMode = kplus.PersistentVolumeMode.BLOCK): ClonedVolumeClaim {
  return new ClonedVolumeClaim(scope, id, { ...VOLUME, volumeMode, dataSource: DataSource.claim('images', id), metadata: { name: id } });
}

function set() {
  const app = new App();
  const scope = new Chart(app, 'chart', { namespace: 'dev' });
  const volume = (claim: ClonedVolumeClaim) => kplus.Volume.fromPersistentVolumeClaim(scope, `volume-${claim.name}`, claim);
  return { app, scope, volume };
}

test('a block claim is attached as a device, in whichever kind of workload', () => {
  const kinds = {
    Pod: (scope: Chart) => new kplus.Pod(scope, 'vm'),
    Deployment: (scope: Chart) => new kplus.Deployment(scope, 'vm'),
    StatefulSet: (scope: Chart) =>
      new kplus.StatefulSet(scope, 'vm', { service: new kplus.Service(scope, 'service', { ports: [{ port: 80 }] }) }),
    DaemonSet: (scope: Chart) => new kplus.DaemonSet(scope, 'vm'),
    Job: (scope: Chart) => new kplus.Job(scope, 'vm'),
  };
  for (const [kind, make] of Object.entries(kinds)) {
    const { app, scope, volume } = set();
    const pod = make(scope);
    pod.addContainer({ name: 'sidecar', image: 'sidecar' });
    const container = pod.addContainer({ name: 'qemu', image: 'qemu' });
    const root = disk(scope, 'root');
    root.attachBlock(pod, container, volume(root), '/dev/xvda');
    const { spec } = find(render(app), kind);
    const podSpec = kind === 'Pod' ? spec : spec.template.spec;
    expect(podSpec.volumes).toEqual([{ name: 'pvc-root', persistentVolumeClaim: { claimName: 'root', readOnly: false } }]);
    expect(podSpec.containers[1].volumeDevices).toEqual([{ name: 'pvc-root', devicePath: '/dev/xvda' }]);
    expect(podSpec.containers[0]).not.toHaveProperty('volumeDevices');
  }
});

test('a container takes several devices', () => {
  const { app, scope, volume } = set();
  const pod = new kplus.Pod(scope, 'vm');
  const container = pod.addContainer({ image: 'qemu' });
  for (const [id, device] of [
    ['root', '/dev/xvda'],
    ['data', '/dev/xvdb'],
  ]) {
    const claim = disk(scope, id);
    claim.attachBlock(pod, container, volume(claim), device);
  }
  expect(find(render(app), 'Pod').spec.containers[0].volumeDevices).toEqual([
    { name: 'pvc-root', devicePath: '/dev/xvda' },
    { name: 'pvc-data', devicePath: '/dev/xvdb' },
  ]);
});

test('mounting a block claim as a file system is an error', () => {
  const { app, scope, volume } = set();
  const claim = disk(scope, 'root');
  new kplus.Deployment(scope, 'vm', { metadata: { name: 'vm' } }).addContainer({ image: 'qemu' }).mount('/disk', volume(claim));
  expect(errorOf(() => render(app))).toContain(
    'claim dev/root has the volume mode Block, but Deployment vm mounts it as a file system; use attachBlock instead of mount',
  );
});

test('an init container that mounts a block claim is seen as well, in a plain object too', () => {
  const { app, scope } = set();
  disk(scope, 'root');
  new ApiObject(scope, 'job', {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'nightly' },
    spec: {
      jobTemplate: {
        spec: {
          template: {
            spec: {
              initContainers: [{ name: 'init', volumeMounts: [{ name: 'disk', mountPath: '/disk' }] }],
              volumes: [{ name: 'disk', persistentVolumeClaim: { claimName: 'root' } }],
            },
          },
        },
      },
    },
  });
  expect(errorOf(() => render(app))).toContain('CronJob nightly mounts it as a file system');
});

test('it is seen in another chart, in a nested one, and without a namespace', () => {
  const places: ((app: App, scope: Chart) => Chart)[] = [
    (app) => new Chart(app, 'other', { namespace: 'dev' }),
    (_, scope) => new Chart(scope, 'nested', { namespace: 'dev' }),
    (app) => new Chart(app, 'somewhere'),
  ];
  for (const place of places) {
    const { app, scope } = set();
    const claim = disk(scope, 'root');
    const chart = place(app, scope);
    new kplus.Pod(chart, 'vm').addContainer({ image: 'x' }).mount('/disk', kplus.Volume.fromPersistentVolumeClaim(chart, 'v', claim));
    expect(errorOf(() => render(app))).toContain('mounts it as a file system');
  }
});

test('two containers, an init container among them, share one device', () => {
  const { app, scope, volume } = set();
  const pod = new kplus.Pod(scope, 'vm');
  const containers = [pod.addContainer({ name: 'a', image: 'x' }), pod.addInitContainer({ name: 'b', image: 'x' })];
  const claim = disk(scope, 'root');
  const shared = volume(claim);
  for (const container of containers) claim.attachBlock(pod, container, shared, '/dev/xvda');
  const { spec } = find(render(app), 'Pod');
  const device = [{ name: 'pvc-root', devicePath: '/dev/xvda' }];
  expect([spec.containers[0].volumeDevices, spec.initContainers[0].volumeDevices]).toEqual([device, device]);
  expect(spec.volumes).toHaveLength(1);
});

test('a volume that is not made of the claim is no device of it', () => {
  const { app, scope } = set();
  const pod = new kplus.Pod(scope, 'vm', { metadata: { name: 'vm' } });
  const container = pod.addContainer({ name: 'qemu', image: 'x' });
  disk(scope, 'root').attachBlock(pod, container, kplus.Volume.fromEmptyDir(scope, 'scratch', 'scratch'), '/dev/xvda');
  expect(errorOf(() => render(app))).toContain(
    "volume 'scratch' of Pod vm is attached as a device of claim dev/root, but is not made of it; make it with Volume.fromPersistentVolumeClaim(scope, id, claim)",
  );
});

test('a claim of the same name in another namespace may be mounted', () => {
  const { app, scope } = set();
  disk(scope, 'root');
  const other = new Chart(app, 'other', { namespace: 'other' });
  const files = disk(other, 'root', kplus.PersistentVolumeMode.FILE_SYSTEM);
  new kplus.Pod(other, 'pod').addContainer({ image: 'x' }).mount('/files', kplus.Volume.fromPersistentVolumeClaim(other, 'volume', files));
  expect(() => render(app)).not.toThrow();
});

test('only block claims are attached, to a container of the pod, at an absolute path', () => {
  const { scope, volume } = set();
  const pod = new kplus.Pod(scope, 'vm');
  const container = pod.addContainer({ name: 'qemu', image: 'qemu' });
  const stranger = new kplus.Pod(scope, 'other').addContainer({ name: 'stranger', image: 'x' });
  const files = disk(scope, 'files', kplus.PersistentVolumeMode.FILE_SYSTEM);
  const root = disk(scope, 'root');
  const rootVolume = volume(root);
  expect(errorOf(() => files.attachBlock(pod, container, volume(files), '/dev/xvda'))).toBe(
    'claim dev/files has the volume mode Filesystem, but only Block can be attached as a device; mount it, or give it volumeMode Block',
  );
  expect(errorOf(() => root.attachBlock(pod, stranger, rootVolume, '/dev/xvda'))).toBe(
    "container 'stranger' is not one of 'chart/vm', which has 'qemu'; pass the pod that holds it",
  );
  expect(errorOf(() => root.attachBlock(pod, container, rootVolume, 'xvda'))).toBe(
    "devicePath of container 'qemu' is 'xvda', but must be an absolute path, such as /dev/xvda",
  );
});
