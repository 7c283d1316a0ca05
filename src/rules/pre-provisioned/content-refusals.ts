import { NearestMissIndex } from '../../reference/nearest-miss-index';
import { crossesNamespace, keyOf, type Reference } from '../../reference/reference';
import type { ObjectSet } from '../object-set';
import type { Refusal } from '../refusal';
import type { SetObject } from '../set-object';
import { handedOverContents } from './handed-over-contents';

/** A content that needs a grant of this set, and, if it has none, why it is refused. */
export interface JudgedContent {
  readonly object: SetObject;
  readonly spec: unknown;
  readonly refusal?: Pick<Refusal, 'reference' | 'miss'>;
}

/** A refused claim tells the mistake already: a content is refused here only for want of a claim in the set that asks for the same. */
export function* contentRefusals(set: ObjectSet): Generator<JudgedContent> {
  const told = new Set([...set.refusals.values()].map(({ reference }) => askOf(reference)));
  let index: NearestMissIndex | undefined;
  for (const { object, spec, reference } of handedOverContents(set)) {
    if (!reference || !crossesNamespace(reference) || set.isExternal(reference.source.namespace)) continue;
    if (told.has(askOf(reference)) || set.grantIndex.covers(reference)) {
      yield { object, spec };
      continue;
    }
    index ??= new NearestMissIndex(set.grantIndex.grants);
    yield { object, spec, refusal: { reference, miss: index.nearest(reference) } };
  }
}

/** Which namespace asks for which source. */
export function askOf({ claim, source }: Reference): string {
  return `${claim.namespace} ${keyOf(source)}`;
}
