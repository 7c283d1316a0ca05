import { Size } from 'cdk8s';
import { SharedSnapshot } from '../../../src';
import { type ApiObject, describe as named } from '../api/api-object';
import { cloneMustBeRefused, mustBeGone } from '../claims';
import { synthesizedApart, theOnly } from '../constructs';
import { verdict } from '../predicate';
import { runningCluster } from '../running-cluster';
import { STORAGE_CLASS } from '../storage-classes';
import { grantsMustBeKnown } from './grant-barrier';
import { type Sides, SourceVolume } from './source-volume';

const cluster = runningCluster();

/** The program of an owner with these consumers. */
function emitted({ prod }: Sides, ...consumers: readonly string[]) {
  return synthesizedApart((owner, consumer) => {
    const share = new SharedSnapshot(owner, 'share', { namespace: prod, snapshotName: SourceVolume.SNAPSHOT });
    for (const namespace of consumers) {
      share.cloneInto(consumer, namespace, {
        namespace,
        storageClassName: STORAGE_CLASS,
        storage: Size.gibibytes(1),
        metadata: { name: 'clone' },
      });
    }
  });
}

/** Applies what the owner's program emits now, and deletes what it emitted before and no longer does, as every delivery tool prunes. */
async function deliver(before: readonly ApiObject[], now: readonly ApiObject[]): Promise<void> {
  const kept = new Set(now.map(named));
  for (const gone of before.filter((object) => !kept.has(named(object)))) {
    await cluster().api.delete(gone);
    await mustBeGone(cluster(), gone);
  }
  await cluster().api.applyAll(now);
  await grantsMustBeKnown(cluster());
}

describe('a consumer who is removed from the app', () => {
  test('before the claim is made gets nothing, while the grants of the others stay untouched', async () => {
    const source = await SourceVolume.make(cluster(), 'removed-before');
    const { prod, dev } = source.sides;
    const before = emitted(source.sides, prod.replace('prod', 'other'), dev);
    const now = emitted(source.sides, prod.replace('prod', 'other'));
    await deliver([], before.owner);
    const kept = theOnly('ReferenceGrant', now.owner);
    const { uid, resourceVersion } = (await cluster().api.get(kept)).metadata as ApiObject['metadata'] & { resourceVersion: string };

    await deliver(before.owner, now.owner);
    const clone = before.consumer.find(({ metadata }) => metadata.namespace === dev)!;
    expect(verdict([clone, ...now.owner])).toBe(false);
    await cluster().api.apply(clone);
    await cloneMustBeRefused(cluster(), clone);
    expect((await cluster().api.get(kept)).metadata).toMatchObject({ uid, resourceVersion });
  });

  test('after the claim was filled keeps the data, and gets no more', async () => {
    const source = await SourceVolume.make(cluster(), 'removed-after');
    const before = emitted(source.sides, source.sides.dev);
    const clone = theOnly('PersistentVolumeClaim', before.consumer);
    expect(verdict([clone, ...before.owner])).toBe(true);
    await deliver([], before.owner);
    await cluster().api.apply(clone);
    await source.mustBeClonedInto(clone);

    await deliver(before.owner, emitted(source.sides).owner);
    await source.mustBeClonedInto(clone);
    const another = { ...clone, metadata: { ...clone.metadata, name: 'another' } };
    await cluster().api.apply(another);
    await cloneMustBeRefused(cluster(), another);
  });
});
