import { fromMisses, type Grant, type GrantFrom, type GrantTo, toMisses } from './grant';
import type { Reference } from './reference';
import { visibleKind, visibleName } from './visible';

/** Beyond two wrong fields a grant is not a slip of the pen but another grant. */
export const NEAR = 2;

/** For a reference that no grant covers: the closest grant, and what about it differs. */
export interface NearestMiss {
  readonly grant: Grant;
  /** How many fields differ: one or two. */
  readonly distance: number;
  /** The differences in words, such as `grant prod/mysql allows namespace dev2, the claim is in dev`. */
  readonly text: string;
}

/** The grant with the fewest wrong fields, the first of them by namespace and name. Nothing: no grant is near. */
export function nearestMiss(grants: Iterable<Grant>, reference: Reference): NearestMiss | undefined {
  let nearest: NearestMiss | undefined;
  for (const grant of grants) {
    const miss = missOf(grant, reference);
    if (
      miss &&
      (!nearest || miss.distance < nearest.distance || (miss.distance === nearest.distance && precedes(miss.grant, nearest.grant)))
    ) {
      nearest = miss;
    }
  }
  return nearest;
}

/** What keeps one grant from covering the reference, if it is near. */
export function missOf(grant: Grant, reference: Reference): NearestMiss | undefined {
  const from = closest(grant.from, (entry) => fromMisses(entry, reference));
  const to = closest(grant.to, (entry) => toMisses(entry, reference));
  if (!from || !to) return undefined;
  const differences: string[] = [];
  if (grant.namespace !== reference.source.namespace) {
    const place = grant.namespace ? `is in namespace ${visibleName(grant.namespace)}` : 'has no namespace';
    differences.push(`${place}, it has to be in ${visibleName(reference.source.namespace)}, beside the source`);
  }
  differences.push(...from.misses.map((field) => fromText(from.entry, field, reference)));
  differences.push(...to.misses.map((field) => toText(to.entry, field, reference)));
  if (differences.length === 0 || differences.length > NEAR) return undefined;
  return { grant, distance: differences.length, text: `grant ${grant.namespace}/${grant.name} ${differences.join('; it ')}` };
}

function closest<E, F>(entries: readonly E[], missesOf: (entry: E) => F[]): { entry: E; misses: F[] } | undefined {
  let best: { entry: E; misses: F[] } | undefined;
  for (const entry of entries) {
    const misses = missesOf(entry);
    if (!best || misses.length < best.misses.length) best = { entry, misses };
  }
  return best;
}

function fromText(from: GrantFrom, field: keyof GrantFrom, { claim }: Reference): string {
  switch (field) {
    case 'group':
      return `allows from group '${from.group}', claims are in the core group, written ''`;
    case 'kind':
      return `allows from kind ${visibleKind(from.kind)}, the claim is a PersistentVolumeClaim`;
    case 'namespace':
      return `allows namespace ${visibleName(from.namespace)}, the claim is in ${visibleName(claim.namespace)}`;
  }
}

function toText(to: GrantTo, field: keyof GrantTo, { source }: Reference): string {
  switch (field) {
    case 'group':
      return `allows to group '${to.group}', the claim asks for '${source.group}'`;
    case 'kind':
      return `allows to kind ${visibleKind(to.kind)}, the claim asks for ${visibleKind(source.kind)}`;
    case 'name':
      return `allows ${visibleKind(to.kind)} ${visibleName(to.name ?? '')}, the claim asks for ${visibleName(source.name)}`;
  }
}

/** By namespace, then by name. */
export function precedes(a: Grant, b: Grant): boolean {
  return a.namespace === b.namespace ? a.name < b.name : a.namespace < b.namespace;
}
