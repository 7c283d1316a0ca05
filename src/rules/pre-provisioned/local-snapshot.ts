import { handedOverContentName } from '../../reference/pre-provisioned';
import { type ObjectKey, type Reference, SNAPSHOT_GROUP } from '../../reference/reference';
import type { Claim } from '../claim';
import type { ObjectSet } from '../object-set';
import { Resolution } from '../resolution';
import type { SetObject } from '../set-object';
import { CONTENT_KIND } from './handed-over-contents';

/** A handed-over VolumeSnapshot that a claim names, and that the set does not hold. */
export interface LocalGap {
  readonly snapshot: ObjectKey;
  /** Whether the set shows that it should be there: others of its namespace, or its content. */
  readonly resolution: Resolution.MISSING | Resolution.NOT_IN_SET;
  /** Its content, if that is in the set. */
  readonly content?: SetObject;
}

/**
 * Whether the VolumeSnapshot is missing that a claim is filled from in its own namespace. Nothing: it is there, the claim names an original, or it
 * is refused, which a wrong name leads to as well.
 */
export function localGap(set: ObjectSet, claim: Claim): LocalGap | undefined {
  const { named, reference } = claim;
  if (!named || !reference || named === reference.source || set.refusals.has(claim)) return undefined;
  const local: Reference = { claim: reference.claim, source: named };
  const resolution = set.resolve(local);
  if (resolution === Resolution.FOUND) return undefined;
  if (set.isExternal(named.namespace)) return { snapshot: named, resolution };
  const name = handedOverContentName(named.namespace, reference.source);
  const content = set.find({ group: SNAPSHOT_GROUP, kind: CONTENT_KIND, namespace: '', name });
  return { snapshot: named, resolution: content ? Resolution.MISSING : resolution, content };
}
