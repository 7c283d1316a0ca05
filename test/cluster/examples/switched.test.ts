import type { ApiObject } from '../api/api-object';
import type { Mode } from '../delivery/applications';
import { claim, snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';
import { standingPolicies, WITHOUT_THE_GATE } from '../without-the-gate/standing-policies';
import { ArgoCdRun } from './argo-cd-run';
import { classesNamed, secret, sized } from './by-hand';
import { ExampleRun, objectsOf } from './example-run';

const wordpress = objectsOf('wordpress', true);
const initialDataOwner = objectsOf('initial-data/owner', true);
const initialDataConsumer = objectsOf('initial-data/consumer', true);
const testData = objectsOf('test-data', true);
const trainingData = objectsOf('training-data', true);
const bootImages = objectsOf('boot-images', true);

const cluster = runningCluster({ ...WITHOUT_THE_GATE, argocd: true, pods: true });

beforeAll(async () => {
  await cluster().api.applyAll(['csi-fast', 'csi-shared'].flatMap(classesNamed));
  await standingPolicies(cluster(), ['prod', 'geodata', 'test-data', 'datasets', 'images']);
});

const CLIENT_SIDE: Mode = { serverSideApply: false, serverSideDiff: false };
const COMPARED: Mode = { serverSideApply: false, serverSideDiff: true };
const APPLIED: Mode = { serverSideApply: true, serverSideDiff: false };
const SERVER_SIDE: Mode = { serverSideApply: true, serverSideDiff: true };

/**
 * The owner's objects are applied as in examples.test.ts, with data of their own for each snapshot, and then taken over by Argo CD. The
 * consumers' are made by Argo CD from nothing.
 */
async function delivered(example: string, mode: Mode, sources: Record<string, ApiObject[]>, consumers: Record<string, ApiObject[]>) {
  const run = new ExampleRun(cluster());
  const argocd = await ArgoCdRun.init(cluster(), example);
  return {
    run,
    argocd,
    async start(...byHand: readonly ApiObject[]) {
      await run.makeByHand(...byHand);
      for (const objects of Object.values(sources)) await run.apply(objects);
      for (const objects of Object.values(consumers)) await run.expect(objects);
      await argocd.deliver({ ...sources, ...consumers }, mode);
    },
  };
}

describe('an example, switched by one line to pre-provisioned snapshots, is Synced and Healthy, and its clones are equal to the last byte:', () => {
  test('wordpress, in every way of applying and comparing', async () => {
    const { run, argocd, start } = await delivered('wordpress', CLIENT_SIDE, { prod: wordpress('prod'), share: wordpress('share') }, {});
    await start(
      secret('prod', 'prod-mysql-credentials', 'root-password', 'password'),
      secret('dev', 'dev-mysql-credentials', 'root-password', 'password', 'site-password'),
    );
    await run.expect(wordpress('dev'));
    for (const mode of [CLIENT_SIDE, COMPARED, APPLIED, SERVER_SIDE]) {
      const [dev] = await argocd.deliver({ dev: wordpress('dev') }, mode);
      expect(await run.clonesMustBeEqual()).toEqual(['dev/mysql-data-2026-11-22 = prod/mysql-2026-11-22']);
      await argocd.remove(dev, wordpress('dev'));
    }
  });

  test('initial-data', async () => {
    const consumers = { dev: initialDataConsumer('routing-dev'), staging: initialDataConsumer('routing-staging') };
    const { run, start } = await delivered('initial-data', CLIENT_SIDE, { owner: initialDataOwner() }, consumers);
    await run.makeByHand(claim('geodata', 'postgis-data', sized('csi-fast', '40Gi')));
    for (const name of ['geodata-2026-04', 'geodata-2026-10']) {
      await run.take(snapshot('geodata', name, 'postgis-data'));
    }
    await start(...['routing-dev', 'routing-staging'].map((namespace) => secret(namespace, 'postgis-credentials', 'password')));
    expect(await run.clonesMustBeEqual()).toEqual([
      'routing-dev/postgis-data-2026-10 = geodata/geodata-2026-10',
      'routing-staging/postgis-data-2026-04 = geodata/geodata-2026-04',
    ]);
  });

  test('test-data, for all runners in one Application', async () => {
    const runners = testData().filter(
      ({ metadata }) => !testData('test-data').some((own) => own.metadata.namespace === metadata.namespace),
    );
    const { run, start } = await delivered('test-data', COMPARED, { 'test-data': testData('test-data') }, { runners });
    await start();
    expect(await run.clonesMustBeEqual()).toHaveLength(20);
  });

  test('training-data', async () => {
    const consumers = { next: trainingData('triage-next'), release: trainingData('triage-release') };
    const { run, start } = await delivered('training-data', APPLIED, { tickets: trainingData('tickets') }, consumers);
    await start(claim('datasets', 'tickets', sized('csi-shared', '50Gi')));
    expect(await run.clonesMustBeEqual()).toEqual([
      'triage-next/tickets-v7 = datasets/tickets-v7',
      'triage-release/tickets-v6 = datasets/tickets-v6',
    ]);
  });

  test('boot-images', async () => {
    const consumers = { blue: bootImages('tenant-blue'), green: bootImages('tenant-green') };
    const { run, start } = await delivered('boot-images', SERVER_SIDE, { images: bootImages('images') }, consumers);
    await start();
    expect(await run.clonesMustBeEqual()).toEqual([
      'tenant-blue/shop-disk-2026-11 = images/alpine-2026-11',
      'tenant-blue/wiki-disk-2026-08 = images/alpine-2026-08',
      'tenant-green/forum-disk-2026-11 = images/alpine-2026-11',
    ]);
  });
});
