import { at, text } from '../fields';
import type { GrantObject } from '../object-set';
import { type Fault, NO_FAULTS, type Rule } from '../rule';
import { titleOf } from '../set-object';
import { claimGrants, entriesOf } from './entries';

export const grantWildcard: Rule = {
  id: 'grant-wildcard',
  severity: 'error',
  sentence: 'A ReferenceGrant spells out namespaces and names: it knows no wildcard.',
  why: 'The API server refuses an asterisk in a namespace. In a name it accepts one, and then looks for an object that is called so: the grant allows nothing.',
  remediation: 'Write one entry for each namespace and for each name.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  *judge(set) {
    for (const one of claimGrants(set)) {
      yield { object: one.object, faults: [...faultsOf(one, 'from', 'namespace'), ...faultsOf(one, 'to', 'name')] };
    }
  },
};

function faultsOf(one: GrantObject, side: 'from' | 'to', field: string): readonly Fault[] {
  const wild = entriesOf(one, side).filter(({ node }) => text(at(node, field)).includes('*'));
  if (wild.length === 0) return NO_FAULTS;
  return wild.map(({ path, node }) => ({
    message: `${path}.${field} of ${titleOf(one.object)} is '${text(at(node, field))}', but must be spelled out: there are no wildcards`,
    node,
  }));
}
