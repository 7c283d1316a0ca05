import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { ClonedVolumeClaim, type ClonedVolumeClaimProps, DataSource, type RequiredDataOptions, SnapshotAccess } from '../../src';
import { REQUIRED_DATA_SCRIPT } from '../../src/safety/required-data-script';
import { errorOf, find, render, VOLUME, validationErrors } from '../manifests';
import { asKubernetesStarts } from './container-arguments';

const FILE = { file: 'data/ibdata1' };

function scene(claimProps: Partial<ClonedVolumeClaimProps> = {}, podProps: kplus.DeploymentProps = {}) {
  const app = new App();
  const chart = new Chart(app, 'dev', { namespace: 'dev' });
  const claim = new ClonedVolumeClaim(chart, 'claim', {
    metadata: { name: 'mysql' },
    dataSource: DataSource.claim('prod', 'mysql-data'),
    ...VOLUME,
    ...claimProps,
  });
  const deployment = new kplus.Deployment(chart, 'mysql', { metadata: { name: 'server' }, ...podProps });
  const container = deployment.addContainer({ image: 'mysql:8.4' });
  const volume = kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', claim, { name: 'data' });
  return { app, chart, claim, deployment, container, volume };
}

/** A pod that mounts its claim and requires data on it. */
function required(
  options: RequiredDataOptions = FILE,
  podProps: kplus.DeploymentProps = {},
  claimProps: Partial<ClonedVolumeClaimProps> = {},
) {
  const { app, claim, deployment, container, volume } = scene(claimProps, podProps);
  container.mount('/var/lib/mysql', volume);
  claim.requireData(deployment, volume, options);
  const pod = find(render(app), 'Deployment').spec.template.spec;
  return { pod, check: pod.initContainers.at(-1) };
}

test('the init container can do nothing but look', () => {
  expect(required().check).toEqual({
    name: 'require-data',
    image: 'docker.io/library/busybox:1.37.0',
    imagePullPolicy: 'IfNotPresent',
    command: ['sh', '-c', expect.any(String), 'require-data'],
    args: ['/volume', 'data/ibdata1', 'dev/mysql', expect.stringContaining('PersistentVolumeClaim/prod/mysql-data')],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '32Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 65534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [{ name: 'data', mountPath: '/volume', readOnly: true }],
  });
});

test('the volume is mounted read-only there alone', () => {
  const { pod } = required();
  expect(pod.volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'mysql', readOnly: false } }]);
  expect(pod.containers[0].volumeMounts).toEqual([{ name: 'data', mountPath: '/var/lib/mysql' }]);
});

test("it looks as the pod's user, as nobody where that is root or unknown, or as whom you say", () => {
  const userOf = (options: RequiredDataOptions, user?: number) => required(options, { securityContext: { user } }).check.securityContext;
  expect(userOf(FILE, 999)).not.toHaveProperty('runAsUser');
  expect(userOf(FILE, 0)).toMatchObject({ runAsUser: 65534, runAsNonRoot: true });
  expect(userOf({ ...FILE, user: 70 }, 999)).toMatchObject({ runAsUser: 70, runAsNonRoot: true });
  expect(userOf({ ...FILE, user: 0 })).toMatchObject({ runAsUser: 0, runAsNonRoot: false });
});

test('it looks as the user of the container that mounts the volume, before that of the pod', () => {
  const { app, chart, claim, deployment } = scene({}, { securityContext: { user: 1000 } });
  const volume = kplus.Volume.fromPersistentVolumeClaim(chart, 'own', claim, { name: 'own' });
  deployment.addContainer({
    name: 'server',
    image: 'mysql:8.4',
    securityContext: { user: 999 },
    volumeMounts: [{ path: '/data', volume }],
  });
  claim.requireData(deployment, volume, FILE);
  expect(find(render(app), 'Deployment').spec.template.spec.initContainers[0].securityContext.runAsUser).toBe(999);
});

test('another image can look', () => {
  expect(required({ ...FILE, image: 'mysql:8.4.10' }).check.image).toBe('mysql:8.4.10');
});

test('the file, the claim and the script arrive as they are, whatever the name of the file', () => {
  const part = fc
    .string({ unit: 'binary', minLength: 1 })
    .map((text) => text.replaceAll(/[/\0]/g, '$('))
    .filter((text) => text !== '.' && text !== '..');
  const awkward = fc.constantFrom('$(HOME)', '$$', '$$(HOME)', '$', '-n', '--', 'a b', '"', "'", '\n', '$(rm -rf /)', '`id`', '\\');
  fc.assert(
    fc.property(fc.array(fc.oneof(part, awkward), { minLength: 1, maxLength: 4 }), (parts) => {
      const file = parts.join('/');
      const { command, args } = required({ file }).check;
      const started = asKubernetesStarts([...command, ...args], { HOME: '/root', 'rm -rf /': 'gone' });
      expect(started.slice(0, 6)).toEqual(['sh', '-c', REQUIRED_DATA_SCRIPT, 'require-data', '/volume', file]);
    }),
    { numRuns: 50 },
  );
});

test('a path that is none, or leads out of the volume, is refused', () => {
  for (const file of ['', '/', '/etc/passwd', '..', '../x', 'a/../b', 'a//b', './a', 'a/', 'a/.', 'a\0b']) {
    expect(errorOf(() => required({ file }))).toBe(
      `file that claim dev/mysql is required to hold is '${file}', but must be a path from the root of the volume, without a slash at either end, and without empty, '.' or '..' parts; write it such as data/ibdata1`,
    );
  }
});

