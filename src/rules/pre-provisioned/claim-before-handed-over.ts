import { handedOverContentName } from '../../reference/pre-provisioned';
import { SNAPSHOT_GROUP } from '../../reference/reference';
import type { Claim } from '../claim';
import type { ObjectSet } from '../object-set';
import type { Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { areDeliveredTogether, waveNodeOf, waveOf } from '../sync-wave';
import { CONTENT_KIND } from './handed-over-contents';

export const claimBeforeHandedOver: Rule = {
  id: 'claim-before-handed-over',
  severity: 'error',
  sentence: 'A claim comes in no earlier sync wave than the handed-over snapshot that it is filled from, and the content behind it.',
  why: 'Argo CD waits for the claim to be bound before it starts the next wave, and the claim waits for the snapshot in it: the sync says `waiting for healthy state of /PersistentVolumeClaim/NAME` for ever. Objects count as delivered together if Argo CD tracks them for one Application, else if their files are in one folder.',
  remediation: 'Put the snapshot and its content into an earlier wave than the claim.',
  source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',

  judge(set, say) {
    for (const claim of set.claims) {
      const pair = pairOf(set, claim);
      if (pair.length === 0) continue;
      const { object, namespace, name } = claim;
      const late = pair.find((one) => areDeliveredTogether(one, object) && waveOf(one) > waveOf(object));
      const message = `sync wave of claim ${namespace}/${name} is '${waveOf(object)}', but must not be before '${late && waveOf(late)}', that of ${late && titleOf(late)}, which it is filled from: the sync would wait for ever`;
      say(object, late ? { message, node: waveNodeOf(object) } : undefined);
    }
  },
};

/** What the set shows of the snapshot that was handed over for a claim, and of its content. */
function pairOf(set: ObjectSet, { named: local, reference, namespace }: Claim): readonly SetObject[] {
  if (!local || !reference || reference.source === local) return [];
  const name = handedOverContentName(namespace, reference.source);
  return [...set.findAll(local), ...set.findAll({ group: SNAPSHOT_GROUP, kind: CONTENT_KIND, namespace: '', name })];
}
