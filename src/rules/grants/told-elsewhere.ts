import type { Grant } from '../../reference/grant';
import { isSpelled } from '../field-names';
import { CLAIM } from '../known-fields';
import type { ObjectSet } from '../object-set';
import { contentRefusals } from '../pre-provisioned/content-refusals';
import { splitsIn } from './coverage';

const KNOWN = new WeakMap<ObjectSet, ReadonlySet<Grant | undefined>>();

/** The grants whose mistake is told at a claim or a content that they do not cover, or as that of two halves. Two rules ask. */
export function grantsToldElsewhere(set: ObjectSet): ReadonlySet<Grant | undefined> {
  const known = KNOWN.get(set) ?? toldElsewhere(set);
  KNOWN.set(set, known);
  return known;
}

function toldElsewhere(set: ObjectSet): ReadonlySet<Grant | undefined> {
  const refusals = [...set.refusals.values(), ...[...contentRefusals(set)].map(({ refusal }) => refusal)];
  const told = new Set<Grant | undefined>(refusals.map((refusal) => refusal?.miss?.grant));
  for (const { from, to } of splitsIn(set)) told.add(from).add(to);
  return told;
}

/** The namespaces with a claim of which a field stands under a wrong name: it may ask for anything. */
export function unreadNamespaces(set: ObjectSet): ReadonlySet<string> {
  return new Set(set.claims.filter(({ node }) => !isSpelled(node, CLAIM)).map(({ namespace }) => namespace));
}
