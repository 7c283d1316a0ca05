import { cloneMustBeRefused, mustBeGone, snapshotMustBeReady } from '../claims';
import { theOnly } from '../constructs';
import { eventsAbout } from '../events';
import { grantsMustBeKnown } from '../grants/grant-barrier';
import { runningCluster } from '../running-cluster';
import { documented } from '../troubleshooting';
import { changesTo, emitted } from './app-of-two-sides';
import { announceCommit, applicationMustBeHealthy, applicationMustComplain, CLAIM, GRANT, project } from './applications';
import { CONSUMER, type TwoSides, twoSides } from './two-sides';

const cluster = runningCluster({ argocd: true });

function objectsOf(sides: TwoSides) {
  const app = emitted(sides, { consumer: {} });
  return {
    app,
    snapshot: theOnly('VolumeSnapshot', app.owner),
    grant: theOnly('ReferenceGrant', app.owner),
    clone: theOnly('PersistentVolumeClaim', app.consumer),
  };
}

/** Both sides, with share and claim committed and no Application started. */
async function committed(test: string) {
  const sides = await twoSides(cluster(), test);
  const objects = objectsOf(sides);
  await sides.repository.commit('Share and clone', changesTo(objects.app));
  return { ...sides, ...objects };
}

describe('with Argo CD, an Application for the share and one for the consumer', () => {
  test('bind the claim at its first try when the share comes first', async () => {
    const { share, consumer, source, snapshot, clone } = await committed('in-order');
    await cluster().api.apply(share);
    await applicationMustBeHealthy(cluster(), share);
    // Argo CD may say Healthy for a moment before it knows of the snapshot.
    await snapshotMustBeReady(cluster(), snapshot);
    await grantsMustBeKnown(cluster());
    await cluster().api.apply(consumer);
    await applicationMustBeHealthy(cluster(), consumer);
    await source.mustBeClonedInto(clone);
    expect(await eventsAbout(cluster(), clone, 'ProvisioningFailed')).toEqual([]);
  });

  test('converge without a hand when both are started at once', async () => {
    const { share, consumer, source, clone } = await committed('at-once');
    await cluster().api.applyAll([consumer, share]);
    await applicationMustBeHealthy(cluster(), share);
    await applicationMustBeHealthy(cluster(), consumer);
    await source.mustBeClonedInto(clone);
  });

  test.each([
    [
      'of a kind that its project does not list',
      'kind',
      [CLAIM],
      documented('resource gateway.networking.k8s.io:ReferenceGrant is not permitted in project dev', { dev: 'consumer-kind' }),
    ],
    [
      'although its project lists the kind',
      'side',
      [CLAIM, GRANT],
      documented("namespace prod is not permitted in project 'dev'", { prod: 'prod-side', dev: 'consumer-side' }),
    ],
  ])('are refused as a whole when the consumer brings a grant for the namespace of the owner, %s', async (_, test, kinds, words) => {
    const sides = await twoSides(cluster(), test);
    const { clone, grant } = objectsOf(sides);
    await cluster().api.apply(project(sides.consumer.spec.project, [sides.dev], kinds));
    await sides.repository.commit('Help yourself', { [`${CONSUMER}/claim.yaml`]: [clone, grant] });
    await cluster().api.apply(sides.consumer);
    await applicationMustComplain(cluster(), sides.consumer, words);
    expect(await cluster().api.find(grant)).toBeUndefined();
    expect(await cluster().api.find(clone)).toBeUndefined();
  });

  test('revoke by a commit that removes the consumer from the app, and allow again when that is reverted', async () => {
    const { prod, dev, share, consumer, source, snapshot, grant, clone, repository } = await committed('revoke');
    await cluster().api.apply(share);
    await applicationMustBeHealthy(cluster(), share);
    await snapshotMustBeReady(cluster(), snapshot);
    const { uid } = (await cluster().api.get(snapshot)).metadata;

    await repository.commit('Revoke', changesTo(emitted({ prod, dev }, {})));
    await announceCommit(cluster(), share);
    await mustBeGone(cluster(), grant);
    await grantsMustBeKnown(cluster());
    await cluster().api.apply(clone);
    await cloneMustBeRefused(cluster(), clone);

    await repository.revert();
    await announceCommit(cluster(), share);
    await source.mustBeClonedInto(clone);
    // Only the grant went and came: the snapshot would hold the data of another day.
    expect((await cluster().api.get(snapshot)).metadata.uid).toBe(uid);
    await cluster().api.apply(consumer);
    await applicationMustBeHealthy(cluster(), consumer);
  });

  test('leave the owner alone when the Application of the consumer is deleted', async () => {
    const { share, consumer, source, snapshot, grant, clone } = await committed('leave');
    const uids = async () => (await Promise.all([snapshot, grant].map((each) => cluster().api.get(each)))).map((each) => each.metadata.uid);
    await cluster().api.applyAll([share, consumer]);
    await applicationMustBeHealthy(cluster(), consumer);
    await source.mustBeClonedInto(clone);
    const before = await uids();

    await cluster().api.delete(consumer);
    await mustBeGone(cluster(), consumer);
    expect(await cluster().api.find(clone)).toBeUndefined();
    expect(await uids()).toEqual(before);
    await applicationMustBeHealthy(cluster(), share);
  });
});
