import { CloneGuard, PreProvisionedSnapshotPolicies, StorageController } from '../../../src';
import { INTENT_ANNOTATION } from '../../../src/reference/intent';
import { claimMustBePending, mustBeGone, snapshotMustBeReady } from '../claims';
import { synthesized } from '../constructs';
import { SNAPSHOT_CONTROLLER_USER, SNAPSHOTTER_USER } from '../control-plane';
import { eventMustSay } from '../events';
import { SourceVolume } from '../grants/source-volume';
import { kubectl } from '../kubectl';
import { cloneOf } from '../manifests';
import { runningCluster } from '../running-cluster';
import { emptyText } from '../safety/guard-texts';
import { guardOfBlock } from '../safety/standing-guard';
import { content, intentOf, localClaim, snapshot, withMetadata } from './handed-over';
import { grantedSource, mustBecomeRefused, standingPolicies, WITHOUT_THE_GATE } from './standing-policies';

const SNAP = SourceVolume.SNAPSHOT;
const THE_OTHER_WAY = 'or, without the gate, share the snapshot with SnapshotAccess.PRE_PROVISIONED_SNAPSHOT';

const cluster = runningCluster(WITHOUT_THE_GATE);

/** A snapshot that is granted and handed over, so that claims in the target namespace can use it. */
async function handedOver(test: string) {
  const made = await grantedSource(cluster(), test);
  await cluster().api.applyAll([content(made.handover), snapshot(made.handover)]);
  await snapshotMustBeReady(cluster(), snapshot(made.handover));
  return made;
}

beforeAll(async () => {
  await standingPolicies(cluster(), ['prod-silent', 'prod-recorded', 'prod-rewritten', 'prod-pending', 'prod-missing']);
});

describe.each([
  ['that does not record', 'silent', false],
  ['that records', 'recorded', true],
])('a guard %s', (_, kind, recordIntent) => {
  guardOfBlock(cluster, { recordIntent, metadata: { name: `guard-${kind}` } });

  test('lets a claim on the handed-over snapshot of its intent pass, and refuses one of another intent', async () => {
    const { source, handover } = await handedOver(kind);
    const clone = localClaim(handover, 'clone');
    await cluster().api.apply(clone);
    await source.mustBeClonedInto(clone);
    const liar = withMetadata(localClaim(handover, 'liar'), {
      annotations: { [INTENT_ANNOTATION]: intentOf({ ...handover, name: 'other' }) },
    });
    await expect(cluster().api.create(liar)).rejects.toThrow('correct the one that is wrong');
  });

  test('refuses a reference that the API server drops, and names the way without the gate', async () => {
    const { prod, dev } = (await SourceVolume.make(cluster(), `dropped-${kind}`)).sides;
    const handover = { source: prod, name: SNAP, target: dev };
    const dropped = withMetadata(cloneOf(prod, SNAP, dev, 'clone'), { annotations: { [INTENT_ANNOTATION]: intentOf(handover) } });
    const { status, text } = kubectl(cluster(), ['apply'], dropped);
    expect(status).not.toBe(0);
    expect(text).toContain(emptyText(dropped, intentOf(handover)));
    expect(text).toContain(THE_OTHER_WAY);
  });

  test('refuses a claim on a local snapshot that is not what it was to be filled from', async () => {
    const own = localClaim({ source: 'default', name: SNAP, target: 'default' }, 'local');
    const { dataSourceRef } = own.spec;
    const local = { ...own, spec: { ...own.spec, dataSourceRef: { ...dataSourceRef, name: SNAP } } };
    await expect(cluster().api.create(local)).rejects.toThrow('its volume would be EMPTY');
  });
});

describe('rewritten claims', () => {
  const rewriting = () =>
    synthesized((chart) => {
      new PreProvisionedSnapshotPolicies(chart, 'policies', {
        sourceNamespaces: ['prod-rewritten', 'prod-pending', 'prod-missing'],
        storageControllers: [SNAPSHOT_CONTROLLER_USER, SNAPSHOTTER_USER].map((user) => StorageController.user(user)),
        rewriteClaims: new CloneGuard(chart, 'guard', { recordIntent: true }),
      });
    });

  beforeAll(async () => {
    await cluster().api.applyAll(rewriting());
    await mustBecomeRefused(cluster(), cloneOf('prod-missing', SNAP, 'default', 'probe'), "isn't allowed");
  });

  test('of foreign charts are filled like those of a cluster with the gate, and may be applied again', async () => {
    const { source, handover } = await handedOver('rewritten');
    const foreign = cloneOf(handover.source, SNAP, handover.target, 'foreign');
    await cluster().eventually('the claim to be rewritten', async () => {
      const { spec } = await cluster().api.create(foreign, 'dryRun=All');
      expect(spec.dataSourceRef).toEqual(localClaim(handover, 'x').spec.dataSourceRef);
    });
    expect(kubectl(cluster(), ['apply'], foreign)).toMatchObject({ status: 0 });
    await source.mustBeClonedInto(foreign);
    const { metadata, spec } = await cluster().api.get(foreign);
    expect(spec.dataSourceRef).toEqual(localClaim(handover, 'x').spec.dataSourceRef);
    expect(metadata.annotations).toMatchObject({
      [INTENT_ANNOTATION]: intentOf(handover),
      'cdk8s-snapshot-clone/granted-by': `${handover.source}/dev`,
    });
    expect(kubectl(cluster(), ['apply'], foreign)).toMatchObject({ status: 0 });
    expect(kubectl(cluster(), ['diff'], foreign)).toMatchObject({ status: 0, text: '' });
  });

  test('wait, and are not empty, where nothing is handed over', async () => {
    const { handover } = await grantedSource(cluster(), 'pending');
    const foreign = cloneOf(handover.source, SNAP, handover.target, 'foreign');
    await cluster().api.create(foreign);
    await eventMustSay(cluster(), foreign, 'ProvisioningFailed', 'not found');
    await claimMustBePending(cluster(), foreign);
    expect((await cluster().api.get(foreign)).spec.dataSourceRef.name).toBe('snapshot-clone.prod-pending.snap');
  });

  test('are refused without a grant, and of a namespace that the policies do not know', async () => {
    const { prod, dev } = (await SourceVolume.make(cluster(), 'not-known')).sides;
    await expect(cluster().api.create(cloneOf('prod-missing', SNAP, dev, 'clone'))).rejects.toThrow(
      `accessing prod-missing/snap of VolumeSnapshot dataSource from ${dev}/clone isn't allowed`,
    );
    await expect(cluster().api.create(cloneOf(prod, SNAP, dev, 'clone'))).rejects.toThrow('its volume would be EMPTY');
  });

  test('are refused by the guard when the policy is missing', async () => {
    const { handover } = await grantedSource(cluster(), 'missing');
    const gone = rewriting().filter(({ metadata }) => metadata.name === 'pre-provisioned-snapshots-rewrite');
    expect(gone.map(({ kind }) => kind)).toEqual(['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding']);
    for (const object of gone) {
      await cluster().api.delete(object);
      await mustBeGone(cluster(), object);
    }
    const foreign = cloneOf(handover.source, SNAP, handover.target, 'foreign');
    await mustBecomeRefused(cluster(), foreign, 'its volume would be EMPTY');
  });
});
