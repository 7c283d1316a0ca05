import type { Grant } from '../../reference/grant';
import type { Reference } from '../../reference/reference';
import { isSpelled } from '../field-names';
import { CLAIM } from '../known-fields';
import { meantGrants } from '../meant-namespace';
import type { ObjectSet } from '../object-set';
import { oncePerSet } from '../once-per-set';
import { askOf, contentRefusals } from '../pre-provisioned/content-refusals';
import { splitsIn } from './coverage';

/**
 * The grants whose mistake is told at a claim or a content that they do not cover, or as that of two halves, and those that are right for what a
 * refused claim means.
 */
export const grantsToldElsewhere = oncePerSet((set): ReadonlySet<Grant> => {
  const told = new Set<Grant>();
  // Thousands of claims may ask for the same.
  const asked = new Map<string, Reference>();
  for (const refusal of [...set.refusals.values(), ...[...contentRefusals(set)].map(({ refusal }) => refusal)]) {
    if (!refusal) continue;
    if (refusal.miss) told.add(refusal.miss.grant);
    asked.set(askOf(refusal.reference), refusal.reference);
  }
  for (const reference of asked.values()) for (const grant of meantGrants(set, reference)) told.add(grant);
  for (const { from, to } of splitsIn(set)) told.add(from).add(to);
  return told;
});

/** The namespaces with a claim of which a field stands under a wrong name: it may ask for anything. */
export function unreadNamespaces(set: ObjectSet): ReadonlySet<string> {
  return new Set(set.claims.filter(({ node }) => !isSpelled(node, CLAIM)).map(({ namespace }) => namespace));
}
