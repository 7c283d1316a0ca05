import { CLAIM_KIND } from '../../reference/reference';
import { at, list, text } from '../fields';
import { meantKind, SOURCE_KINDS } from '../kind-names';
import type { GrantObject, ObjectSet } from '../object-set';

/** One entry of a grant's `from` or `to`, as it is written. */
export interface Entry {
  readonly node: unknown;
  /** `spec.from[0]` */
  readonly path: string;
  /** Absent where it is absent, or not a string. */
  readonly group?: string;
  readonly kind: string;
}

type Sides = { [side in 'from' | 'to']: readonly Entry[] };

/** Every rule of this folder asks for the entries of every grant. */
const ENTRIES = new WeakMap<GrantObject, Sides>();
const MEANT = new WeakMap<GrantObject, Sides>();

/** The entries of one side. */
export function entriesOf(grant: GrantObject, side: 'from' | 'to'): readonly Entry[] {
  let sides = ENTRIES.get(grant);
  if (!sides) {
    sides = { from: readEntries(grant, 'from'), to: readEntries(grant, 'to') };
    ENTRIES.set(grant, sides);
  }
  return sides[side];
}

function readEntries({ object }: GrantObject, side: 'from' | 'to'): Entry[] {
  return list(at(object.manifest, 'spec', side)).map((node, index) => {
    const group = at(node, 'group');
    return { node, path: `spec.${side}[${index}]`, group: typeof group === 'string' ? group : undefined, kind: text(at(node, 'kind')) };
  });
}

/** Entries that speak of claims, however they are spelled. */
export function claimEntries(grant: GrantObject): readonly Entry[] {
  return meantEntries(grant).from;
}

/** Entries that open what claims are filled from, however they are spelled. */
export function sourceEntries(grant: GrantObject): readonly Entry[] {
  return meantEntries(grant).to;
}

function meantEntries(grant: GrantObject): Sides {
  let sides = MEANT.get(grant);
  if (!sides) {
    sides = {
      from: entriesOf(grant, 'from').filter(({ kind }) => meantKind(kind, CLAIM_KINDS)),
      to: entriesOf(grant, 'to').filter(({ kind }) => meantKind(kind, SOURCE_KINDS)),
    };
    MEANT.set(grant, sides);
  }
  return sides;
}

const CLAIM_KINDS = [CLAIM_KIND];
const KNOWN = new WeakMap<ObjectSet, readonly GrantObject[]>();

/** The grants about claims and their sources. Others, between routes and services for instance, are none of our business. */
export function claimGrants(set: ObjectSet): readonly GrantObject[] {
  const known = KNOWN.get(set);
  if (known) return known;
  const grants = set.grants.filter((grant) => claimEntries(grant).length > 0 || sourceEntries(grant).length > 0);
  KNOWN.set(set, grants);
  return grants;
}

/** The namespaces whose claims a grant speaks of. */
export function claimNamespaces(grant: GrantObject): string[] {
  return [...new Set(claimEntries(grant).map(({ node }) => text(at(node, 'namespace'))))];
}
