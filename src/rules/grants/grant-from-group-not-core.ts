import { CORE_GROUP } from '../../reference/reference';
import { isMisspelled } from '../field-names';
import { GRANT_FROM } from '../known-fields';
import { type Fault, faultsIn, type Rule } from '../rule';
import { titleOf } from '../set-object';
import { type ClaimGrant, claimGrants, type Entry } from './entries';

export const grantFromGroupNotCore: Rule = {
  id: 'grant-from-group-not-core',
  severity: 'error',
  sentence: "A ReferenceGrant names claims in group '', written out: the core group has no name.",
  why: 'A grant from group `core` or `v1` is accepted and allows nothing; one without a group is refused: `spec.from[0].group: Required value`.',
  remediation: "Write group: '' in each entry of `from`.",
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    for (const one of claimGrants(set)) {
      say(
        one.object,
        faultsIn(one.claims, (entry) => (entry.group === CORE_GROUP ? undefined : faultOf(one, entry))),
      );
    }
  },
};

function faultOf({ object }: ClaimGrant, { path, group, node }: Entry): Fault | undefined {
  if (group === undefined && isMisspelled(node, GRANT_FROM, 'group')) return undefined;
  const is = group === undefined ? 'absent' : `'${group}'`;
  const message = `${path}.group of ${titleOf(object)} is ${is}, but PersistentVolumeClaims are in the core group, which must be written ''`;
  return { message, node };
}
