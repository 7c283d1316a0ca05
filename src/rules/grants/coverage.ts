import { sourceOfHandedOver } from '../../reference/pre-provisioned';
import { CLAIM_KIND, CORE_GROUP, crossesNamespace, type Reference, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { isCrossing } from '../claim';
import type { GrantObject, ObjectSet } from '../object-set';
import { oncePerSet } from '../once-per-set';
import { claimGrants } from './entries';

/** The grants that cover something that claims ask for; a snapshot that is handed over asks for its original, even where no claim uses it yet. */
export const usedGrants = oncePerSet((set): ReadonlySet<GrantObject> => {
  const used = new Set<GrantObject>();
  for (const claim of set.claims) {
    if (isCrossing(claim)) for (const grant of set.grantsFor(claim)) used.add(grant);
  }
  for (const reference of handedOver(set)) {
    if (crossesNamespace(reference)) for (const grant of set.grantIndex.covering(reference)) used.add(grant);
  }
  return used;
});

/** What snapshots that are handed over ask for: their originals. */
export function* handedOver(set: ObjectSet): Generator<Reference> {
  for (const { group, kind, namespace, name } of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
    const original = sourceOfHandedOver(name);
    if (original) yield { claim: { namespace, name }, source: { group, kind, ...original } };
  }
}

/** A claim that would be covered if two grants were one. */
export interface Split {
  readonly from: GrantObject;
  readonly to: GrantObject;
  readonly reference: Reference;
}

/** Refused claims whose namespace is in one grant and whose source is in another, where neither grant is of use to anybody. */
export function splitsIn(set: ObjectSet): Split[] {
  if (set.refusals.size === 0) return [];
  const used = usedGrants(set);
  const froms = new Map<string, GrantObject>();
  const tos = new Map<string, GrantObject>();
  const keep = (map: Map<string, GrantObject>, key: string, grant: GrantObject) => map.has(key) || map.set(key, grant);
  for (const { grant } of claimGrants(set)) {
    const { namespace, from, to } = grant;
    if (used.has(grant)) continue;
    for (const entry of from)
      if (entry.group === CORE_GROUP && entry.kind === CLAIM_KIND) keep(froms, `${namespace} ${entry.namespace}`, grant);
    for (const { group, kind, name = '' } of to) keep(tos, `${namespace} ${group} ${kind} ${name}`, grant);
  }
  return [...set.refusals.values()].flatMap(({ reference }) => {
    const { group, kind, namespace, name } = reference.source;
    const from = froms.get(`${namespace} ${reference.claim.namespace}`);
    const to = tos.get(`${namespace} ${group} ${kind} ${name}`) ?? tos.get(`${namespace} ${group} ${kind} `);
    return from && to ? [{ from, to, reference }] : [];
  });
}