test('an image or a user that cannot be is refused', () => {
  expect(errorOf(() => required({ ...FILE, image: '' }))).toBe(
    "image that looks at claim dev/mysql is '', but must be the name of an image; leave it out for docker.io/library/busybox:1.37.0",
  );
  expect(errorOf(() => required({ ...FILE, user: -1 }))).toBe("user is '-1', but must be a whole number from 0 to 2147483647");
});

test('a block volume is refused', () => {
  expect(errorOf(() => required(FILE, {}, { volumeMode: kplus.PersistentVolumeMode.BLOCK }))).toBe(
    'claim dev/mysql has the volume mode Block, but only files can be required; look at the device in a container of your own',
  );
});

test('a workload of another namespace is refused', () => {
  expect(errorOf(() => required(FILE, { metadata: { name: 'server', namespace: 'test' } }))).toBe(
    'Deployment server is in namespace test, but claim dev/mysql can be mounted in dev only; put them into one namespace',
  );
});

test('a volume that is not made of the claim is refused', () => {
  for (const other of ['emptyDir', 'claim'] as const) {
    const { app, chart, claim, deployment, container } = scene();
    const volume =
      other === 'emptyDir'
        ? kplus.Volume.fromEmptyDir(chart, 'scratch', 'scratch')
        : kplus.Volume.fromPersistentVolumeClaim(
            chart,
            'other',
            new kplus.PersistentVolumeClaim(chart, 'own', { storage: Size.gibibytes(1) }),
            { name: 'scratch' },
          );
    container.mount('/scratch', volume);
    claim.requireData(deployment, volume, FILE);
    expect(validationErrors(app)).toEqual([
      "[dev/claim] volume 'scratch' of Deployment server is required to hold data of claim dev/mysql, but is not made of it; make it with Volume.fromPersistentVolumeClaim(scope, id, claim)",
    ]);
  }
});

test('a volume that no container mounts is refused', () => {
  const { app, claim, deployment, volume } = scene();
  claim.requireData(deployment, volume, FILE);
  expect(validationErrors(app)).toEqual([
    "[dev/claim] volume 'data' of Deployment server is required to hold data, but no container mounts it; mount this volume, or remove requireData",
  ]);
});

test('an init container that may write to the volume before it is looked at is refused, one that only reads is not', () => {
  const before = (readOnly: boolean) => {
    const { claim, deployment, volume } = scene();
    deployment.addInitContainer({ image: 'mysql:8.4', volumeMounts: [{ path: '/data', volume, readOnly }] });
    return () => claim.requireData(deployment, volume, FILE);
  };
  expect(errorOf(before(false))).toBe(
    "init container 'init-0' of 'dev/mysql' may write to claim dev/mysql before it is looked at; call requireData before it is added, or mount its volume readOnly",
  );
  before(true)();
});

test('two claims of one pod are looked at one after the other', () => {
  const { app, chart, claim, deployment, container, volume } = scene();
  const second = new ClonedVolumeClaim(chart, 'second', {
    metadata: { name: 'files' },
    dataSource: DataSource.claim('prod', 'files'),
    ...VOLUME,
  });
  const files = kplus.Volume.fromPersistentVolumeClaim(chart, 'files', second, { name: 'files' });
  container.mount('/var/lib/mysql', volume);
  container.mount('/srv', files);
  claim.requireData(deployment, volume, FILE);
  second.requireData(deployment, files, { file: 'index.html' });
  const checks = find(render(app), 'Deployment').spec.template.spec.initContainers;
  expect(
    checks.map(({ name, args, securityContext }: { name: string; args: string[]; securityContext: object }) => [
      name,
      args[2],
      securityContext,
    ]),
  ).toEqual(
    ['mysql', 'files'].map((name, index) => [
      index === 0 ? 'require-data' : 'require-data-1',
      `dev/${name}`,
      expect.objectContaining({ capabilities: { drop: ['ALL'] } }),
    ]),
  );
});

test.each([
  ['Pod', (chart: Chart) => new kplus.Pod(chart, 'pod'), (object: { spec: object }) => object.spec],
  ['Job', (chart: Chart) => new kplus.Job(chart, 'pod'), (object: { spec: { template: { spec: object } } }) => object.spec.template.spec],
])('a %s is taken as well', (kind, make, podOf) => {
  const { app, chart, claim, volume } = scene();
  const workload = make(chart);
  workload.addContainer({ image: 'mysql:8.4' }).mount('/data', volume);
  claim.requireData(workload, volume, FILE);
  expect(podOf(find(render(app), kind))).toMatchObject({
    initContainers: [{ securityContext: { capabilities: { drop: ['ALL'] } }, terminationMessagePolicy: 'FallbackToLogsOnError' }],
  });
});

test('a restore from its own namespace is not told of a feature gate', () => {
  const { check } = required(FILE, {}, { dataSource: DataSource.claim('dev', 'other') });
  expect(check.args[3]).toMatch(/^It was to be filled from PersistentVolumeClaim\/dev\/other\. Was there data/);
  expect(required().check.args[3]).toContain('CrossNamespaceVolumeDataSource');
});

test('a restore from a handed-over snapshot is not told of a feature gate either', () => {
  const dataSource = DataSource._snapshotNamed('prod', 'mysql', SnapshotAccess.PRE_PROVISIONED_SNAPSHOT);
  expect(required(FILE, {}, { dataSource }).check.args[3]).toMatch(
    /^It was to be filled from VolumeSnapshot\.snapshot\.storage\.k8s\.io\/prod\/mysql\. Was there data/,
  );
});
