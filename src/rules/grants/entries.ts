import { CLAIM_KIND } from '../../reference/reference';
import { isMisspelled } from '../field-names';
import { at, isMap, list, text } from '../fields';
import { meantKind, SOURCE_KINDS } from '../kind-names';
import { GRANT, GRANT_SPEC } from '../known-fields';
import type { GrantObject, ObjectSet } from '../object-set';
import { oncePerSet } from '../once-per-set';
import type { SetObject } from '../set-object';

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

/** A grant about claims and their sources, and its entries. Every rule of this folder asks for the entries of every grant. */
export class ClaimGrant {
  public readonly object: SetObject;
  public readonly from: readonly Entry[];
  public readonly to: readonly Entry[];
  /** Entries that speak of claims, however they are spelled. */
  public readonly claims: readonly Entry[];
  /** Entries that open what claims are filled from, however they are spelled. */
  public readonly sources: readonly Entry[];
  /** The namespaces whose claims it speaks of. */
  public readonly namespaces: readonly string[];

  constructor(public readonly grant: GrantObject) {
    this.object = grant.object;
    this.from = read(this.object, 'from');
    this.to = read(this.object, 'to');
    this.claims = meaning(CLAIM_KINDS, this.from);
    this.sources = meaning(SOURCE_KINDS, this.to);
    this.namespaces = distinct(this.claims.map(({ node }) => text(at(node, 'namespace'))));
  }
}

const CLAIM_KINDS = [CLAIM_KIND];

function read({ manifest }: SetObject, side: Side): readonly Entry[] {
  return list(at(manifest, 'spec', side)).map((node, index) => new Entry(node, side, index));
}

function meaning(kinds: readonly string[], entries: readonly Entry[]): readonly Entry[] {
  const isMeant = ({ kind }: Entry) => meantKind(kind, kinds) !== undefined;
  // Nearly always all of them.
  return entries.every(isMeant) ? entries : entries.filter(isMeant);
}

function distinct(names: readonly string[]): readonly string[] {
  return names.length > 1 ? [...new Set(names)] : names;
}

/** The grants of a set. */
interface Grants {
  readonly aboutClaims: readonly ClaimGrant[];
  readonly aboutNothing: readonly ClaimGrant[];
}

/** The grants about claims and their sources. Others, between routes and services for instance, are none of our business. */
export function claimGrants(set: ObjectSet): readonly ClaimGrant[] {
  return grantsOf(set).aboutClaims;
}

/** The grants of which no entry names a kind: they may have been meant for claims. */
export function grantsAboutNothing(set: ObjectSet): readonly ClaimGrant[] {
  return grantsOf(set).aboutNothing;
}

const grantsOf = oncePerSet((set): Grants => {
  const all = set.grants.map((grant) => new ClaimGrant(grant));
  return { aboutClaims: all.filter(isAboutClaims), aboutNothing: all.filter(isAboutNothing) };
});

function isAboutClaims({ claims, sources }: ClaimGrant): boolean {
  return claims.length > 0 || sources.length > 0;
}

function isAboutNothing({ from, to }: ClaimGrant): boolean {
  return !from.some(hasKind) && !to.some(hasKind);
}

/** Whether an entry says which kind it is about. */
export function hasKind({ kind }: Entry): boolean {
  return kind !== '';
}

/** Whether a grant has no entry on one side. Of a side with a wrong type, or under a wrong name, another rule speaks. */
export function lacks({ object }: ClaimGrant, side: Side): boolean {
  const { manifest } = object;
  const spec = at(manifest, 'spec') ?? {};
  const entries = at(spec, side) ?? [];
  if (!isMap(spec) || !Array.isArray(entries) || entries.length > 0) return false;
  return !isMisspelled(spec, GRANT_SPEC, side) && !isMisspelled(manifest, GRANT, `spec.${side}`) && !isMisspelled(manifest, GRANT, 'spec');
}
