import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { claimGrants } from './entries';

export const grantInTargetNamespace: Rule = {
  id: 'grant-in-target-namespace',
  severity: 'error',
  sentence: 'A ReferenceGrant stands in the namespace of the source, beside what it opens, and not in that of the claims.',
  why: 'A grant opens its own namespace only. One from the claims of its own namespace is accepted and allows nothing, because those need no grant; whoever owns the data has not allowed anything yet.',
  remediation: "Move the grant to the source's namespace; there it is for the owner of the data to give.",
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    for (const one of claimGrants(set)) {
      const { object, namespaces } = one;
      if (namespaces.length === 0) continue;
      if (!namespaces.every((namespace) => namespace === object.namespace)) {
        say(object);
        continue;
      }
      const message = `${titleOf(object)} is from claims of namespace ${object.namespace}, in which it stands itself; it must stand in the namespace of the source`;
      say(object, { message });
    }
  },
};
