import { at, text } from '../fields';
import { type Faults, faultsIn, listOf, type Rule } from '../rule';
import { titleOf } from '../set-object';
import { type ClaimGrant, claimGrants } from './entries';

export const grantWildcard: Rule = {
  id: 'grant-wildcard',
  severity: 'error',
  sentence: 'A ReferenceGrant spells out namespaces and names: it knows no wildcard.',
  why: 'The API server refuses an asterisk in a namespace. In a name it accepts one, and then looks for an object that is called so: the grant allows nothing.',
  remediation: 'Write one entry for each namespace and for each name.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    for (const one of claimGrants(set)) {
      const [namespaces, names] = [faultsOf(one, 'from', 'namespace'), faultsOf(one, 'to', 'name')];
      say(one.object, namespaces || names ? [...listOf(namespaces), ...listOf(names)] : undefined);
    }
  },
};

function faultsOf(one: ClaimGrant, side: 'from' | 'to', field: string): Faults {
  return faultsIn(one[side], ({ path, node }) => {
    const written = text(at(node, field));
    if (!written.includes('*')) return undefined;
    return { message: `${path}.${field} of ${titleOf(one.object)} is '${written}', but must be spelled out: there are no wildcards`, node };
  });
}
