import { at } from '../fields';
import type { Rule } from '../rule';
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
      const fields = [
        ...entriesOf(one, 'from').map((entry) => ({ ...entry, field: 'namespace' })),
        ...entriesOf(one, 'to').map((entry) => ({ ...entry, field: 'name' })),
      ];
      yield {
        object: one.object,
        faults: fields.flatMap(({ path, node, field }) => {
          const value = at(node, field);
          if (typeof value !== 'string' || !value.includes('*')) return [];
          return [
            { message: `${path}.${field} of ${titleOf(one.object)} is '${value}', but must be spelled out: there are no wildcards`, node },
          ];
        }),
      };
    }
  },
};
