import { labelFault } from '../../reference/dns';
import { CLAIM_KIND, CORE_GROUP } from '../../reference/reference';
import type { ObjectSet } from '../object-set';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { groupOfKind } from '../source-kind';
import { usedGrants } from './coverage';
import { type ClaimGrant, claimGrants } from './entries';
import { grantsToldElsewhere, unreadNamespaces } from './told-elsewhere';

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
    const told = grantsToldElsewhere(set);
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
