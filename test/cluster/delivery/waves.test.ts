import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Size, type ApiObject as Workload } from 'cdk8s';
import { type ClonedVolumeClaim, CrossNamespaceSnapshotClone, Delivery, SharedSnapshot } from '../../../src';
import { type ApiObject, addressOf } from '../api/api-object';
import { claimMustBeBound } from '../claims';
import { synthesized, written } from '../constructs';
import { eventMustSay, eventsAbout } from '../events';
import { GitRepository } from '../git-repository';
import { SourceVolume } from '../grants/source-volume';
import { claim, deployment, namespace, snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';
import { SNAPSHOT_CLASS, STORAGE_CLASS, STORAGE_CLASS_WHEN_USED } from '../storage-classes';
import { documented } from '../troubleshooting';
import { checksumOf, seedDirectory } from '../volume-content';
import {
  application,
  applicationMustBeHealthy,
  applicationMustComplain,
  CLAIM,
  DEPLOYMENT,
  GRANT,
  project,
  SNAPSHOT,
  SYNC_WAVE,
} from './applications';

const VOLUME = { storageClassName: STORAGE_CLASS, storage: Size.gibibytes(1) };

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

/** What the user adds to what the library does by itself. */
interface Change {
  readonly delivery?: Delivery;
  readonly snapshotWave?: string;
  readonly claimWave?: string;
}

/** A source whose workload fills it, a snapshot, and a clone with a workload of its own, in the waves of the library. */
function fromNothing({ delivery, snapshotWave, claimWave }: Change = {}) {
  return (prod: string, dev: string) =>
    synthesized((chart) => {
      written(chart, claim(prod, 'data'));
      written(chart, deployment(prod, 'writer', 'data'));
      const mysql = new CrossNamespaceSnapshotClone(chart, 'mysql', {
        source: {
          namespace: prod,
          claimName: 'data',
          volumeSnapshotClassName: SNAPSHOT_CLASS,
          metadata: { name: 'snap', annotations: waveOf(snapshotWave) },
          delivery,
        },
        target: { namespace: dev, ...VOLUME, metadata: { name: 'clone', annotations: waveOf(claimWave) } },
      });
      Delivery.inWaveOf(mysql.claim, written(chart, deployment(dev, 'reader', 'clone')));
    });
}

function waveOf(wave: string | undefined): Record<string, string> {
  return wave === undefined ? {} : { [SYNC_WAVE]: wave };
}

describe('with everything in one Application, from nothing', () => {
  test.each<[title: string, test: string, naive: Change]>([
    ['without waves', 'plain', { delivery: Delivery.plain() }],
    ['by the annotations of the user', 'annotated', { snapshotWave: '0', claimWave: '0' }],
  ])('a snapshot in the wave of its source brings an empty clone, and all is green: %s', async (_title, test, naive) => {
    const { prod, dev, app } = await together(test, fromNothing(naive));
    const clone = addressOf('v1', 'PersistentVolumeClaim', 'clone', dev);
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
    const { prod, dev, app } = await together('in-waves', fromNothing());
    let madeTooEarly: unknown;
    cluster().pods.program(prod, 'writer', async (_, folderOf) => {
      await applicationMustComplain(cluster(), app, 'waiting for healthy state of apps/Deployment/writer');
      madeTooEarly = await cluster().api.find(snapshot(prod, 'snap', 'data'));
      await seedDirectory(await folderOf('data'), prod);
    });
    await cluster().api.apply(app);
    await applicationMustBeHealthy(cluster(), app);
    expect(madeTooEarly).toBeUndefined();
    expect(await checksumOf(await cluster().dataOf(dev, 'clone'))).toBe(await checksumOf(await cluster().dataOf(prod, 'data')));
  });

  test('a snapshot in an earlier wave than its source claim fails for ever: the claim is never made', async () => {
    const { prod, app } = await together('too-early', fromNothing({ snapshotWave: '-1' }));
    await cluster().api.apply(app);
    await applicationMustComplain(
      cluster(),
      app,
      `${documented('one or more synchronization tasks completed unsuccessfully')}. Retrying attempt #`,
    );
    await cluster().eventually('a second attempt to fail', async () => {
      expect((await cluster().api.get(app)).status.operationState.retryCount).toBeGreaterThanOrEqual(2);
    });
    expect(await cluster().api.find(claim(prod, 'data'))).toBeUndefined();
  });
});

describe('with everything in one Application, beside a source that is there before', () => {
  test('the claim comes after its grant and its snapshot, and is bound at its first try', async () => {
    const source = await SourceVolume.make(cluster(), 'beside');
    const { app, dev } = await together('beside', (prod, dev) =>
      synthesized((chart) => {
        new CrossNamespaceSnapshotClone(chart, 'mysql', {
          source: { namespace: prod, claimName: 'data', volumeSnapshotClassName: SNAPSHOT_CLASS },
          target: { namespace: dev, ...VOLUME, metadata: { name: 'clone' } },
        });
      }),
    );
    await cluster().api.apply(app);
    await applicationMustBeHealthy(cluster(), app);
    const clone = addressOf('v1', 'PersistentVolumeClaim', 'clone', dev);
    await source.mustBeClonedInto(clone);
    expect(await eventsAbout(cluster(), clone, 'ProvisioningFailed')).toEqual([]);
  });
});

describe('with a StorageClass that waits for the first consumer', () => {
  /** A clone and the workload that mounts it; the source is there before. */
  async function waiting(test: string, deliver: (claim: ClonedVolumeClaim, workload: Workload) => void) {
    const source = await SourceVolume.make(cluster(), test);
    const { app, dev } = await together(test, (prod, dev) =>
      synthesized((chart) => {
        const share = new SharedSnapshot(chart, 'share', { namespace: prod, snapshotName: SourceVolume.SNAPSHOT });
        const clone = share.cloneInto(chart, 'clone', {
          namespace: dev,
          ...VOLUME,
          storageClassName: STORAGE_CLASS_WHEN_USED,
          metadata: { name: 'clone' },
        });
        deliver(clone, written(chart, deployment(dev, 'reader', 'clone')));
      }),
    );
    await cluster().api.apply(app);
    return { source, app, dev, clone: addressOf('v1', 'PersistentVolumeClaim', 'clone', dev) };
  }

  test('a claim in an earlier wave than its pod waits for ever: the pod is never made', async () => {
    const { app, dev, clone } = await waiting('claim-first', Delivery.inWaveAfter);
    await eventMustSay(cluster(), clone, 'WaitForFirstConsumer', documented('waiting for first consumer to be created before binding'));
    const words = documented('waiting for healthy state of /PersistentVolumeClaim/claim', { claim: 'clone' });
    await applicationMustComplain(cluster(), app, words);
    expect(await cluster().api.find(deployment(dev, 'reader', 'clone'))).toBeUndefined();
  });

  test('a claim in the wave of its pod is bound', async () => {
    const { source, app, clone } = await waiting('one-wave', Delivery.inWaveOf);
    await applicationMustBeHealthy(cluster(), app);
    await source.mustBeClonedInto(clone);
  });
});
