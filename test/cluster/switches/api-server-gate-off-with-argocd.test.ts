import { readdir } from 'node:fs/promises';
import type { ApiObject } from '../api/api-object';
import { claimMustBeBound } from '../claims';
import { theOnly } from '../constructs';
import { changesTo, emitted } from '../delivery/app-of-two-sides';
import { applicationMustBe, applicationMustBeHealthy } from '../delivery/applications';
import { twoSides } from '../delivery/two-sides';
import { runningCluster } from '../running-cluster';

const cluster = runningCluster({ apiServerGate: false, argocd: true });

/** An Application for a clone of the library that stays empty, with these annotations. */
async function emptyClone(test: string, annotations: Readonly<Record<string, string>> = {}): Promise<ApiObject> {
  const sides = await twoSides(cluster(), test);
  const { dev, repository, share, consumer } = sides;
  const app = emitted(sides, { consumer: {} });
  const clone = theOnly('PersistentVolumeClaim', app.consumer);
  await repository.commit('Share and clone', changesTo(app));
  await cluster().api.apply(share);
  await applicationMustBeHealthy(cluster(), share);
  await cluster().api.apply({ ...consumer, metadata: { ...consumer.metadata, annotations } });
  await cluster().eventually('Argo CD to make the claim', () => cluster().api.get(clone));
  await claimMustBeBound(cluster(), clone);
  expect(await readdir(await cluster().dataOf(dev, clone.metadata.name))).toEqual([]);
  return consumer;
}

describe('with the gate of the API server off, Argo CD shows an empty clone', () => {
  test('as OutOfSync and Healthy with its default comparison, and heals it in vain', async () => {
    const consumer = await emptyClone('default');
    // It counts a second attempt only if it compared after the first had succeeded.
    await cluster().eventually('a second attempt to heal', async () => {
      const { status } = await cluster().api.get(consumer);
      expect(status.operationState.operation.sync.autoHealAttemptsCount ?? 0).toBeGreaterThanOrEqual(2);
    });
    await applicationMustBe(cluster(), consumer, 'OutOfSync');
  });

  test('as Synced and Healthy with a comparison by the server', async () => {
    const consumer = await emptyClone('server-side', { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' });
    await applicationMustBeHealthy(cluster(), consumer);
  });
});
