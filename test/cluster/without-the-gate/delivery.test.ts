import { join } from 'node:path';
import { Size } from 'cdk8s';
import { CrossNamespaceSnapshotClone, SnapshotAccess } from '../../../src';
import { type ApiObject, addressOf, type ObjectAddress } from '../api/api-object';
import { claimMustBeBound, mustBeGone, snapshotMustBeReady } from '../claims';
import { synthesized, theOnly } from '../constructs';
import { changesTo, changesToShare, emitted, NAME } from '../delivery/app-of-two-sides';
import {
  announceCommit,
  application,
  applicationMustBe,
  applicationMustBeHealthy,
  applicationMustComplain,
  CLAIM,
  CONTENT,
  endSync,
  GRANT,
  IGNORED_UID,
  project,
  SNAPSHOT,
  startSync,
} from '../delivery/applications';
import { Generations } from '../delivery/generations';
import { CONSUMER, SHARE, type TwoSides, twoSides } from '../delivery/two-sides';
import { GitRepository } from '../git-repository';
import { SourceVolume } from '../grants/source-volume';
import { claim } from '../manifests';
import { runningCluster } from '../running-cluster';
import { SNAPSHOT_CLASS, STORAGE_CLASS } from '../storage-classes';
import { documented } from '../troubleshooting';
import { checksumOf } from '../volume-content';
import { content, type Handover, localClaim, snapshot } from './handed-over';
import { mustBecomeRefused, standingPolicies, WITHOUT_THE_GATE } from './standing-policies';

/* Argo CD works as an administrator here, who is no storage controller. */

const cluster = runningCluster({ ...WITHOUT_THE_GATE, argocd: true, pods: true });

const access = SnapshotAccess.PRE_PROVISIONED_SNAPSHOT;
const TESTS = [
  'rotation',
  'roll-back',
  'too-soon',
  'lagging',
  'revoked',
  'dropped',
  'deleted',
  'anew',
  'early',
  'gave-up',
  'kinds',
  'compared',
  'together',
];

beforeAll(async () => {
  await standingPolicies(
    cluster(),
    TESTS.map((test) => `prod-${test}`),
  );
});

/** Keeps an object from vanishing, as a storage controller that is slow does. */
const HOLD = 'test.example.com/hold';

const started = (test: string) => Generations.start(cluster(), test, { access });
const handoverOf = ({ prod, dev }: TwoSides, generation: string): Handover => ({
  source: prod,
  name: `${NAME}-${generation}`,
  target: dev,
});

/** The pair of one generation, in the cluster. */
function pairOf(run: Generations, generation: string): ObjectAddress[] {
  const handover = handoverOf(run.sides, generation);
  return [content(handover), snapshot(handover)];
}

/** The source's snapshot still has what it had: a claim of its own namespace is filled from it. */
async function sourceMustRestore({ sides }: Generations, generation: string, checksum: string): Promise<void> {
  const dataSourceRef = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: `${NAME}-${generation}` };
  const restored = claim(sides.prod, `restored-${generation}`, { dataSourceRef });
  await cluster().api.apply(restored);
  await claimMustBeBound(cluster(), restored);
  expect(await checksumOf(await cluster().dataOf(sides.prod, restored.metadata.name))).toBe(checksum);
}

