import * as fc from 'fast-check';
import { KINDS, type KindName } from '../../src/doctor/cluster-view';
import { keptOf } from '../../src/doctor/kept';
import { gateOf, isProvisioner, isSnapshotController, versionOf, wordsOf } from '../../src/doctor/sidecars';

const GATE = 'CrossNamespaceVolumeDataSource';

test.each([
  { image: 'registry.k8s.io/sig-storage/csi-provisioner:v6.3.0' },
  { image: 'public.ecr.aws/csi-components/csi-provisioner@sha256:00' },
  { image: 'localhost:5000/csi-provisioner' },
  { image: 'rancher/mirrored-sig-storage-csi-provisioner:v6.3.0' },
  { image: 'quay.io/openshift/origin-csi-external-provisioner:4.20' },
  { image: 'mirror/sidecar:1', name: 'csi-provisioner', args: ['--csi-address=/csi/csi.sock'] },
  { image: 'mirror/sidecar:1', name: 'main', command: ['/bin/csi-provisioner'], args: ['-csi-address', '/csi/csi.sock'] },
])('$image is a csi-provisioner', (container) => {
  expect(isProvisioner(container)).toBe(true);
});

test.each([
  { image: 'registry.k8s.io/sig-storage/nfs-subdir-external-provisioner:v4.0.2' },
  { image: 'rancher/local-path-provisioner:v0.0.30' },
  { image: 'registry.k8s.io/sig-storage/csi-snapshotter:v8.6.0', args: ['--csi-address=/csi/csi.sock'] },
  { image: 'mirror/other:1', name: 'csi-provisioner' },
  {},
])('$image is none', (container) => {
  expect(isProvisioner(container)).toBe(false);
});

test('a snapshot-controller is known by its image or by its name', () => {
  expect(isSnapshotController({ image: 'registry.k8s.io/sig-storage/snapshot-controller:v8.6.0' })).toBe(true);
  expect(isSnapshotController({ image: 'mirror/one:1', name: 'csi-snapshot-controller' })).toBe(true);
  expect(isSnapshotController({ image: 'mirror/csi-snapshotter:1', name: 'snapshotter' })).toBe(false);
});

test.each([
  [true, [`--feature-gates=${GATE}=true`]],
  [true, ['--feature-gates', `Topology=true,${GATE}=True`]],
  [true, [`-feature-gates=${GATE}=1`]],
  [true, ['--feature-gates=Topology=true', `--feature-gates=${GATE}=true`]],
  [true, ['--feature-gates=AllAlpha=true']],
  [true, [`--feature-gates="${GATE}=true"`]],
  [false, []],
  [false, ['--feature-gates=Topology=true']],
  [false, [`--feature-gates=${GATE}=false`]],
  [false, [`--feature-gates=AllAlpha=true,${GATE}=false`]],
  [false, [`--feature-gates=${GATE}=true`, `--feature-gates=${GATE}=false`]],
  [false, [`--other=${GATE}=true`]],
  [undefined, ['--feature-gates=$(GATES)']],
])('the gate is %s with %j', (on, words) => {
  expect(gateOf(words)).toBe(on);
});

test('a shell and variables that are written out are seen through', () => {
  const container = {
    command: ['sh', '-c', 'exec csi-provisioner --feature-gates=$(GATES) --v=2'],
    env: [{ name: 'GATES', value: `${GATE}=true` }],
  };
  expect(gateOf(wordsOf(container))).toBe(true);
});

test('for all orders of gates and flags, the last word on the gate counts', () => {
  const gates = fc.array(fc.tuple(fc.constantFrom(GATE, 'Topology', 'AllAlpha'), fc.boolean()), { minLength: 1 });
  fc.assert(
    fc.property(gates, fc.boolean(), (pairs, together) => {
      const written = pairs.map(([name, on]) => `${name}=${on}`);
      const words = together ? [`--feature-gates=${written.join(',')}`] : written.map((pair) => `--feature-gates=${pair}`);
      const last = (name: string) => pairs.filter(([each]) => each === name).at(-1)?.[1];
      expect(gateOf(words)).toBe(last(GATE) ?? last('AllAlpha') ?? false);
    }),
  );
});

test.each([
  ['csi-provisioner:v6.3.0', [6, 3, 0]],
  ['localhost:5000/csi-provisioner:6.2.1-eks-1-36-2', [6, 2, 1]],
  ['csi-provisioner:v6.2.0@sha256:00', [6, 2, 0]],
  ['localhost:5000/csi-provisioner', undefined],
  ['csi-provisioner@sha256:6.2.0', undefined],
  ['csi-provisioner:v4.20', undefined],
  ['csi-provisioner:latest', undefined],
])('the version of %s is %j', (image, version) => {
  expect(versionOf(image)).toEqual(version);
});

