import { intentOf } from '../../src/reference/intent';
import { crossesNamespace, notGranted, type Reference } from '../../src/reference/reference';
import type { Claim } from '../../src/rules/claim';
import { ObjectSet } from '../../src/rules/object-set';
import { Resolution } from '../../src/rules/resolution';

/** What is wrong with one reference, in sentences. None: it resolves, is granted, and says so itself. */
export interface Verdict {
  readonly reference: Reference;
  readonly faults: readonly string[];
}

export function setOf(manifests: Iterable<unknown>): ObjectSet {
  return new ObjectSet([...manifests].map((manifest) => ({ manifest })));
}

/** Judges every reference of a set that claims to be whole: a source or a grant that is not in it is a fault. */
export function verdictsOf(set: ObjectSet): Verdict[] {
  return set.claims.flatMap((claim) => {
    const { reference } = claim;
    return reference ? [{ reference, faults: faultsOf(set, claim, reference) }] : [];
  });
}

function faultsOf(set: ObjectSet, claim: Claim, reference: Reference): string[] {
  const { kind, namespace, name } = reference.source;
  const asking = `${claim.namespace}/${claim.name}`;
  const faults: string[] = [];
  if (set.resolve(reference) !== Resolution.FOUND) {
    faults.push(`the set holds no ${kind} ${namespace}/${name}, which ${asking} is to be filled from`);
  }
  const refusal = set.refusals.get(claim);
  if (refusal) faults.push(`${notGranted(reference)}: ${refusal.miss?.text ?? 'no grant comes near'}`);
  const wanted = intentOf(reference.source);
  if ((crossesNamespace(reference) || claim.intent !== undefined) && claim.intent !== wanted) {
    faults.push(`claim ${asking} says that it expects ${claim.intent ?? 'nothing'}, its reference names ${wanted}`);
  }
  return faults;
}
