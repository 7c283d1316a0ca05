import { labelFault } from '../../reference/dns';
import type { Grant } from '../../reference/grant';
import { CLAIM_KIND, CORE_GROUP, type Reference } from '../../reference/reference';
import { isSpelled } from '../field-names';
import { CLAIM } from '../known-fields';
import { meantGrants } from '../meant-namespace';
import type { ObjectSet } from '../object-set';
import { askOf, contentRefusals } from '../pre-provisioned/content-refusals';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { groupOfKind } from '../source-kind';
import { splitsIn, usedGrants } from './coverage';
import { type ClaimGrant, claimGrants } from './entries';

export const grantCoversNothing: Rule = {
  id: 'grant-covers-nothing',
  severity: 'warning',
  sentence: 'A ReferenceGrant is used: some claim in a namespace that it opens asks for something that it allows.',
  why: 'A forgotten grant keeps data open. It matches by name only: whoever makes a namespace of that name tomorrow may copy. It is judged only where the set shows claims of every namespace that the grant names; a grant whose own mistake is told elsewhere, at a claim or by another rule, is not told again.',
  remediation:
    'Remove the grant, or correct its namespaces and names; if the consumers are delivered elsewhere, name their namespace with --external.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    const used = usedGrants(set);
    const told = toldGrants(set);
    let unread: ReadonlySet<string> | undefined;
    for (const one of claimGrants(set)) {
      const { namespaces } = one;
      if (!namespaces.every((namespace) => set.claimsOf(namespace).length > 0 && !set.isExternal(namespace)) || !isWellFormed(one))
        continue;
      if (used.has(one.grant)) {
        say(one.object);
        continue;
      }
      unread ??= unreadNamespaces(set);
      if (!told.has(one.grant) && !namespaces.some((namespace) => unread?.has(namespace)))
        say(one.object, { message: messageFor(set, one) });
    }
  },
};

/** The grants of which a refusal speaks, and those that are right for what a refused claim means. */
function toldGrants(set: ObjectSet): ReadonlySet<Grant> {
  const told = new Set<Grant>();
  // Thousands of claims may ask for the same.
  const asked = new Map<string, Reference>();
  for (const refusal of [...set.refusals.values(), ...[...contentRefusals(set)].map(({ refusal }) => refusal)]) {
    if (!refusal) continue;
    if (refusal.miss) told.add(refusal.miss.grant);
    asked.set(askOf(refusal.reference), refusal.reference);
  }
  for (const reference of asked.values()) for (const grant of meantGrants(set, reference)) told.add(grant);
  for (const { from, to } of splitsIn(set)) told.add(from).add(to);
  return told;
}

/** The namespaces with a claim of which a field stands under a wrong name: it may ask for anything. */
function unreadNamespaces(set: ObjectSet): ReadonlySet<string> {
  return new Set(set.claims.filter(({ node }) => !isSpelled(node, CLAIM)).map(({ namespace }) => namespace));
}

/** Whether some claim could match it; where none could, another rule says why. */
function isWellFormed(one: ClaimGrant): boolean {
  const { claims: from, sources: to, namespaces } = one;
  return (
    from.length > 0 &&
    to.length > 0 &&
    from.every(({ group, kind }) => group === CORE_GROUP && kind === CLAIM_KIND) &&
    to.every(({ group, kind }) => group !== undefined && group === groupOfKind(kind)) &&
    one.grant.to.every(({ name }) => name !== '*') &&
    namespaces.every((namespace) => labelFault(namespace) === undefined && namespace !== one.object.namespace)
  );
}

function messageFor(set: ObjectSet, { object, grant, namespaces }: ClaimGrant): string {
  const opened = grant.to.map(({ kind, name }) => (name ? `${kind} ${name}` : `every ${kind}`)).join(', ');
  const asking = namespaces.reduce((sum, namespace) => sum + set.claimsOf(namespace).length, 0);
  const where = namespaces.length === 1 ? `namespace ${namespaces[0]}` : `the namespaces ${namespaces.join(', ')}`;
  const claims = asking === 1 ? 'the one claim there does not ask for it' : `none of the ${asking} claims there asks for it`;
  return `${titleOf(object)} opens ${opened} to claims of ${where}, but ${claims}`;
}
