import type { ApiObject } from '../api/api-object';
import { cloneMustBeRefused, mustBeGone } from '../claims';
import { eventMustSay } from '../events';
import { claim, cloneOf, grant, grantSpec, namespace } from '../manifests';
import { verdict } from '../predicate';
import { runningCluster } from '../running-cluster';
import { documented } from '../troubleshooting';
import { grantsMustBeKnown } from './grant-barrier';
import { SourceVolume } from './source-volume';

const SNAP = SourceVolume.SNAPSHOT;

const cluster = runningCluster();

describe('a claim in another namespace', () => {
  /** The grants are known before the claim is made, and the predicate says the same as the cluster. */
  async function expectGranted(source: SourceVolume, clone: ApiObject, grants: readonly ApiObject[]): Promise<void> {
    expect(verdict([clone, ...grants])).toBe(true);
    await cluster().api.applyAll([...grants, clone]);
    await source.mustBeClonedInto(clone);
  }

  async function expectRefused(clone: ApiObject, grants: readonly ApiObject[]): Promise<void> {
    expect(verdict([clone, ...grants])).toBe(false);
    await cluster().api.applyAll(grants);
    await grantsMustBeKnown(cluster());
    await cluster().api.apply(clone);
    await cloneMustBeRefused(cluster(), clone);
  }

  test('is refused without a grant and filled once there is one', async () => {
    const source = await SourceVolume.make(cluster(), 'late-grant');
    const { prod, dev } = source.sides;
    const clone = cloneOf(prod, SNAP, dev, 'clone');
    await expectRefused(clone, []);
    const words = documented("accessing prod/snap of VolumeSnapshot dataSource from dev/claim isn't allowed", {
      prod,
      snap: SNAP,
      dev,
      claim: 'clone',
    });
    await eventMustSay(cluster(), clone, 'ProvisioningFailed', words);
    await expectGranted(source, clone, [grant(prod, 'dev', grantSpec(dev, SNAP))]);
  });

  test('is not helped by the right grant in its own namespace', async () => {
    const source = await SourceVolume.make(cluster(), 'wrong-side');
    const { prod, dev } = source.sides;
    await expectRefused(cloneOf(prod, SNAP, dev, 'clone'), [grant(dev, 'dev', grantSpec(dev, SNAP))]);
  });

  test('is not helped by the right grant in a third namespace', async () => {
    const source = await SourceVolume.make(cluster(), 'third-side');
    const { prod, dev } = source.sides;
    const third = namespace('third-third-side');
    await cluster().api.apply(third);
    await expectRefused(cloneOf(prod, SNAP, dev, 'clone'), [grant(third.metadata.name, 'dev', grantSpec(dev, SNAP))]);
  });

  test('is not helped by a from in one grant and a to in another', async () => {
    const source = await SourceVolume.make(cluster(), 'split');
    const { prod, dev } = source.sides;
    await expectRefused(cloneOf(prod, SNAP, dev, 'clone'), [
      grant(prod, 'from', grantSpec(dev, 'another')),
      grant(prod, 'to', grantSpec('another', SNAP)),
    ]);
  });

  test('needs one fitting grant among others that do not fit', async () => {
    const source = await SourceVolume.make(cluster(), 'one-of-two');
    const { prod, dev } = source.sides;
    await expectGranted(source, cloneOf(prod, SNAP, dev, 'clone'), [
      grant(prod, 'a', grantSpec('another', SNAP)),
      grant(prod, 'b', grantSpec(dev, SNAP)),
    ]);
  });

  test('needs one fitting entry among others in the same grant', async () => {
    const source = await SourceVolume.make(cluster(), 'entries');
    const { prod, dev } = source.sides;
    const others = grantSpec('another', 'another');
    const fitting = grantSpec(dev, SNAP);
    await expectGranted(source, cloneOf(prod, SNAP, dev, 'clone'), [
      grant(prod, 'dev', { from: [...others.from, ...fitting.from], to: [...others.to, ...fitting.to] }),
    ]);
  });

  test('may read every snapshot of the source namespace when the grant names none', async () => {
    const source = await SourceVolume.make(cluster(), 'no-name');
    const { prod, dev } = source.sides;
    const { from } = grantSpec(dev, SNAP);
    const to = [{ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' }];
    await expectGranted(source, cloneOf(prod, SNAP, dev, 'clone'), [grant(prod, 'dev', { from, to })]);
  });

  test.each(['v1', 'v1beta1'])('is filled by a grant of version %s', async (version) => {
    const source = await SourceVolume.make(cluster(), `version-${version}`);
    const { prod, dev } = source.sides;
    await expectGranted(source, cloneOf(prod, SNAP, dev, 'clone'), [grant(prod, 'dev', grantSpec(dev, SNAP), version)]);
  });

  test('is refused after its grant was revoked', async () => {
    const source = await SourceVolume.make(cluster(), 'revoked-before');
    const { prod, dev } = source.sides;
    const revoked = grant(prod, 'dev', grantSpec(dev, SNAP));
    await expectGranted(source, cloneOf(prod, SNAP, dev, 'first'), [revoked]);
    await cluster().api.delete(revoked);
    await expectRefused(cloneOf(prod, SNAP, dev, 'second'), []);
  });

  test('keeps its data when grant and snapshot are deleted afterwards', async () => {
    const source = await SourceVolume.make(cluster(), 'revoked-after');
    const { prod, dev } = source.sides;
    const clone = cloneOf(prod, SNAP, dev, 'clone');
    const revoked = grant(prod, 'dev', grantSpec(dev, SNAP));
    await expectGranted(source, clone, [revoked]);
    await cluster().api.delete(revoked);
    await cluster().api.delete(source.snapshot);
    await mustBeGone(cluster(), source.snapshot);
    await source.mustBeClonedInto(clone);
  });

  test('may be filled from a claim instead of a snapshot, by a grant for claims', async () => {
    const source = await SourceVolume.make(cluster(), 'claim-to-claim');
    const { prod, dev } = source.sides;
    const clone = claim(dev, 'clone', { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'data', namespace: prod } });
    const { from } = grantSpec(dev, SNAP);
    await expectRefused(clone, [grant(prod, 'snapshots', grantSpec(dev, 'data'))]);
    await expectGranted(source, clone, [grant(prod, 'claims', { from, to: [{ group: '', kind: 'PersistentVolumeClaim', name: 'data' }] })]);
  });
});

describe('a claim in the namespace of its source', () => {
  test('needs no grant although its dataSourceRef names the namespace', async () => {
    const source = await SourceVolume.make(cluster(), 'own-namespace');
    const { prod } = source.sides;
    const clone = cloneOf(prod, SNAP, prod, 'clone');
    expect(verdict([clone])).toBe(true);
    await cluster().api.apply(clone);
    await source.mustBeClonedInto(clone);
  });
});
