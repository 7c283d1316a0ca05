import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import type { Claim } from '../claim';
import { ClaimIndex } from '../claim-index';
import type { ObjectSet } from '../object-set';
import type { SetObject } from '../set-object';
import { deliveryOf, hooksOf, waveOf } from '../sync-wave';
import { VolumeUses } from '../volume-use';

/** A snapshot, and what in the same delivery makes or fills its source claim. */
export interface SnapshotOfDelivery {
  readonly snapshot: SetObject;
  /** The source claim, as `NAMESPACE/NAME`. */
  readonly claim: string;
  /** Of the claim and the workloads that write to it, the one in the latest wave. */
  readonly last: SetObject;
  /** The wave of `last`. */
  readonly wave: number;
}

/** The snapshots whose source is delivered together with them. Workloads that only read the source do not fill it. */
export function* snapshotsOfDelivery(set: ObjectSet): Generator<SnapshotOfDelivery> {
  const claims = ClaimIndex.of(set);
  const uses = VolumeUses.of(set);
  // One claim may have many snapshots and many writers.
  const lastOf = new Map<Claim, ReadonlyMap<string, SetObject>>();
  for (const snapshot of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
    const { claim } = claims.originOf(snapshot);
    if (!claim || hooksOf(snapshot).length > 0) continue;
    const lasts = lastOf.get(claim) ?? lastMakers(claim, uses);
    lastOf.set(claim, lasts);
    const last = lasts.get(deliveryOf(snapshot));
    if (last) yield { snapshot, claim: `${claim.namespace}/${claim.name}`, last, wave: waveOf(last) };
  }
}

/** For each delivery the object in the latest wave that makes a claim or writes to it. */
function lastMakers(claim: Claim, uses: VolumeUses): ReadonlyMap<string, SetObject> {
  const writers = uses.usesOf(claim).filter(({ readOnly }) => !readOnly);
  const lasts = new Map<string, SetObject>();
  for (const object of [claim.object, ...writers.map((use) => use.object)]) {
    if (hooksOf(object).length > 0) continue;
    const delivery = deliveryOf(object);
    const last = lasts.get(delivery);
    if (!last || waveOf(object) > waveOf(last)) lasts.set(delivery, object);
  }
  return lasts;
}
