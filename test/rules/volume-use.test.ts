import { ObjectSet } from '../../src/rules/object-set';
import { VolumeUses } from '../../src/rules/volume-use';

const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'dev' } };
const VOLUME = { name: 'v', persistentVolumeClaim: { claimName: 'data' } };
const setOf = (...manifests: object[]) => new ObjectSet(manifests.map((manifest) => ({ manifest })));
const workload = (pod: object, others: object = {}, kind = 'Deployment', name = 'app') => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, namespace: 'dev' },
  spec: { template: { spec: { containers: [], ...pod } }, ...others },
});
/** How the pods of some workloads use volumes, in short. */
const usesIn = (...workloads: object[]) =>
  VolumeUses.of(setOf(claim, ...workloads)).all.map(({ object, volume, claim: { name }, readOnly, mounts, devices }) => ({
    by: `${object.name} ${volume} ${name}`,
    readOnly,
    mounts: mounts.map(({ container }) => container),
    devices: devices.map(({ container }) => container),
  }));
const mounting = (name: string, ...volumeMounts: object[]) => ({ name, volumeMounts });

describe('a volume is', () => {
  const [mounted, readOnly, device] = [{ name: 'v' }, { name: 'v', readOnly: true }, { name: 'x', volumeDevices: [{ name: 'v' }] }];
  const none = { readOnly: false, mounts: [], devices: [] };

  test.each<[string, object, object]>([
    ['used, and perhaps written to, where no container mounts it', {}, none],
    ['used where only another is mounted', { containers: [mounting('x', { name: 'w', readOnly: true })] }, none],
    ['written to where it is mounted', { containers: [mounting('x', mounted)] }, { mounts: ['x'] }],
    ['read where it is mounted so', { containers: [mounting('x', readOnly)] }, { readOnly: true, mounts: ['x'] }],
    ['written to where readOnly is no boolean', { containers: [mounting('x', { name: 'v', readOnly: 'true' })] }, { mounts: ['x'] }],
    ['written to by one of two', { containers: [mounting('x', readOnly), mounting('y', mounted)] }, { mounts: ['x', 'y'] }],
    ['written to by the first of two', { containers: [mounting('x', mounted), mounting('y', readOnly)] }, { mounts: ['x', 'y'] }],
    ['read by all', { containers: [mounting('x', readOnly), mounting('y', readOnly)] }, { readOnly: true, mounts: ['x', 'y'] }],
    ['written to as a device', { containers: [device] }, { devices: ['x'] }],
    ['written to by an init container', { initContainers: [mounting('x', mounted)] }, { mounts: ['x'] }],
    ['seen by a container for a while', { ephemeralContainers: [mounting('x', readOnly)] }, { readOnly: true, mounts: ['x'] }],
    [
      'read where it is a volume to be read',
      { volumes: [{ ...VOLUME, persistentVolumeClaim: { claimName: 'data', readOnly: true } }] },
      { readOnly: true },
    ],
  ])('%s', (_, pod, use) => {
    expect(usesIn(workload({ volumes: [VOLUME], ...pod }))).toStrictEqual([{ by: 'app v data', ...none, ...use }]);
  });

  test('used by its name and its claim only', () => {
    const volumes = [{ persistentVolumeClaim: { claimName: 'data' } }, { name: 'v', persistentVolumeClaim: { claimName: 'other' } }];
    expect(usesIn(workload({ volumes }))).toStrictEqual([]);
  });
});

describe('a claim that a workload makes is used by it', () => {
  const volumeClaimTemplates = [{ metadata: { name: 'v' } }];

  test('in a StatefulSet', () => {
    expect(usesIn(workload({ containers: [mounting('x', { name: 'v' })] }, { volumeClaimTemplates }, 'StatefulSet'))).toStrictEqual([
      { by: 'app v v-app-*', readOnly: false, mounts: ['x'], devices: [] },
    ]);
    expect(usesIn(workload({ containers: [mounting('x', { name: 'v' })] }, { volumeClaimTemplates }))).toStrictEqual([]);
  });

  test('as an ephemeral volume', () => {
    expect(usesIn(workload({ volumes: [{ name: 'tmp', ephemeral: { volumeClaimTemplate: {} } }] }))).toStrictEqual([
      { by: 'app tmp *-tmp', readOnly: false, mounts: [], devices: [] },
    ]);
  });
});

test('the uses of a claim are those of all workloads, in their order', () => {
  const set = setOf(claim, ...['a', 'b', 'c'].map((name) => workload({ volumes: [VOLUME] }, {}, 'Deployment', name)));
  expect(
    VolumeUses.of(set)
      .usesOf(set.claims[0])
      .map(({ object }) => object.name),
  ).toStrictEqual(['a', 'b', 'c']);
  const alone = setOf(claim);
  expect(VolumeUses.of(alone).usesOf(alone.claims[0])).toStrictEqual([]);
});