describe('a rotation to the next generation', () => {
  test('never leaves the consumer without a bound claim, and takes the old pair away, not the data behind it', async () => {
    const run = await started('rotation');
    const oldData = await run.checksumOf('g1');
    const newData = await run.changeSource('second');
    cluster().pods.hold(run.sides.dev);
    const stopWatching = run.watchForGaps();

    await run.commit('Second generation', { generations: ['g2', 'g1'] });
    await claimMustBeBound(cluster(), run.claim('g2'));
    await applicationMustComplain(cluster(), run.sides.consumer, 'waiting for healthy state of apps/Deployment/reader');
    expect((await cluster().api.get(run.claim('g1'))).metadata.deletionTimestamp).toBeUndefined();

    cluster().pods.release(run.sides.dev);
    await applicationMustBeHealthy(cluster(), run.sides.consumer);
    for (const old of [run.claim('g1'), ...pairOf(run, 'g1')]) await mustBeGone(cluster(), old);
    expect(await stopWatching()).toEqual([]);
    expect(await run.checksumOf('g2')).toBe(newData);
    await sourceMustRestore(run, 'g1', oldData);
  });

  test('is rolled back on the side of the consumer, by pinning, to the data of then', async () => {
    const run = await started('roll-back');
    const oldData = await run.checksumOf('g1');
    await run.changeSource('second');
    await run.commit('Second generation', { generations: ['g2', 'g1'] });
    for (const old of [run.claim('g1'), ...pairOf(run, 'g1')]) await mustBeGone(cluster(), old);

    await run.commit('Back to the first generation', { generations: ['g2', 'g1'], consumer: { generation: 'g1' } });
    await mustBeGone(cluster(), run.claim('g2'));
    await applicationMustBeHealthy(cluster(), run.sides.consumer);
    expect(await run.checksumOf('g1')).toBe(oldData);
  });

  test('is not rolled back while the old pair is still being deleted, until that sync is ended and another one started', async () => {
    const run = await started('too-soon');
    const oldData = await run.checksumOf('g1');
    const [, old] = pairOf(run, 'g1') as [ObjectAddress, ObjectAddress];
    const { finalizers } = (await cluster().api.get(old)).metadata;
    await cluster().api.patch(old, { metadata: { finalizers: [...finalizers!, HOLD] } });
    await run.commit('Second generation', { generations: ['g2', 'g1'] });
    await cluster().eventually('the old snapshot to be held by us alone', async () => {
      const { metadata } = await cluster().api.get(old);
      expect(metadata).toMatchObject({ deletionTimestamp: expect.any(String), finalizers: [HOLD] });
    });
    await mustBeGone(cluster(), run.claim('g1'));

    await run.commit('Back to the first generation', { generations: ['g2', 'g1'], consumer: { generation: 'g1' } });
    const words = `waiting for healthy state of snapshot.storage.k8s.io/VolumeSnapshot/${old.metadata.name}`;
    await applicationMustComplain(cluster(), run.sides.consumer, words);
    await cluster().api.patch(old, { metadata: { finalizers: null } });
    await mustBeGone(cluster(), old);
    await announceCommit(cluster(), run.sides.consumer);
    await cluster().eventually('Argo CD to look once more', async () => {
      const { annotations = {} } = (await cluster().api.get(run.sides.consumer)).metadata;
      expect(annotations).not.toHaveProperty(['argocd.argoproj.io/refresh']);
    });
    await applicationMustComplain(cluster(), run.sides.consumer, words);

    await endSync(cluster(), run.sides.consumer);
    await startSync(cluster(), run.sides.consumer);
    await mustBeGone(cluster(), run.claim('g2'));
    await applicationMustBeHealthy(cluster(), run.sides.consumer);
    expect(await run.checksumOf('g1')).toBe(oldData);
  });

  test('does not harm a consumer that lags two generations behind', async () => {
    const run = await started('lagging');
    const oldData = await run.checksumOf('g1');
    const { uid } = (await cluster().api.get(run.claim('g1'))).metadata;
    const lagging = { generation: 'g1', alreadyRestored: true };
    await run.commit('Third generation, no longer the first', { generations: ['g3', 'g2'], consumer: lagging });
    await mustBeGone(cluster(), run.snapshot('g1'));
    await applicationMustBeHealthy(cluster(), run.sides.share);
    await applicationMustBeHealthy(cluster(), run.sides.consumer);
    expect((await cluster().api.get(run.claim('g1'))).metadata.uid).toBe(uid);
    expect(await run.checksumOf('g1')).toBe(oldData);
  });
});

const notAllowed = ({ source, name, target }: Handover, by: string) =>
  `accessing ${source}/${name} of VolumeSnapshot dataSource from ${target}/${by} isn't allowed`;

describe('the owner', () => {
  test('revokes: new claims are refused at once, the bound clone lives, and a revert allows again', async () => {
    const run = await started('revoked');
    const { repository, share, consumer } = run.sides;
    const handover = handoverOf(run.sides, 'g1');
    const data = await run.checksumOf('g1');
    await repository.commit('Revoke', changesToShare(run.emitted({ generations: ['g1'], consumer: undefined })));
    await announceCommit(cluster(), share);
    await mustBecomeRefused(cluster(), localClaim(handover, 'later'), notAllowed(handover, 'later'));

    await announceCommit(cluster(), consumer);
    await applicationMustBeHealthy(cluster(), consumer);
    expect(await run.checksumOf('g1')).toBe(data);

    await repository.revert();
    await announceCommit(cluster(), share);
    await cluster().eventually('a new claim to be taken', () => cluster().api.create(localClaim(handover, 'later'), 'dryRun=All'));
  });

  test('deletes the snapshot: the bound clone lives, and a claim that comes later is refused', async () => {
    const run = await started('dropped');
    const data = await run.checksumOf('g1');
    const handover = handoverOf(run.sides, 'g1');
    await cluster().api.delete(run.sides.share);
    await mustBeGone(cluster(), run.sides.share);
    await mustBeGone(cluster(), run.snapshot('g1'));
    expect((await cluster().api.get(snapshot(handover))).status.readyToUse).toBe(true);
    await applicationMustBeHealthy(cluster(), run.sides.consumer);
    expect(await run.checksumOf('g1')).toBe(data);

    // A grant that has stayed behind, such as one that somebody else wrote, does not bring the data back.
    await cluster().api.apply(theOnly('ReferenceGrant', run.emitted({ generations: ['g1'] }).owner));
    await mustBecomeRefused(cluster(), localClaim(handover, 'later'), 'was deleted, or made anew, since it was handed over');
    await mustBecomeRefused(cluster(), content({ ...handover, target: 'default' }), "isn't allowed");
  });
});

