import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { areDeliveredTogether, waveNodeOf, waveOf } from '../sync-wave';

export const claimBeforeGrant: Rule = {
  id: 'claim-before-grant',
  severity: 'error',
  sentence: 'A claim comes in no earlier sync wave than the grant that it needs.',
  why: 'Argo CD waits for the claim to be bound before it starts the next wave, and the claim waits for the grant in it: the sync says `waiting for healthy state of /PersistentVolumeClaim/NAME` for ever, and does not read the commit that would repair it. Objects count as delivered together if Argo CD tracks them for one Application, else if their files are in one folder.',
  remediation:
    'Put the grant into an earlier wave than the claim, such as -1; if two Applications deliver them, keep their files in two folders.',
  source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',

  judge(set, say) {
    for (const claim of set.claims) {
      const covering = set.needsGrant(claim) ? set.grantsFor(claim) : [];
      if (covering.length === 0) continue;
      const { object, namespace, name } = claim;
      const wave = waveOf(object);
      const isLate = covering.every(({ object: grant }) => waveOf(grant) > wave && areDeliveredTogether(grant, object));
      if (!isLate) {
        say(object);
        continue;
      }
      const message = `sync wave of claim ${namespace}/${name} is '${wave}', but must not be before '${waveOf(covering[0].object)}', that of ${titleOf(covering[0].object)}, which it needs: the sync would wait for ever`;
      say(object, { message, node: waveNodeOf(object) });
    }
  },
};
