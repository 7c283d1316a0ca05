import type { Grant } from '../../reference/grant';
import { sourceOfHandedOver } from '../../reference/pre-provisioned';
import { CLAIM_KIND, CORE_GROUP, type Reference, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import type { GrantObject, ObjectSet } from '../object-set';
import { claimGrants } from './entries';

const KNOWN = new WeakMap<ObjectSet, ReadonlySet<GrantObject>>();

/** The grants that cover at least one claim of the set. Two rules ask. */
export function usedGrants(set: ObjectSet): ReadonlySet<GrantObject> {
  const known = KNOWN.get(set) ?? grantsInUse(set);
  KNOWN.set(set, known);
  return known;
}

function grantsInUse(set: ObjectSet): ReadonlySet<GrantObject> {
  const asked = new Set<string>();
  for (const { claim, source } of referencesOf(set)) {
    asked.add(aim(source.namespace, claim.namespace, source, source.name));
    asked.add(aim(source.namespace, claim.namespace, source, ''));
  }
  return new Set(claimGrants(set).filter(({ grant }) => isAsked(grant, asked)));
}

/** What the claims ask for; a snapshot that is handed over asks for its original, even where no claim uses it yet. */
function* referencesOf(set: ObjectSet): Generator<Reference> {
  for (const { reference } of set.claims) if (reference) yield reference;
  for (const { group, kind, namespace, name } of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
    const original = sourceOfHandedOver(name);
    if (original) yield { claim: { namespace, name }, source: { group, kind, ...original } };
  }
}

function isAsked({ namespace, from, to }: Grant, asked: ReadonlySet<string>): boolean {
  return from.some(
    (entry) =>
      entry.group === CORE_GROUP &&
      entry.kind === CLAIM_KIND &&
      to.some((target) => asked.has(aim(namespace, entry.namespace, target, target.name ?? ''))),
  );
}

function aim(owner: string, consumer: string, { group, kind }: { group: string; kind: string }, name: string): string {
  return `${owner} ${consumer} ${group} ${kind} ${name}`;
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
  for (const one of claimGrants(set)) {
    if (used.has(one)) continue;
    const { namespace, from, to } = one.grant;
    for (const entry of from)
      if (entry.group === CORE_GROUP && entry.kind === CLAIM_KIND) keep(froms, `${namespace} ${entry.namespace}`, one);
    for (const { group, kind, name = '' } of to) keep(tos, `${namespace} ${group} ${kind} ${name}`, one);
  }
  return [...set.refusals.values()].flatMap(({ reference }) => {
    const { group, kind, namespace, name } = reference.source;
    const from = froms.get(`${namespace} ${reference.claim.namespace}`);
    const to = tos.get(`${namespace} ${group} ${kind} ${name}`) ?? tos.get(`${namespace} ${group} ${kind} `);
    return from && to ? [{ from, to, reference }] : [];
  });
}
