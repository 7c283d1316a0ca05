import { DeletionPolicy, VolumeSnapshotClass } from '../../../src';
import { claimMustBeBound, mustBeGone } from '../claims';
import { synthesized, theOnly } from '../constructs';
import { DRIVER_NAME } from '../driver/identity';
import { snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';
import { type AppOfTwoSides, changesToShare } from './app-of-two-sides';
import { announceCommit, applicationMustBeHealthy, applicationMustComplain } from './applications';
import { Generations } from './generations';

const cluster = runningCluster({ argocd: true, pods: true });

const started = (test: string, props: AppOfTwoSides = {}) => Generations.start(cluster(), test, props);

describe('a rotation to the next generation', () => {
  test('never leaves the consumer without a bound claim, although a pod holds the old one, and ends clean', async () => {
    const run = await started('rotation');
    const newData = await run.changeSource('second');
    cluster().pods.hold(run.sides.dev);
    const stopWatching = run.watchForGaps();

    await run.commit('Second generation', { generations: ['g2', 'g1'] });
    await claimMustBeBound(cluster(), run.claim('g2'));
    await applicationMustComplain(cluster(), run.sides.consumer, 'waiting for healthy state of apps/Deployment/reader');
    expect((await cluster().api.get(run.claim('g1'))).metadata.deletionTimestamp).toBeUndefined();

    cluster().pods.release(run.sides.dev);
    await applicationMustBeHealthy(cluster(), run.sides.consumer);
    await mustBeGone(cluster(), run.claim('g1'));
    expect(await stopWatching()).toEqual([]);
    expect(await run.checksumOf('g2')).toBe(newData);
  });

  test('is rolled back on the side of the consumer, by pinning, to the data of then', async () => {
    const run = await started('roll-back');
    const oldData = await run.checksumOf('g1');
    await run.changeSource('second');
    await run.commit('Second generation', { generations: ['g2', 'g1'] });
    await mustBeGone(cluster(), run.claim('g1'));

    await run.commit('Back to the first generation', { generations: ['g2', 'g1'], consumer: { generation: 'g1' } });
    await mustBeGone(cluster(), run.claim('g2'));
    await applicationMustBeHealthy(cluster(), run.sides.consumer);
    await claimMustBeBound(cluster(), run.claim('g1'));
    expect(await run.checksumOf('g1')).toBe(oldData);
  });

  test('does not harm a consumer that lags two generations behind', async () => {
    const run = await started('lagging');
    const oldData = await run.checksumOf('g1');
    const { uid } = (await cluster().api.get(run.claim('g1'))).metadata;
    await run.changeSource('third');
    const lagging = { generation: 'g1', alreadyRestored: true };
    await run.commit('Third generation, no longer the first', { generations: ['g3', 'g2'], consumer: lagging });
    await mustBeGone(cluster(), run.snapshot('g1'));
    await applicationMustBeHealthy(cluster(), run.sides.share);
    await applicationMustBeHealthy(cluster(), run.sides.consumer);
    expect((await cluster().api.get(run.claim('g1'))).metadata.uid).toBe(uid);
    expect(await run.checksumOf('g1')).toBe(oldData);
  });
});

describe('a revocation does not wait for a rotation beside it that is stuck', () => {
  const ROTATED = ['g2', 'g1'];

  /** The owner rotates, and then removes the consumer, whose program lies elsewhere. */
  async function rotate(run: Generations): Promise<void> {
    await run.sides.repository.commit('Second generation', changesToShare(run.emitted({ generations: ROTATED })));
    await announceCommit(cluster(), run.sides.share);
  }

  async function revokeAndExpectItGone(run: Generations): Promise<void> {
    const grant = theOnly('ReferenceGrant', run.emitted({ generations: ROTATED }).owner);
    expect(await cluster().api.find(grant)).toBeDefined();
    await run.sides.repository.commit('Revoke', changesToShare(run.emitted({ generations: ROTATED, consumer: undefined })));
    await announceCommit(cluster(), run.sides.share);
    await mustBeGone(cluster(), grant);
    expect((await cluster().api.get(run.snapshot('g2'))).status.readyToUse).not.toBe(true);
  }

  test('because its snapshot class does not exist', async () => {
    const [vanishing] = synthesized((chart) => {
      new VolumeSnapshotClass(chart, 'class', {
        metadata: { name: 'vanishing' },
        driver: DRIVER_NAME,
        deletionPolicy: DeletionPolicy.DELETE,
      });
    });
    await cluster().api.apply(vanishing);
    const props = { volumeSnapshotClassName: vanishing.metadata.name };
    const run = await started('class-missing', props);
    await cluster().api.delete(vanishing);
    let probes = 0;
    await cluster().eventually('the snapshot controller to miss the class', async () => {
      const probe = snapshot(run.sides.prod, `probe-${++probes}`, 'data', vanishing.metadata.name);
      await cluster().api.apply(probe);
      const { status } = await cluster().eventually('its verdict', async () => {
        const found = await cluster().api.get(probe);
        expect(found.status?.error ?? found.status?.readyToUse).toBeTruthy();
        return found;
      });
      expect(status.error?.message).toContain('vanishing');
    });
    await rotate(run);
    await cluster().eventually('the snapshot to fail', async () => {
      const { status } = await cluster().api.get(run.snapshot('g2'));
      expect(status?.error?.message).toContain('vanishing');
    });
    await revokeAndExpectItGone(run);
  });

  test('because the snapshot sidecar is down', async () => {
    const run = await started('sidecar-down');
    await cluster().storage.stopSnapshotter();
    await rotate(run);
    await cluster().eventually('the snapshot to be there and not ready', async () => {
      const { status } = await cluster().api.get(run.snapshot('g2'));
      expect(status).toMatchObject({ readyToUse: false });
    });
    await revokeAndExpectItGone(run);
    await cluster().storage.startSnapshotter();
  });
});
