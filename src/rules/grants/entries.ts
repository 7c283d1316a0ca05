import { CLAIM_KIND } from '../../reference/reference';
import { at, list, text } from '../fields';
import { meantKind, SOURCE_KINDS } from '../kind-names';
import type { GrantObject, ObjectSet } from '../object-set';

export type Side = 'from' | 'to';
export const SIDES: readonly Side[] = ['from', 'to'];

/** One entry of a grant's `from` or `to`, as it is written. */
export class Entry {
  /** Absent where it is absent, or not a string. */
  public readonly group?: string;
  public readonly kind: string;

  constructor(
    public readonly node: unknown,
    private readonly side: Side,
    private readonly index: number,
  ) {
    const group = at(node, 'group');
    this.group = typeof group === 'string' ? group : undefined;
    this.kind = text(at(node, 'kind'));
  }

  /** `spec.from[0]` */
  public get path(): string {
    return `spec.${this.side}[${this.index}]`;
  }
}

/** The entries of a grant; those about claims and what they are filled from, however they are spelled. */
interface Entries {
  readonly from: readonly Entry[];
  readonly to: readonly Entry[];
  readonly claims: readonly Entry[];
  readonly sources: readonly Entry[];
}

/** Every rule of this folder asks for the entries of every grant. */
const KNOWN_ENTRIES = new WeakMap<GrantObject, Entries>();

function read(grant: GrantObject): Entries {
  const known = KNOWN_ENTRIES.get(grant);
  if (known) return known;
  const [from, to] = [readSide(grant, 'from'), readSide(grant, 'to')];
  const entries = { from, to, claims: meaning(CLAIM_KINDS, from), sources: meaning(SOURCE_KINDS, to) };
  KNOWN_ENTRIES.set(grant, entries);
  return entries;
}

function readSide({ object }: GrantObject, side: Side): readonly Entry[] {
  return list(at(object.manifest, 'spec', side)).map((node, index) => new Entry(node, side, index));
}

function meaning(kinds: readonly string[], entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(({ kind }) => meantKind(kind, kinds));
}

/** The entries of one side. */
export function entriesOf(grant: GrantObject, side: Side): readonly Entry[] {
  return read(grant)[side];
}

/** Entries that speak of claims, however they are spelled. */
export function claimEntries(grant: GrantObject): readonly Entry[] {
  return read(grant).claims;
}

/** Entries that open what claims are filled from, however they are spelled. */
export function sourceEntries(grant: GrantObject): readonly Entry[] {
  return read(grant).sources;
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
export function claimNamespaces(grant: GrantObject): readonly string[] {
  const namespaces = claimEntries(grant).map(({ node }) => text(at(node, 'namespace')));
  return namespaces.length > 1 ? [...new Set(namespaces)] : namespaces;
}
