import { setTimeout as pause } from 'node:timers/promises';
import { DeletionPolicy, VolumeSnapshotClass } from '../../../src';
import { addressOf } from '../api/api-object';
import { claimMustBeBound, mustBeGone } from '../claims';
import { synthesized, theOnly } from '../constructs';
import { DRIVER_NAME } from '../driver/identity';
import { runningCluster } from '../running-cluster';
import { checksumOf, seedDirectory } from '../volume-content';
import { type AppOfTwoSides, changesTo, changesToShare, emitted, NAME } from './app-of-two-sides';
import { announceCommit, applicationMustBeHealthy, applicationMustComplain } from './applications';
import { type TwoSides, twoSides } from './two-sides';

const cluster = runningCluster({ argocd: true, pods: true });

const SNAPSHOTS = 'snapshot.storage.k8s.io/v1';
const CONSUMING = { consumer: {}, reader: true };

function snapshotOf({ prod }: TwoSides, generation: string) {
  return addressOf(SNAPSHOTS, 'VolumeSnapshot', `${NAME}-${generation}`, prod);
}

function claimOf({ dev }: TwoSides, generation: string) {
  return addressOf('v1', 'PersistentVolumeClaim', `${NAME}-${generation}`, dev);
}

/** Both sides in sync on the first generation. */
async function started(test: string, props: AppOfTwoSides = {}): Promise<TwoSides> {
  const sides = await twoSides(cluster(), test);
  await sides.repository.commit('First generation', changesTo(emitted(sides, { generations: ['g1'], ...CONSUMING, ...props })));
  await cluster().api.apply(sides.share);
  await applicationMustBeHealthy(cluster(), sides.share);
  await cluster().api.apply(sides.consumer);
  await applicationMustBeHealthy(cluster(), sides.consumer);
  return sides;
}

/** Commits the program of both sides anew, and tells both Applications. */
async function commit(sides: TwoSides, message: string, props: AppOfTwoSides): Promise<void> {
  await sides.repository.commit(message, changesTo(emitted(sides, { ...CONSUMING, ...props })));
  await announceCommit(cluster(), sides.share, sides.consumer);
}

async function checksumOfClaim({ dev }: TwoSides, generation: string): Promise<string> {
  return checksumOf(await cluster().dataOf(dev, `${NAME}-${generation}`));
}

/** Changes the source, so that the next generation differs; returns its checksum. */
async function changeSource({ prod }: TwoSides, words: string): Promise<string> {
  const folder = await cluster().dataOf(prod, 'data');
  await seedDirectory(`${folder}/${words}`, words);
  return checksumOf(folder);
}

/** Looks at a namespace until it is told to stop; returns the phases of its claims at each look at which none was bound. */
function watchForGaps(namespace: string): () => Promise<string[]> {
  const gaps: string[] = [];
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const claims = await cluster().api.list('v1', 'PersistentVolumeClaim', namespace);
      if (!claims.some(({ status }) => status?.phase === 'Bound')) {
        gaps.push(JSON.stringify(claims.map(({ metadata, status }) => [metadata.name, status?.phase])));
      }
      await pause(50);
    }
  })();
  return async () => {
    stopped = true;
    await watching;
    return gaps;
  };
}

