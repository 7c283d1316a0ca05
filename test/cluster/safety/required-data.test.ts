import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { ClonedVolumeClaim, DataSource, VolumeSnapshot } from '../../../src';
import { asKubernetesStarts } from '../../safety/container-arguments';
import { DataCheck, openFolder } from '../../safety/data-check';
import type { ApiObject } from '../api/api-object';
import { claimMustBeBound } from '../claims';
import { synthesized, theOnly } from '../constructs';
import { type Sides, SourceVolume } from '../grants/source-volume';
import { grant, grantSpec } from '../manifests';
import { runningCluster } from '../running-cluster';
import { STORAGE_CLASS } from '../storage-classes';

const FILE = 'orders/2026/order-42';

const cluster = runningCluster({ apiServerGate: false });

describe('a pod that requires data', () => {
  const folder = openFolder('required-data-');
  let check: DataCheck;

  beforeAll(() => {
    check = new DataCheck('busybox sh');
  });
  afterAll(() => {
    check.end();
    rmSync(folder, { recursive: true });
  });

  /** A clone of the library and a pod on it; what the init container says to the volume that the cluster made. */
  async function startedOn(sides: Sides, name: string): Promise<{ readonly status: number | null; readonly said: string }> {
    const { claim, pod } = cloneAndPod(sides, name);
    await cluster().api.apply(claim);
    await claimMustBeBound(cluster(), claim);
    // The API server admits the init container where the Pod Security Standard `restricted` is enforced.
    await cluster().api.create(pod, 'dryRun=All&fieldValidation=Strict');
    const [, , , , , file] = asKubernetesStarts([...pod.spec.initContainers[0].command, ...pod.spec.initContainers[0].args], {});
    // The folder of the cluster is closed to the user as whom the script runs.
    const volume = join(folder, name);
    expect(spawnSync('cp', ['-a', await cluster().dataOf(sides.dev, name), volume]).status).toBe(0);
    return check.look(volume, file);
  }

  test('does not start on the empty volume that a missing gate leaves, and starts on a filled one', async () => {
    const source = await SourceVolume.make(cluster(), 'required');
    const { prod, dev } = source.sides;
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
    await cluster().api.applyAll([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: dev, labels } },
      grant(prod, 'dev', grantSpec(dev, SourceVolume.SNAPSHOT)),
    ]);

    const empty = await startedOn(source.sides, 'empty');
    expect(empty).toEqual({ status: 1, said: expect.stringContaining(`is EMPTY: it holds no '${FILE}', and nothing else.`) });

    await cluster().controlPlane.restartApiserver(true);
    expect(await startedOn(source.sides, 'filled')).toEqual({ status: 0, said: '' });
  });
});

function cloneAndPod({ prod, dev }: Sides, name: string): { readonly claim: ApiObject; readonly pod: ApiObject } {
  const objects = synthesized((chart) => {
    const claim = new ClonedVolumeClaim(chart, 'claim', {
      metadata: { namespace: dev, name },
      dataSource: DataSource.snapshot(
        VolumeSnapshot.fromSnapshotName(chart, 'source', { namespace: prod, snapshotName: SourceVolume.SNAPSHOT }),
      ),
      storageClassName: STORAGE_CLASS,
      storage: Size.gibibytes(1),
    });
    const pod = new kplus.Pod(chart, 'pod', { metadata: { namespace: dev, name } });
    const data = kplus.Volume.fromPersistentVolumeClaim(chart, 'data', claim, { name: 'data' });
    pod.addContainer({ image: 'none', volumeMounts: [{ path: '/data', volume: data }] });
    claim.requireData(pod, data, { file: FILE });
  });
  const pod = theOnly('Pod', objects);
  // cdk8s-plus-27 has no word for all that `restricted` asks of the pod's own container.
  const { securityContext } = pod.spec.initContainers[0];
  const containers = pod.spec.containers.map((container: object) => ({ ...container, securityContext }));
  return { claim: theOnly('PersistentVolumeClaim', objects), pod: { ...pod, spec: { ...pod.spec, containers } } };
}
