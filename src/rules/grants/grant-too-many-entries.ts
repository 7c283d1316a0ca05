import { MAX_GRANT_ENTRIES } from '../../reference/grant';
import { at } from '../fields';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { claimGrants, entriesOf } from './entries';

export const grantTooManyEntries: Rule = {
  id: 'grant-too-many-entries',
  severity: 'error',
  sentence: `A ReferenceGrant has at most ${MAX_GRANT_ENTRIES} entries in \`from\` and ${MAX_GRANT_ENTRIES} in \`to\`.`,
  why: 'The API server refuses more: `spec.from: Too many: 17: must have at most 16 items`. Then the old grant, if there is one, stays in force as it was.',
  remediation:
    'Write several grants: each counts as a whole, so each one needs its own `from` and `to`. One for each consumer is easiest to revoke.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  *judge(set) {
    for (const one of claimGrants(set)) {
      const sides = (['from', 'to'] as const).filter((side) => entriesOf(one, side).length > MAX_GRANT_ENTRIES);
      yield {
        object: one.object,
        faults: sides.map((side) => ({
          message: `spec.${side} of ${titleOf(one.object)} has ${entriesOf(one, side).length} entries, but must have at most ${MAX_GRANT_ENTRIES}`,
          node: at(one.object.manifest, 'spec', side),
        })),
      };
    }
  },
};
