import { claim, snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';
import { classesNamed, secret, sized } from './by-hand';
import { ExampleRun, objectsOf } from './example-run';

const wordpress = objectsOf('wordpress');
const initialDataOwner = objectsOf('initial-data/owner');
const initialDataConsumer = objectsOf('initial-data/consumer');
const testData = objectsOf('test-data');
const trainingData = objectsOf('training-data');
const bootImages = objectsOf('boot-images');

const cluster = runningCluster();

beforeAll(() => cluster().api.applyAll(['csi-fast', 'csi-shared'].flatMap(classesNamed)));

/** Clones hold every byte of their snapshots, and nothing else; what they are for could start on them. */
describe('an example, as the cdk8s CLI writes it, is taken by Kubernetes, and its clones are equal to the last byte:', () => {
  test('wordpress, from its source on', async () => {
    const run = new ExampleRun(cluster());
    await run.makeByHand(
      secret('prod', 'prod-mysql-credentials', 'root-password', 'password'),
      secret('dev', 'dev-mysql-credentials', 'root-password', 'password', 'site-password'),
    );
    await run.apply(wordpress('prod'));
    await run.apply(wordpress('share'));
    await run.apply(wordpress('dev'));
    expect(await run.clonesMustBeEqual()).toEqual(['dev/mysql-data-2026-11-22 = prod/mysql-2026-11-22']);
    await run.podsMustBeAdmitted();
  });

  test("initial-data, from snapshots that the owner's job took", async () => {
    const run = new ExampleRun(cluster());
    await run.makeByHand(
      claim('geodata', 'postgis-data', sized('csi-fast', '40Gi')),
      ...['routing-dev', 'routing-staging'].map((namespace) => secret(namespace, 'postgis-credentials', 'password')),
    );
    for (const name of ['geodata-2026-04', 'geodata-2026-10']) {
      await run.take(snapshot('geodata', name, 'postgis-data'));
    }
    await run.apply(initialDataOwner());
    await run.apply(initialDataConsumer('routing-dev'));
    await run.apply(initialDataConsumer('routing-staging'));
    expect(await run.clonesMustBeEqual()).toEqual([
      'routing-dev/postgis-data-2026-10 = geodata/geodata-2026-10',
      'routing-staging/postgis-data-2026-04 = geodata/geodata-2026-04',
    ]);
    await run.podsMustBeAdmitted();
  });

  test('test-data, for each of twenty runners', async () => {
    const run = new ExampleRun(cluster());
    await run.apply(testData('test-data'));
    const runners = testData().filter(({ metadata }) => metadata.namespace !== 'test-data');
    await run.apply(runners);
    const clones = await run.clonesMustBeEqual();
    expect(clones).toHaveLength(20);
    for (const clone of clones) {
      expect(clone).toMatch(/^ci-[a-z]+\/orders-2026-11 = test-data\/orders-2026-11$/);
    }
    await run.podsMustBeAdmitted();
  });

  test('training-data, the newest version and a pinned one', async () => {
    const run = new ExampleRun(cluster());
    await run.makeByHand(claim('datasets', 'tickets', sized('csi-shared', '50Gi')));
    await run.apply(trainingData('tickets'));
    await run.apply(trainingData('triage-next'));
    await run.apply(trainingData('triage-release'));
    expect(await run.clonesMustBeEqual()).toEqual([
      'triage-next/tickets-v7 = datasets/tickets-v7',
      'triage-release/tickets-v6 = datasets/tickets-v6',
    ]);
    await run.podsMustBeAdmitted();
  });

  test('boot-images, on block volumes larger than the image', async () => {
    const run = new ExampleRun(cluster());
    await run.apply(bootImages('images'));
    await run.apply(bootImages('tenant-blue'));
    await run.apply(bootImages('tenant-green'));
    expect(await run.clonesMustBeEqual()).toEqual([
      'tenant-blue/shop-disk-2026-11 = images/alpine-2026-11',
      'tenant-blue/wiki-disk-2026-08 = images/alpine-2026-08',
      'tenant-green/forum-disk-2026-11 = images/alpine-2026-11',
    ]);
    await run.podsMustBeAdmitted();
  });
});
