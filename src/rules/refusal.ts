import type { NearestMiss } from '../reference/nearest-miss';
import { NearestMissIndex } from '../reference/nearest-miss-index';
import type { Reference } from '../reference/reference';
import type { Claim } from './claim';
import type { ObjectSet } from './object-set';

/** A claim that no grant covers, and the grant that was perhaps meant to. */
export interface Refusal {
  readonly claim: Claim;
  readonly reference: Reference;
  readonly miss?: NearestMiss;
}

/** Every claim of the set that needs a grant and has none. */
export function refusalsOf(set: ObjectSet): Map<Claim, Refusal> {
  const refusals = new Map<Claim, Refusal>();
  let index: NearestMissIndex | undefined;
  for (const claim of set.claims) {
    if (!set.needsGrant(claim) || set.grantsFor(claim).length > 0) continue;
    // Most sets need none.
    index ??= new NearestMissIndex(set.grantIndex.grants);
    refusals.set(claim, { claim, reference: claim.reference, miss: index.nearest(claim.reference) });
  }
  return refusals;
}
