import { isMisspelled } from '../field-names';
import { at } from '../fields';
import { GRANT_TO } from '../known-fields';
import { type Faults, faultsIn, type Rule } from '../rule';
import { titleOf } from '../set-object';
import { type ClaimGrant, claimGrants } from './entries';

export const grantTooWide: Rule = {
  id: 'grant-too-wide',
  severity: 'warning',
  sentence: 'A ReferenceGrant for claims names each object that may be copied.',
  why: 'Without a name it opens every object of that kind in its namespace, those of the future too, to every claim of the namespaces in `from`. With an empty name the API server refuses it: `should be at least 1 chars long`.',
  remediation: 'Add the name to each entry of `to`: at most 16 in a grant, and as many grants as you like.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    for (const one of claimGrants(set)) if (one.claims.length > 0) say(one.object, faultsOf(one));
  },
};

function faultsOf(one: ClaimGrant): Faults {
  return faultsIn(one.sources, ({ path, kind, node }) => {
    const name = at(node, 'name') ?? undefined;
    if ((name !== undefined && name !== '') || isMisspelled(node, GRANT_TO, 'name')) return undefined;
    const every = `every ${kind} of namespace ${one.object.namespace}`;
    const is = name === '' ? `'', which is refused, or taken for ${every}` : `absent, so it opens ${every}`;
    const message = `${path}.name of ${titleOf(one.object)} is ${is}; it should name the one that may be copied`;
    return { message, node };
  });
}
