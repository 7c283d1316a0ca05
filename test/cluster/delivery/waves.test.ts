import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiObject } from '../api/api-object';
import { claimMustBeBound } from '../claims';
import { GitRepository } from '../git-repository';
import { claim, cloneOf, deployment, grant, grantSpec, namespace, snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';
import { STORAGE_CLASS_WHEN_USED } from '../storage-classes';
import { checksumOf, seedDirectory } from '../volume-content';
import {
  application,
  applicationMustBeHealthy,
  applicationMustComplain,
  CLAIM,
  DEPLOYMENT,
  GRANT,
  inWave,
  project,
  SNAPSHOT,
} from './applications';

const cluster = runningCluster({ argocd: true, pods: true });

/** Everything of one test in ONE Application, for both namespaces. */
async function together(test: string, manifests: (prod: string, dev: string) => readonly ApiObject[]) {
  const [prod, dev] = [`prod-${test}`, `dev-${test}`];
  const repository = await GitRepository.init(join(cluster().folder, 'git', test));
  await repository.commit('Everything', { 'all/all.yaml': manifests(prod, dev) });
  await cluster().api.applyAll([namespace(prod), namespace(dev), project(test, [prod, dev], [CLAIM, SNAPSHOT, GRANT, DEPLOYMENT])]);
  const app = application(test, { project: test, repoURL: repository.url, path: 'all', namespace: prod });
  return { prod, dev, app };
}

/** A source whose workload fills it, a snapshot, and a clone with a workload of its own, in these waves. */
function fromNothing(waves: { readonly source: number; readonly share: number; readonly clone: number }) {
  return (prod: string, dev: string) => [
    inWave(waves.source, claim(prod, 'data')),
    inWave(waves.source, deployment(prod, 'writer', 'data')),
    inWave(waves.share, snapshot(prod, 'snap', 'data')),
    inWave(waves.share, grant(prod, 'dev', grantSpec(dev, 'snap'))),
    inWave(waves.clone, cloneOf(prod, 'snap', dev, 'clone')),
    inWave(waves.clone, deployment(dev, 'reader', 'clone')),
  ];
}

describe('with everything in one Application, from nothing', () => {
  test('a snapshot in the wave of its source brings an empty clone, and all is green', async () => {
    const { prod, dev, app } = await together('naive', fromNothing({ source: 0, share: 0, clone: 0 }));
    const clone = cloneOf(prod, 'snap', dev, 'clone');
    // A database that needs its time: nothing in a single wave waits for it.
    cluster().pods.program(prod, 'writer', async (_, folderOf) => {
      await claimMustBeBound(cluster(), clone);
      await seedDirectory(await folderOf('data'), prod);
    });
    await cluster().api.apply(app);
    await applicationMustBeHealthy(cluster(), app);
    expect(await readdir(await cluster().dataOf(prod, 'data'))).not.toEqual([]);
    expect(await readdir(await cluster().dataOf(dev, 'clone'))).toEqual([]);
  });

  test('a snapshot one wave after the workload that fills its source, and the clone after that, bring the data', async () => {
    const { prod, dev, app } = await together('in-waves', fromNothing({ source: 0, share: 1, clone: 2 }));
    const snap = snapshot(prod, 'snap', 'data');
    let madeTooEarly: ApiObject | undefined;
    cluster().pods.program(prod, 'writer', async (_, folderOf) => {
      await applicationMustComplain(cluster(), app, 'waiting for healthy state of apps/Deployment/writer');
      madeTooEarly = await cluster().api.find(snap);
      await seedDirectory(await folderOf('data'), prod);
    });
    await cluster().api.apply(app);
    await applicationMustBeHealthy(cluster(), app);
    expect(madeTooEarly).toBeUndefined();
    expect(await checksumOf(await cluster().dataOf(dev, 'clone'))).toBe(await checksumOf(await cluster().dataOf(prod, 'data')));
  });

  test('a snapshot in an earlier wave than its source claim fails for ever: the claim is never made', async () => {
    const { prod, app } = await together('too-early', fromNothing({ source: 0, share: -1, clone: 1 }));
    await cluster().api.apply(app);
    await applicationMustComplain(cluster(), app, 'one or more synchronization tasks completed unsuccessfully. Retrying attempt #2');
    expect(await cluster().api.find(claim(prod, 'data'))).toBeUndefined();
  });
});

describe('with a StorageClass that waits for the first consumer', () => {
  function waiting(waves: { readonly claim: number; readonly pod: number }) {
    return (prod: string) => [
      inWave(waves.claim, claim(prod, 'data', { storageClassName: STORAGE_CLASS_WHEN_USED })),
      inWave(waves.pod, deployment(prod, 'reader', 'data')),
    ];
  }

  test('a claim in an earlier wave than its pod waits for ever: the pod is never made', async () => {
    const { prod, app } = await together('claim-first', waiting({ claim: 0, pod: 1 }));
    await cluster().api.apply(app);
    await applicationMustComplain(cluster(), app, 'waiting for healthy state of /PersistentVolumeClaim/data');
    expect(await cluster().api.find(deployment(prod, 'reader', 'data'))).toBeUndefined();
  });

  test('a claim in the wave of its pod is bound', async () => {
    const { prod, app } = await together('one-wave', waiting({ claim: 0, pod: 0 }));
    await cluster().api.apply(app);
    await applicationMustBeHealthy(cluster(), app);
    await claimMustBeBound(cluster(), claim(prod, 'data'));
  });
});