describe('a rotation to the next generation', () => {
  test('never leaves the consumer without a bound claim, although a pod holds the old one, and ends clean', async () => {
    const sides = await started('rotation');
    const newData = await changeSource(sides, 'second');
    cluster().pods.hold(sides.dev);
    const stopWatching = watchForGaps(sides.dev);

    await commit(sides, 'Second generation', { generations: ['g2', 'g1'] });
    await claimMustBeBound(cluster(), claimOf(sides, 'g2'));
    await applicationMustComplain(cluster(), sides.consumer, 'waiting for healthy state of apps/Deployment/reader');
    expect((await cluster().api.get(claimOf(sides, 'g1'))).metadata.deletionTimestamp).toBeUndefined();

    cluster().pods.release(sides.dev);
    await applicationMustBeHealthy(cluster(), sides.consumer);
    await mustBeGone(cluster(), claimOf(sides, 'g1'));
    expect(await stopWatching()).toEqual([]);
    expect(await checksumOfClaim(sides, 'g2')).toBe(newData);
  });

  test('is rolled back on the side of the consumer, by pinning, to the data of then', async () => {
    const sides = await started('roll-back');
    const oldData = await checksumOfClaim(sides, 'g1');
    await changeSource(sides, 'second');
    await commit(sides, 'Second generation', { generations: ['g2', 'g1'] });
    await mustBeGone(cluster(), claimOf(sides, 'g1'), 60_000);

    await commit(sides, 'Back to the first generation', { generations: ['g2', 'g1'], consumer: { generation: 'g1' } });
    await mustBeGone(cluster(), claimOf(sides, 'g2'), 60_000);
    expect(await checksumOfClaim(sides, 'g1')).toBe(oldData);
  });

  test('does not harm a consumer that lags two generations behind', async () => {
    const sides = await started('lagging');
    const oldData = await checksumOfClaim(sides, 'g1');
    const { uid } = (await cluster().api.get(claimOf(sides, 'g1'))).metadata;
    await changeSource(sides, 'third');
    const lagging = { generation: 'g1', alreadyRestored: true };
    await commit(sides, 'Third generation, no longer the first', { generations: ['g3', 'g2'], consumer: lagging });
    await mustBeGone(cluster(), snapshotOf(sides, 'g1'));
    await applicationMustBeHealthy(cluster(), sides.share);
    await applicationMustBeHealthy(cluster(), sides.consumer);
    expect((await cluster().api.get(claimOf(sides, 'g1'))).metadata.uid).toBe(uid);
    expect(await checksumOfClaim(sides, 'g1')).toBe(oldData);
  });
});

describe('a revocation takes seconds although a rotation beside it is stuck', () => {
  const SECONDS = 10_000;
  const ROTATED = ['g2', 'g1'];

  /** The owner rotates, and then removes the consumer, whose program lies elsewhere. */
  async function rotate(sides: TwoSides, props: AppOfTwoSides = {}): Promise<void> {
    await sides.repository.commit('Second generation', changesToShare(emitted(sides, { generations: ROTATED, ...CONSUMING, ...props })));
    await announceCommit(cluster(), sides.share);
  }

  async function revokeAndExpectItGone(sides: TwoSides, props: AppOfTwoSides = {}): Promise<void> {
    const grant = theOnly('ReferenceGrant', emitted(sides, { generations: ROTATED, ...CONSUMING }).owner);
    expect(await cluster().api.find(grant)).toBeDefined();
    await sides.repository.commit('Revoke', changesToShare(emitted(sides, { generations: ROTATED, ...props })));
    await announceCommit(cluster(), sides.share);
    await mustBeGone(cluster(), grant, SECONDS);
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
    const sides = await started('class-missing', props);
    await cluster().api.delete(vanishing);
    await rotate(sides, props);
    await cluster().eventually('the snapshot to fail', async () => {
      const { status } = await cluster().api.get(snapshotOf(sides, 'g2'));
      expect(status?.error?.message).toContain('vanishing');
    });
    await revokeAndExpectItGone(sides, props);
  });

  test('because the snapshot sidecar is down', async () => {
    const sides = await started('sidecar-down');
    await cluster().storage.stopSnapshotter();
    await rotate(sides);
    await cluster().eventually('the snapshot to be there and not ready', async () => {
      const { status } = await cluster().api.get(snapshotOf(sides, 'g2'));
      expect(status).toMatchObject({ readyToUse: false });
    });
    await revokeAndExpectItGone(sides);
    await cluster().storage.startSnapshotter();
  });
});
