import { cloneMustBeRefused, mustBeGone, snapshotMustBeReady } from '../claims';
import { eventsAbout } from '../events';
import { grantsMustBeKnown } from '../grants/grant-barrier';
import { cloneOf, grant, grantSpec, snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';
import { announceCommit, applicationMustBeHealthy, applicationMustComplain, CLAIM, GRANT, project } from './applications';
import { CONSUMER, SHARE, type TwoSides, twoSides } from './two-sides';

const cluster = runningCluster({ argocd: true });

function manifestsOf({ prod, dev }: TwoSides) {
  return {
    snapshot: snapshot(prod, 'shared', 'data'),
    grant: grant(prod, 'dev', grantSpec(dev, 'shared')),
    clone: cloneOf(prod, 'shared', dev, 'clone'),
  };
}

/** Both sides, with share and claim committed and no Application started. */
async function committed(test: string) {
  const sides = await twoSides(cluster(), test);
  const manifests = manifestsOf(sides);
  await sides.repository.commit('Share and clone', {
    [`${SHARE}/snapshot.yaml`]: [manifests.snapshot],
    [`${SHARE}/grant.yaml`]: [manifests.grant],
    [`${CONSUMER}/claim.yaml`]: [manifests.clone],
  });
  return { ...sides, ...manifests };
}

describe('with Argo CD, an Application for the share and one for the consumer', () => {
  test('bind the claim at its first try when the share comes first', async () => {
    const { share, consumer, source, snapshot, clone } = await committed('in-order');
    await cluster().api.apply(share);
    await applicationMustBeHealthy(cluster(), share);
    // Argo CD may say Healthy for a moment before it knows of the snapshot.
    await snapshotMustBeReady(cluster(), snapshot);
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
      'resource gateway.networking.k8s.io:ReferenceGrant is not permitted in project consumer-kind',
    ],
    ['although its project lists the kind', 'side', [CLAIM, GRANT], "namespace prod-side is not permitted in project 'consumer-side'"],
  ])('are refused as a whole when the consumer brings a grant for the namespace of the owner, %s', async (_, test, kinds, words) => {
    const sides = await twoSides(cluster(), test);
    const { clone, grant } = manifestsOf(sides);
    await cluster().api.apply(project(sides.consumer.spec.project, [sides.dev], kinds));
    await sides.repository.commit('Help yourself', { [`${CONSUMER}/claim.yaml`]: [clone, grant] });
    await cluster().api.apply(sides.consumer);
    await applicationMustComplain(cluster(), sides.consumer, words);
    expect(await cluster().api.find(grant)).toBeUndefined();
    expect(await cluster().api.find(clone)).toBeUndefined();
  });

  test('revoke by a commit that removes the grant, and allow again when that is reverted', async () => {
    const { share, source, grant, clone, repository } = await committed('revoke');
    await cluster().api.apply(share);
    await applicationMustBeHealthy(cluster(), share);

    await repository.commit('Revoke', { [`${SHARE}/grant.yaml`]: undefined });
    await announceCommit(cluster(), share);
    await mustBeGone(cluster(), grant);
    await grantsMustBeKnown(cluster());
    await cluster().api.apply(clone);
    await cloneMustBeRefused(cluster(), clone);

    await repository.revert();
    await announceCommit(cluster(), share);
    await source.mustBeClonedInto(clone);
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
