import { CORE_GROUP } from '../../reference/reference';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { claimEntries, claimGrants } from './entries';

export const grantFromGroupNotCore: Rule = {
  id: 'grant-from-group-not-core',
  severity: 'error',
  sentence: "A ReferenceGrant names claims in group '', written out: the core group has no name.",
  why: 'A grant from group `core` or `v1` is accepted and allows nothing; one without a group is refused: `spec.from[0].group: Required value`.',
  remediation: "Write group: '' in each entry of `from`.",
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  *judge(set) {
    for (const one of claimGrants(set)) {
      const wrong = claimEntries(one).filter(({ group }) => group !== CORE_GROUP);
      yield {
        object: one.object,
        faults: wrong.map(({ path, group, node }) => ({
          message: `${path}.group of ${titleOf(one.object)} is ${group === undefined ? 'absent' : `'${group}'`}, but PersistentVolumeClaims are in the core group, which must be written ''`,
          node,
        })),
      };
    }
  },
};
