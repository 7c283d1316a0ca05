import { MAX_GRANT_ENTRIES } from '../../reference/grant';
import { at } from '../fields';
import { faultsIn, type Rule } from '../rule';
import { titleOf } from '../set-object';
import { claimGrants, SIDES } from './entries';

export const grantTooManyEntries: Rule = {
  id: 'grant-too-many-entries',
  severity: 'error',
  sentence: `A ReferenceGrant has at most ${MAX_GRANT_ENTRIES} entries in \`from\` and ${MAX_GRANT_ENTRIES} in \`to\`.`,
  why: 'The API server refuses more: `spec.from: Too many: 17: must have at most 16 items`. Then the old grant, if there is one, stays in force as it was.',
  remediation:
    'Write several grants: each counts as a whole, so each one needs its own `from` and `to`. One for each consumer is easiest to revoke.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    for (const one of claimGrants(set)) {
      say(
        one.object,
        faultsIn(SIDES, (side) => {
          const { length } = one[side];
          if (length <= MAX_GRANT_ENTRIES) return undefined;
          const message = `spec.${side} of ${titleOf(one.object)} has ${length} entries, but must have at most ${MAX_GRANT_ENTRIES}`;
          return { message, node: at(one.object.manifest, 'spec', side) };
        }),
      );
    }
  },
};