describe('the consumer', () => {
  test('deletes the whole Application: nothing is lost at the source, which can be handed over again', async () => {
    const run = await started('deleted');
    const { consumer } = run.sides;
    const data = await run.checksumOf('g1');
    await cluster().api.delete(consumer);
    await mustBeGone(cluster(), consumer);
    for (const each of [run.claim('g1'), ...pairOf(run, 'g1')]) expect(await cluster().api.find(each)).toBeUndefined();
    await sourceMustRestore(run, 'g1', data);
    await cluster().api.apply(consumer);
    await applicationMustBeHealthy(cluster(), consumer);
    expect(await run.checksumOf('g1')).toBe(data);
  });

  test('loses the handed-over snapshot: what Git makes anew is not bound, until the content is deleted as well', async () => {
    const run = await started('anew');
    const { consumer } = run.sides;
    const data = await run.checksumOf('g1');
    const [ofContent, ofSnapshot] = pairOf(run, 'g1');
    const { uid } = (await cluster().api.get(ofSnapshot)).metadata;
    await cluster().api.delete(ofSnapshot);
    await cluster().eventually('Argo CD to make the snapshot anew, in vain', async () => {
      const found = await cluster().api.get(ofSnapshot);
      expect(found.metadata.uid).not.toBe(uid);
      expect(found.status?.error?.message).toContain(
        documented('VolumeSnapshotContent [snapshot-clone.dev.prod.snap] is bound to a different snapshot', {
          'snapshot-clone.dev.prod.snap': ofContent.metadata.name,
        }),
      );
    });
    await applicationMustBeDegraded(consumer);

    await cluster().api.delete(ofContent);
    await applicationMustBeHealthy(cluster(), consumer);
    await snapshotMustBeReady(cluster(), ofSnapshot as ApiObject);
    const handover = handoverOf(run.sides, 'g1');
    await cluster().api.apply(localClaim(handover, 'later'));
    await claimMustBeBound(cluster(), localClaim(handover, 'later'));
    expect(await checksumOf(await cluster().dataOf(run.sides.dev, 'later'))).toBe(data);
  });
});

function applicationMustBeDegraded(app: ApiObject): Promise<void> {
  return cluster().eventually(`Application ${app.metadata.name} to be Degraded`, async () => {
    expect((await cluster().api.get(app)).status.health.status).toBe('Degraded');
  });
}

