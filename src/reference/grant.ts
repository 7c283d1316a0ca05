import { CLAIM_KIND, CORE_GROUP, crossesNamespace, type Reference } from './reference';

/** One entry of a ReferenceGrant's `from`: objects of this kind in this namespace may refer. */
export interface GrantFrom {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
}

/** One entry of a ReferenceGrant's `to`: objects of this kind, or the one of this name, may be referred to. */
export interface GrantTo {
  readonly group: string;
  readonly kind: string;
  /** Absent or empty: every object of the kind in the grant's namespace. */
  readonly name?: string;
}

/** A ReferenceGrant, reduced to what decides. */
export interface Grant {
  readonly namespace: string;
  readonly name: string;
  readonly from: readonly GrantFrom[];
  readonly to: readonly GrantTo[];
}

/** The API rejects a ReferenceGrant with more entries than this in `from` or in `to`. */
export const MAX_GRANT_ENTRIES = 16;

/**
 * Whether the provisioner lets this claim read this source. This is the one place that decides it.
 *
 * A claim's own namespace needs no grant. Otherwise one grant in the source's namespace must hold both a matching `from` and a matching
 * `to`; several grants are OR'ed as wholes. Groups and kinds compare exactly, letter case included.
 *
 * @see https://github.com/kubernetes-csi/external-provisioner/blob/v6.3.0/pkg/controller/util.go
 */
export function covers(grants: Iterable<Grant>, reference: Reference): boolean {
  if (!crossesNamespace(reference)) return true;
  for (const grant of grants) if (coversAlone(grant, reference)) return true;
  return false;
}

function coversAlone({ namespace, from, to }: Grant, reference: Reference): boolean {
  return (
    namespace === reference.source.namespace &&
    from.some((entry) => fromMisses(entry, reference).length === 0) &&
    to.some((entry) => toMisses(entry, reference).length === 0)
  );
}

/** The fields of a `from` entry that keep it from matching. None: it matches. */
export function fromMisses(from: GrantFrom, { claim }: Reference): (keyof GrantFrom)[] {
  const misses: (keyof GrantFrom)[] = [];
  if (from.group !== CORE_GROUP) misses.push('group');
  if (from.kind !== CLAIM_KIND) misses.push('kind');
  if (from.namespace !== claim.namespace) misses.push('namespace');
  return misses;
}

/** The fields of a `to` entry that keep it from matching. None: it matches. */
export function toMisses(to: GrantTo, { source }: Reference): (keyof GrantTo)[] {
  const misses: (keyof GrantTo)[] = [];
  if (to.group !== source.group) misses.push('group');
  if (to.kind !== source.kind) misses.push('kind');
  if (to.name && to.name !== source.name) misses.push('name');
  return misses;
}

/** Stands for every name; no object can be called so. */
const ANY = '*';

/**
 * Finds the grants that could cover a reference without looking at all of them: thousands of consumers of one snapshot, or of snapshots, mean
 * thousands of grants in one namespace.
 */
export class GrantIndex<G extends Grant = Grant> {
  private readonly byAim = new Map<string, G[]>();
  private readonly oversized: G[] = [];
  private hasOpen = false;

  constructor(readonly grants: readonly G[]) {
    for (const grant of grants) {
      if (grant.from.length > MAX_GRANT_ENTRIES || grant.to.length > MAX_GRANT_ENTRIES) {
        // None is in a cluster, and its entries times its entries would be millions.
        this.oversized.push(grant);
        continue;
      }
      for (const from of grant.from) {
        for (const to of grant.to) this.add(aimOf(grant.namespace, from.namespace, to.name || ANY), grant);
      }
      this.hasOpen ||= grant.to.some(({ name }) => !name);
    }
  }

  private add(aim: string, grant: G): void {
    const known = this.byAim.get(aim);
    if (!known) this.byAim.set(aim, [grant]);
    // Several entries of one grant may have one aim.
    else if (known.at(-1) !== grant) known.push(grant);
  }

  /** The grants of which each alone covers a reference to another namespace. */
  covering(reference: Reference): readonly G[] {
    const near = this.near(reference);
    const isCovering = (grant: G) => coversAlone(grant, reference);
    // Thousands of claims may have thousands of grants in common: they share one list.
    return near.every(isCovering) ? near : near.filter(isCovering);
  }

  /** `covers` over all grants of the index. */
  covers(reference: Reference): boolean {
    return covers(this.near(reference), reference);
  }

  private near({ claim, source }: Reference): readonly G[] {
    const named = this.byAim.get(aimOf(source.namespace, claim.namespace, source.name)) ?? [];
    // Few sets hold such a grant, and many claims would look for one.
    const open = this.hasOpen ? (this.byAim.get(aimOf(source.namespace, claim.namespace, ANY)) ?? []) : [];
    return open.length + this.oversized.length > 0 ? [...new Set([...named, ...open, ...this.oversized])] : named;
  }
}

function aimOf(owner: string, consumer: string, name: string): string {
  return `${owner} ${consumer} ${name}`;
}
