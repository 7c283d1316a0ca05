import { readdir } from 'node:fs/promises';
import type { ApiObject } from '../api/api-object';
import { claimMustBeBound } from '../claims';
import { applicationMustBe, applicationMustBeHealthy } from '../delivery/applications';
import { CONSUMER, SHARE, twoSides } from '../delivery/two-sides';
import { cloneOf, grant, grantSpec, snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';

const cluster = runningCluster({ apiServerGate: false, argocd: true });

/** An Application for a clone that stays empty, with these annotations. */
async function emptyClone(test: string, annotations: Readonly<Record<string, string>> = {}): Promise<ApiObject> {
  const { prod, dev, repository, share, consumer } = await twoSides(cluster(), test);
  const clone = cloneOf(prod, 'shared', dev, 'clone');
  await repository.commit('Share and clone', {
    [`${SHARE}/share.yaml`]: [snapshot(prod, 'shared', 'data'), grant(prod, 'dev', grantSpec(dev, 'shared'))],
    [`${CONSUMER}/claim.yaml`]: [clone],
  });
  await cluster().api.apply(share);
  await applicationMustBeHealthy(cluster(), share);
  await cluster().api.apply({ ...consumer, metadata: { ...consumer.metadata, annotations } });
  await cluster().eventually('Argo CD to make the claim', () => cluster().api.get(clone));
  await claimMustBeBound(cluster(), clone);
  expect(await readdir(await cluster().dataOf(dev, 'clone'))).toEqual([]);
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
