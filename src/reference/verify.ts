import { GrantIndex } from './grant';
import { intentOf } from './intent';
import type { ClaimReference, ManifestSet } from './manifest';
import { nearestMiss } from './nearest-miss';
import { crossesNamespace, notGranted } from './reference';
import { Resolution, SourceIndex } from './resolve';

/** What is wrong with one reference, in sentences. None: it resolves, is granted, and says so itself. */
export interface Verdict {
  readonly reference: ClaimReference;
  readonly faults: readonly string[];
}

/** Judges every reference of a set that claims to be whole: a source or a grant that is not in it is a fault. */
export function verify(set: ManifestSet): Verdict[] {
  const grants = new GrantIndex(set.grants);
  const sources = new SourceIndex(set.sources);
  return set.references.map((reference) => ({
    reference,
    faults: [...sourceFaults(sources, reference), ...grantFaults(grants, reference), ...intentFaults(reference)],
  }));
}

function sourceFaults(sources: SourceIndex, reference: ClaimReference): string[] {
  if (sources.resolve(reference) === Resolution.FOUND) return [];
  const { kind, namespace, name } = reference.source;
  return [`the set holds no ${kind} ${namespace}/${name}, which ${reference.claim.namespace}/${reference.claim.name} is to be filled from`];
}

function grantFaults(grants: GrantIndex, reference: ClaimReference): string[] {
  if (grants.covers(reference)) return [];
  const miss = nearestMiss(grants.grants, reference);
  return [miss ? `${notGranted(reference)}: ${miss.text}` : `${notGranted(reference)}: no grant comes near`];
}

function intentFaults(reference: ClaimReference): string[] {
  if (!crossesNamespace(reference) && reference.intent === undefined) return [];
  const wanted = intentOf(reference.source);
  if (reference.intent === wanted) return [];
  const { namespace, name } = reference.claim;
  return [`claim ${namespace}/${name} says that it expects ${reference.intent ?? 'nothing'}, its reference names ${wanted}`];
}
