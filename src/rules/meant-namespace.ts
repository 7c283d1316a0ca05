import { labelFault } from '../reference/dns';
import { crossesNamespace, type Reference } from '../reference/reference';
import { visibleName } from '../reference/visible';
import type { Claim } from './claim';
import { namesakesOf } from './namesakes';
import type { GrantObject, ObjectSet } from './object-set';
import { Resolution } from './resolution';
import type { Fault } from './rule';

/** A name that more namespaces have says nothing about which of them is meant. */
const MOST = 4;
const NONE: readonly string[] = [];

/**
 * Where a reference leads nowhere: the other namespaces in which the set holds a source of that kind and name; of them, those that a grant opens
 * to the claim, if there are any.
 */
export function meantNamespaces(set: ObjectSet, reference: Reference): readonly string[] {
  const { source } = reference;
  // Whoever says that a namespace is delivered elsewhere has written its name twice.
  if (set.isExternal(source.namespace)) return NONE;
  const namespaces = namesakesOf(set, source);
  if (namespaces.length === 0 || namespaces.length > MOST || set.resolve(reference) === Resolution.FOUND) return NONE;
  const opened = namespaces.filter((namespace) => set.grantIndex.covers(inNamespace(reference, namespace)));
  return opened.length > 0 ? opened : namespaces;
}

/** The grants that would cover a reference that leads nowhere, if its claim named the namespace that was meant: nothing is wrong with them. */
export function meantGrants(set: ObjectSet, reference: Reference): readonly GrantObject[] {
  return meantNamespaces(set, reference).flatMap((namespace) => set.grantIndex.covering(inNamespace(reference, namespace)));
}

/** `the set holds VolumeSnapshot prod/mysql; is prod meant?` */
export function questionOf({ source: { kind, name } }: Reference, meant: readonly string[]): string {
  return `the set holds ${kind} ${meant.map((namespace) => `${namespace}/${name}`).join(' and ')}; is ${meant.join(' or ')} meant?`;
}

/** What to do about it, at whatever names the source. */
export function correctionOf(reference: Reference, meant: readonly string[], what = 'claim'): string {
  const { namespace } = reference.source;
  const right = meant.join(' or ');
  const correction = crossesNamespace(reference)
    ? `Write ${right} instead of ${visibleName(namespace)} where the ${what} names its source`
    : `Write namespace: ${right} into the dataSourceRef of the ${what}`;
  return labelFault(namespace)
    ? `${correction}.`
    : `${correction}; if ${namespace} is right and delivered elsewhere, name it with --external.`;
}

/** A fault of a claim whose source is not found, with the question; of a claim that is refused, the refusal asks it. */
export function hinted(set: ObjectSet, claim: Claim, fault: Fault): Fault {
  const { reference } = claim;
  const meant = reference && !set.refusals.has(claim) ? meantNamespaces(set, reference) : NONE;
  if (!reference || meant.length === 0) return fault;
  return { ...fault, message: `${fault.message}; ${questionOf(reference, meant)}`, remediation: correctionOf(reference, meant) };
}

function inNamespace({ claim, source }: Reference, namespace: string): Reference {
  return { claim, source: { ...source, namespace } };
}