describe('an Application of a consumer', () => {
  const GENERATION = { generations: ['g1'], consumer: {}, access };

  /** Both sides committed, and no Application started. */
  async function committed(test: string) {
    const sides = await twoSides(cluster(), test, true);

    const app = emitted(sides, GENERATION);
    await sides.repository.commit('Share and clone', changesTo(app));
    return { ...sides, app, handover: handoverOf(sides, 'g1'), clone: theOnly('PersistentVolumeClaim', app.consumer) };
  }

  test('that comes before the share is refused in the words of the policies, and converges by its retries', async () => {
    const { share, consumer, handover, clone } = await committed('early');
    await cluster().api.apply(consumer);
    await applicationMustComplain(cluster(), consumer, notAllowed(handover, `snapshot-clone.${handover.source}.${handover.name}`));
    expect(await cluster().api.find(clone)).toBeUndefined();
    await cluster().api.apply(share);
    await applicationMustBeHealthy(cluster(), consumer);
    await claimMustBeBound(cluster(), clone);
  });

  test('that has no retries left does not heal by itself, but with the next commit', async () => {
    const { share, consumer, handover, repository, app } = await committed('gave-up');
    const { retry: _, ...syncPolicy } = consumer.spec.syncPolicy;
    const impatient = { ...consumer, spec: { ...consumer.spec, syncPolicy: { ...syncPolicy, retry: { limit: 0 } } } };
    await cluster().api.apply(impatient);
    await applicationMustComplain(cluster(), impatient, notAllowed(handover, `snapshot-clone.${handover.source}.${handover.name}`));
    await cluster().api.apply(share);
    await applicationMustBeHealthy(cluster(), share);
    await snapshotMustBeReady(cluster(), { ...snapshot(handover), metadata: { name: handover.name, namespace: handover.source } });
    await announceCommit(cluster(), impatient);
    await cluster().eventually('Argo CD to say that it tries no more', async () => {
      const { conditions } = (await cluster().api.get(impatient)).status;
      expect(conditions.map(({ message }: { message: string }) => message).join()).toContain('Failed last sync attempt');
    });
    await repository.commit('Once more', {
      [`${CONSUMER}/consumer.yaml`]: [...app.consumer].reverse(),
      [`${SHARE}/share.yaml`]: app.owner,
    });
    await announceCommit(cluster(), impatient);
    // Without retries even this sync fails, if it looks at the snapshot before the snapshot controller has found its content.
    await snapshotMustBeReady(cluster(), snapshot(handover));
    await repository.commit('In the order of before', { [`${CONSUMER}/consumer.yaml`]: app.consumer, [`${SHARE}/share.yaml`]: app.owner });
    await announceCommit(cluster(), impatient);
    await applicationMustBeHealthy(cluster(), impatient);
  });

  test('is refused as a whole where its project does not list the kind VolumeSnapshotContent for the cluster', async () => {
    const { consumer, dev, clone } = await committed('kinds');
    await cluster().api.apply(project(consumer.spec.project, [dev], [CLAIM, SNAPSHOT]));
    await cluster().api.apply(consumer);
    const words = documented('resource snapshot.storage.k8s.io:VolumeSnapshotContent is not permitted in project dev', {
      dev: consumer.spec.project,
    });
    await applicationMustComplain(cluster(), consumer, words);
    expect(await cluster().api.find(clone)).toBeUndefined();
  });

  test('applied on the side of the server and compared by Argo CD itself is OutOfSync for the uid of the binding, and works, until told to ignore it', async () => {
    const { share, consumer, repository, dev, handover, clone } = await committed('compared');
    const mode = { serverSideApply: true, serverSideDiff: false };
    const { project: name, source } = consumer.spec;
    const app = application(consumer.metadata.name, { project: name, repoURL: repository.url, path: source.path, namespace: dev, mode });
    await cluster().api.apply(share);
    await applicationMustBeHealthy(cluster(), share);
    await snapshotMustBeReady(cluster(), { ...snapshot(handover), metadata: { name: handover.name, namespace: handover.source } });
    await cluster().api.apply(app);
    await claimMustBeBound(cluster(), clone);
    await snapshotMustBeReady(cluster(), snapshot(handover));
    await applicationMustBe(cluster(), app, 'OutOfSync');
    const { resources } = (await cluster().api.get(app)).status;
    const outOfSync = resources.filter(({ status }: { status: string }) => status === 'OutOfSync');
    expect(outOfSync.map(({ kind }: { kind: string }) => kind)).toEqual(['VolumeSnapshotContent']);
    const { uid } = (await cluster().api.get(snapshot(handover))).metadata;
    expect((await cluster().api.get(content(handover))).spec.volumeSnapshotRef.uid).toBe(uid);

    await cluster().api.patch(app, { spec: { ignoreDifferences: IGNORED_UID } });
    await applicationMustBeHealthy(cluster(), app);
  });

  test('with both sides in it, from nothing, written and compared on the side of the server, makes its copy', async () => {
    const source = await SourceVolume.make(cluster(), 'together');
    const { prod, dev } = source.sides;
    const manifests = synthesized((chart) => {
      new CrossNamespaceSnapshotClone(chart, 'mysql', {
        source: { namespace: prod, claimName: 'data', volumeSnapshotClassName: SNAPSHOT_CLASS, access },
        target: { namespace: dev, storageClassName: STORAGE_CLASS, storage: Size.gibibytes(1), metadata: { name: 'clone' } },
      });
    });
    const repository = await GitRepository.init(join(cluster().folder, 'git', 'together'));
    await repository.commit('Everything', { 'all/all.yaml': manifests });
    await cluster().api.apply(project('together', [prod, dev], [CLAIM, SNAPSHOT, GRANT], [CONTENT]));
    const mode = { serverSideApply: true, serverSideDiff: true };
    const app = application('together', { project: 'together', repoURL: repository.url, path: 'all', namespace: prod, mode });
    await cluster().api.apply(app);
    await applicationMustBeHealthy(cluster(), app);
    await source.mustBeClonedInto(addressOf('v1', 'PersistentVolumeClaim', 'clone', dev));
  });
});
