import { setTimeout as pause } from 'node:timers/promises';
import { addressOf } from '../api/api-object';
import { claimMustBeBound, mustBeGone, snapshotMustBeReady } from '../claims';
import type { Changes } from '../git-repository';
import { cloneOf, deployment, grant, grantSpec, snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';
import { checksumOf, seedDirectory } from '../volume-content';
import { announceCommit, applicationMustBeHealthy, applicationMustComplain, prunedLast } from './applications';
import { CONSUMER, SHARE, type TwoSides, twoSides } from './two-sides';

const cluster = runningCluster({ argocd: true, pods: true });

/** The share of these generations; the name of the grant holds none. */
function offer({ prod, dev }: TwoSides, ...generations: readonly string[]): Changes {
  const names = generations.map((each) => `mysql-${each}`);
  const snapshots = names.map((name) => snapshot(prod, name, 'data'));
  return { [`${SHARE}/share.yaml`]: [...snapshots, grant(prod, 'dev', grantSpec(dev, ...names))] };
}

/** A consumer on one generation: claim and workload in one wave. */
function use({ prod, dev }: TwoSides, generation: string): Changes {
  const name = `mysql-${generation}`;
  return { [`${CONSUMER}/consumer.yaml`]: [prunedLast(cloneOf(prod, name, dev, name)), deployment(dev, 'reader', name)] };
}

function claimOf({ dev }: TwoSides, generation: string) {
  return addressOf('v1', 'PersistentVolumeClaim', `mysql-${generation}`, dev);
}

/** Both sides in sync on the first generation. */
async function started(test: string): Promise<TwoSides> {
  const sides = await twoSides(cluster(), test);
  await sides.repository.commit('First generation', { ...offer(sides, 'g1'), ...use(sides, 'g1') });
  await cluster().api.apply(sides.share);
  await applicationMustBeHealthy(cluster(), sides.share);
  await cluster().api.apply(sides.consumer);
  await applicationMustBeHealthy(cluster(), sides.consumer);
  return sides;
}

async function checksumOfClaim({ dev }: TwoSides, generation: string): Promise<string> {
  return checksumOf(await cluster().dataOf(dev, `mysql-${generation}`));
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

    await sides.repository.commit('Offer the second generation', offer(sides, 'g1', 'g2'));
    await announceCommit(cluster(), sides.share);
    await snapshotMustBeReady(cluster(), snapshot(sides.prod, 'mysql-g2', 'data'));
    await sides.repository.commit('Use the second generation', use(sides, 'g2'));
    await announceCommit(cluster(), sides.consumer);
    await claimMustBeBound(cluster(), cloneOf(sides.prod, 'mysql-g2', sides.dev, 'mysql-g2'));
    await applicationMustComplain(cluster(), sides.consumer, 'waiting for healthy state of apps/Deployment/reader');
    expect((await cluster().api.get(claimOf(sides, 'g1'))).metadata.deletionTimestamp).toBeUndefined();

    cluster().pods.release(sides.dev);
    await applicationMustBeHealthy(cluster(), sides.consumer);
    await mustBeGone(cluster(), claimOf(sides, 'g1'));
    expect(await stopWatching()).toEqual([]);
    expect(await checksumOfClaim(sides, 'g2')).toBe(newData);
  });

  test('is rolled back on the side of the consumer, to the data of then', async () => {
    const sides = await started('roll-back');
    const oldData = await checksumOfClaim(sides, 'g1');
    await changeSource(sides, 'second');
    await sides.repository.commit('Offer the second generation', offer(sides, 'g1', 'g2'));
    await announceCommit(cluster(), sides.share);
    await snapshotMustBeReady(cluster(), snapshot(sides.prod, 'mysql-g2', 'data'));
    await sides.repository.commit('Use the second generation', use(sides, 'g2'));
    await announceCommit(cluster(), sides.consumer);
    await mustBeGone(cluster(), claimOf(sides, 'g1'));

    await sides.repository.commit('Back to the first generation', use(sides, 'g1'));
    await announceCommit(cluster(), sides.consumer);
    await mustBeGone(cluster(), claimOf(sides, 'g2'));
    expect(await checksumOfClaim(sides, 'g1')).toBe(oldData);
  });

  test('does not harm a consumer that lags two generations behind', async () => {
    const sides = await started('lagging');
    const oldData = await checksumOfClaim(sides, 'g1');
    await changeSource(sides, 'third');
    await sides.repository.commit('Offer the third generation, no longer the first', offer(sides, 'g2', 'g3'));
    await announceCommit(cluster(), sides.share);
    await mustBeGone(cluster(), snapshot(sides.prod, 'mysql-g1', 'data'));
    await announceCommit(cluster(), sides.consumer);
    await applicationMustBeHealthy(cluster(), sides.consumer);
    expect(await checksumOfClaim(sides, 'g1')).toBe(oldData);
  });
});

describe('a revocation takes seconds although a rotation beside it is stuck', () => {
  const SECONDS = 10_000;

  async function revokeAndExpectItGone(sides: TwoSides): Promise<void> {
    const revoked = grant(sides.prod, 'dev', grantSpec(sides.dev, 'mysql-g1'));
    const kept = snapshot(sides.prod, 'mysql-g1', 'data');
    await sides.repository.commit('Revoke', { [`${SHARE}/share.yaml`]: [kept] });
    await announceCommit(cluster(), sides.share);
    await mustBeGone(cluster(), revoked, SECONDS);
  }

  test('because its snapshot class does not exist', async () => {
    const sides = await started('class-missing');
    const stuck = snapshot(sides.prod, 'mysql-g2', 'data');
    stuck.spec.volumeSnapshotClassName = 'missing';
    const first = offer(sides, 'g1', 'g2')[`${SHARE}/share.yaml`]!;
    await sides.repository.commit('Offer the second generation', {
      [`${SHARE}/share.yaml`]: first.map((each) => (each.metadata.name === 'mysql-g2' ? stuck : each)),
    });
    await announceCommit(cluster(), sides.share);
    await cluster().eventually('the snapshot to fail', async () => {
      const { status } = await cluster().api.get(stuck);
      expect(status?.error?.message).toContain('missing');
    });
    await revokeAndExpectItGone(sides);
  });

  test('because the snapshot sidecar is down', async () => {
    const sides = await started('sidecar-down');
    await cluster().storage.stopSnapshotter();
    await sides.repository.commit('Offer the second generation', offer(sides, 'g1', 'g2'));
    await announceCommit(cluster(), sides.share);
    await cluster().eventually('the snapshot to be there and not ready', async () => {
      const { status } = await cluster().api.get(snapshot(sides.prod, 'mysql-g2', 'data'));
      expect(status).toMatchObject({ readyToUse: false });
    });
    await revokeAndExpectItGone(sides);
    await cluster().storage.startSnapshotter();
  });
});
