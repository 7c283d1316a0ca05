import { at } from '../fields';
import type { GrantObject } from '../object-set';
import type { Fault, Rule } from '../rule';
import { titleOf } from '../set-object';
import { claimEntries, claimGrants, sourceEntries } from './entries';

export const grantTooWide: Rule = {
  id: 'grant-too-wide',
  severity: 'warning',
  sentence: 'A ReferenceGrant for claims names each object that may be copied.',
  why: 'Without a name it opens every object of that kind in its namespace, those of the future too, to every claim of the namespaces in `from`. With an empty name the API server refuses it: `should be at least 1 chars long`.',
  remediation: 'Add the name to each entry of `to`: at most 16 in a grant, and as many grants as you like.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  *judge(set) {
    for (const one of claimGrants(set)) if (claimEntries(one).length > 0) yield { object: one.object, faults: faultsOf(one) };
  },
};

function faultsOf(one: GrantObject): Fault[] {
  return sourceEntries(one).flatMap(({ path, kind, node }) => {
    const name = at(node, 'name') ?? undefined;
    if (name !== undefined && name !== '') return [];
    const every = `every ${kind} of namespace ${one.object.namespace}`;
    const is = name === '' ? `'', which is refused, or taken for ${every}` : `absent, so it opens ${every}`;
    const message = `${path}.name of ${titleOf(one.object)} is ${is}; it should name the one that may be copied`;
    return [{ message, node }];
  });
}
