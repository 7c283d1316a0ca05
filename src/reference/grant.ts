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
  for (const grant of grants) {
    if (
      grant.namespace === reference.source.namespace &&
      grant.from.some((from) => fromMisses(from, reference).length === 0) &&
      grant.to.some((to) => toMisses(to, reference).length === 0)
    ) {
      return true;
    }
  }
  return false;
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

const NONE: readonly Grant[] = [];
/** Stands for every name; no object can be called so. */
const ANY = '*';

/**
 * Finds the grants that could cover a reference without looking at all of them: thousands of consumers of one snapshot, or of snapshots, mean
 * thousands of grants in one namespace.
 */
export class GrantIndex {
  private readonly byAim = new Map<string, Grant[]>();

  constructor(readonly grants: readonly Grant[]) {
    for (const grant of grants) {
      const targets = new Set(grant.from.map((from) => from.namespace));
      const names = new Set(grant.to.map((to) => to.name || ANY));
      for (const target of targets) {
        for (const name of names) {
          const aim = `${grant.namespace} ${target} ${name}`;
          const known = this.byAim.get(aim);
          if (known) known.push(grant);
          else this.byAim.set(aim, [grant]);
        }
      }
    }
  }

  /** The grants of which each alone covers a reference to another namespace. */
  covering(reference: Reference): readonly Grant[] {
    const { claim, source } = reference;
    const aim = `${source.namespace} ${claim.namespace}`;
    const named = this.byAim.get(`${aim} ${source.name}`) ?? NONE;
    const open = this.byAim.get(`${aim} ${ANY}`);
    return (open ? [...new Set([...named, ...open])] : named).filter((grant) => covers([grant], reference));
  }

  /** `covers` over all grants of the index. */
  covers(reference: Reference): boolean {
    const { claim, source } = reference;
    const aim = `${source.namespace} ${claim.namespace}`;
    return covers(this.byAim.get(`${aim} ${source.name}`) ?? NONE, reference) || covers(this.byAim.get(`${aim} ${ANY}`) ?? NONE, reference);
  }
}
