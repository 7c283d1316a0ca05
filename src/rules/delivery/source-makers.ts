import { ClaimIndex } from '../claim-index';
import type { ObjectSet } from '../object-set';
import type { SetObject } from '../set-object';
import { areDeliveredTogether, waveOf } from '../sync-wave';
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
  for (const snapshot of set.ofKind('snapshot.storage.k8s.io', 'VolumeSnapshot')) {
    const { claim } = claims.originOf(snapshot);
    if (!claim) continue;
    const writers = uses.usesOf(claim).filter(({ readOnly }) => !readOnly);
    let last: SetObject | undefined;
    for (const object of [claim.object, ...writers.map((use) => use.object)]) {
      if (areDeliveredTogether(object, snapshot) && (!last || waveOf(object) > waveOf(last))) last = object;
    }
    if (last) yield { snapshot, claim: `${claim.namespace}/${claim.name}`, last, wave: waveOf(last) };
  }
}
