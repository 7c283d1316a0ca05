import { covers } from '../../src/reference/grant';
import { notGranted } from '../../src/reference/reference';
import { ObjectSet } from '../../src/rules/object-set';
import { referenceNotGranted } from '../../src/rules/references/reference-not-granted';
import { judgementsOf } from '../../src/rules/rule';
import type { ApiObject } from './api/api-object';

// What the tests take from inside the library: its predicate, its message and its rule. Beside these they know its public constructs only.

/** Whether the library says that every claim in a set of manifests may read its source. */
export function verdict(manifests: readonly ApiObject[]): boolean {
  const { claims, grantIndex } = setOf(manifests);
  return claims.every(({ reference }) => !reference || covers(grantIndex.grants, reference));
}

/** The words in which the library refuses a claim. */
export function refusalOf(claim: ApiObject): string {
  return notGranted(setOf([claim]).claims[0].reference!);
}

/** What the rule `reference-not-granted` finds in a set of manifests. */
export function ruleFindings(manifests: readonly unknown[]): string[] {
  return judgementsOf(referenceNotGranted, setOf(manifests)).flatMap(({ faults }) => faults.map(({ message }) => message));
}

function setOf(manifests: readonly unknown[]): ObjectSet {
  return new ObjectSet(manifests.map((manifest) => ({ manifest })));
}
