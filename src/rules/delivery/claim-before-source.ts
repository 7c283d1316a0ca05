import type { Claim } from '../claim';
import { ClaimIndex } from '../claim-index';
import type { Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { areDeliveredTogether, waveNodeOf, waveOf } from '../sync-wave';

export const claimBeforeSource: Rule = {
  id: 'claim-before-source',
  severity: 'error',
  sentence: 'A claim comes in no earlier sync wave than the snapshot or claim that it is filled from.',
  why: 'Argo CD waits for the claim to be bound before it starts the next wave, and the claim waits for the source in it: the sync says `waiting for healthy state of /PersistentVolumeClaim/NAME` for ever, and does not read the commit that would repair it. Objects count as delivered together if Argo CD tracks them for one Application, else if their files are in one folder.',
  remediation: 'Put the source into an earlier wave than the claim; if two Applications deliver them, keep their files in two folders.',
  source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',

  judge(set, say) {
    const claims = ClaimIndex.of(set);
    for (const claim of set.claims) {
      const source = sourceOf(claims, claim);
      if (!source || source === claim.object) continue;
      const { object, namespace, name } = claim;
      const own = waveOf(object);
      // Where the set says something twice, it is the manifest of the same delivery that counts.
      const late = set.findAll(source).find((one) => waveOf(one) > own && areDeliveredTogether(one, object));
      if (!late) {
        say(object);
        continue;
      }
      const message = `sync wave of claim ${namespace}/${name} is '${own}', but must not be before '${waveOf(late)}', that of its source ${titleOf(late)}: the sync would wait for ever`;
      say(object, { message, node: waveNodeOf(object) });
    }
  },
};

function sourceOf(claims: ClaimIndex, claim: Claim): SetObject | undefined {
  const shown = claims.sourceOf(claim);
  return shown.snapshot ?? shown.claim?.object;
}