describe('of a workload', () => {
  const pod = (containers: object[], owner?: string) => ({
    kind: 'Pod',
    metadata: { name: 'one', namespace: 'csi', ...(owner && { ownerReferences: [{ kind: owner }] }) },
    spec: { containers },
  });
  const sidecar = {
    name: 'p',
    image: 'csi-provisioner:v6.3.0',
    args: ['--feature-gates=$(GATES)'],
    env: [
      { name: 'GATES', value: 'x' },
      { name: 'PASSWORD', value: 'secret' },
    ],
  };

  test('that runs no sidecar nothing is kept', () => {
    expect(keptOf('pods', pod([{ name: 'db', image: 'mysql', env: [{ name: 'PASSWORD', value: 'secret' }] }]))).toBeUndefined();
  });

  test('the sidecar is kept, with its gates, and nothing else of its arguments and its environment', () => {
    const kept = keptOf('pods', pod([{ name: 'driver', image: 'driver:1' }, sidecar]));
    expect(kept).toMatchObject({ spec: { serviceAccountName: 'default', containers: [{ name: 'p' }] } });
    expect(JSON.stringify(kept)).not.toContain('secret');
    const script = 'TOKEN=secret exec csi-provisioner --x=$(PASSWORD) --feature-gates $(GATES)';
    const started = keptOf('pods', pod([{ ...sidecar, command: ['sh', '-c', script], args: ['--key', 'secret'] }]));
    expect(started).toMatchObject({ spec: { containers: [{ name: 'p', args: ['--feature-gates', 'x'] }] } });
    expect(JSON.stringify(started)).not.toContain('secret');
  });

  test.each([
    { name: 'p', image: 'csi-provisioner:v6.3.0', args: ['--csi-address=/csi/csi.sock', '--feature-gates', `${GATE}=true`] },
    { name: 'csi-provisioner', image: 'mirror/one:1', args: ['--csi-address=/csi/csi.sock', '--feature-gates=$(GATES)'] },
    { name: 'p', image: 'mirror/one:1', command: ['/bin/csi-provisioner', '-csi-address', '/x', `--feature-gates=${GATE}=true`] },
    { name: 'p', image: 'csi-provisioner:v6.3.0', args: [`"--feature-gates=${GATE}=true"`, '--v=2', `--feature-gates=${GATE}=false`] },
  ])('what is kept of $image says the same as the whole: $args', (container) => {
    const kept = keptOf('pods', pod([container])) as { spec: { containers: unknown[] } };
    expect(kept.spec.containers.map(isProvisioner)).toEqual([true]);
    expect(gateOf(wordsOf(kept.spec.containers[0]))).toBe(gateOf(wordsOf(container)));
  });

  test('a sidecar that is an init container is kept too', () => {
    const object = pod([{ name: 'driver', image: 'driver:1' }]);
    const kept = keptOf('pods', { ...object, spec: { ...object.spec, initContainers: [sidecar] } });
    expect(kept).toMatchObject({ spec: { containers: [{ name: 'p' }] } });
  });

  test('the pod that it made is not kept as well', () => {
    expect(keptOf('pods', pod([sidecar], 'ReplicaSet'))).toBeUndefined();
    expect(keptOf('pods', pod([sidecar], 'Node'))).toBeDefined();
  });
});

describe('of everything else only what a check looks at is kept', () => {
  const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
  const metadata = { name: 'a', namespace: 'dev', labels: { of: 'secret' }, annotations: { other: 'secret' }, managedFields: ['secret'] };

  test.each(Object.keys(KINDS).filter((name) => name !== 'persistentvolumeclaims') as KindName[])(
    'of %s no annotation of others',
    (name) => {
      expect(JSON.stringify(keptOf(name, { metadata, parameters: { key: 'secret' } })) ?? '').not.toContain('secret');
    },
  );

  test('of a claim the reference that was applied, and of one without a reference who set which field', () => {
    const dataSourceRef = { kind: 'VolumeSnapshot', namespace: 'prod', name: 'snap' };
    const applied = JSON.stringify({ metadata: { annotations: { other: 'secret' } }, spec: { dataSourceRef } });
    const claim = { metadata: { ...metadata, managedFields: ['whole'], annotations: { other: 'secret', [LAST_APPLIED]: applied } } };
    const kept = keptOf('persistentvolumeclaims', claim);
    expect(JSON.stringify(kept)).not.toContain('secret');
    const annotations = { [LAST_APPLIED]: JSON.stringify({ spec: { dataSourceRef } }) };
    expect(kept).toEqual({ metadata: { name: 'a', namespace: 'dev', annotations, managedFields: ['whole'] } });
    expect(keptOf('persistentvolumeclaims', { ...claim, spec: { dataSourceRef } })).not.toHaveProperty('metadata.managedFields');
  });

  test('of a snapshot that somebody has looked at, that alone', () => {
    expect(keptOf('volumesnapshots', { metadata: { name: 'a' }, status: { boundVolumeSnapshotContentName: 'x' } })).toHaveProperty(
      'status',
      {},
    );
    expect(keptOf('volumesnapshots', { metadata: { name: 'a' } })).not.toHaveProperty('status');
  });
});
