import { at } from '../fields';
import type { Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { areDeliveredTogether, waveNodeOf, waveOf } from '../sync-wave';
import { VolumeUses } from '../volume-use';
import { isClaimObject } from './claim-object';

export const consumerBeforeClaim: Rule = {
  id: 'consumer-before-claim',
  severity: 'error',
  sentence: 'A workload comes in no earlier sync wave than the claims that it mounts.',
  why: 'A pod whose claim does not exist stays Pending. Argo CD waits for its workload to be healthy before it starts the wave of the claim: the sync waits for ever. A CronJob, and a workload without replicas, are healthy without a pod and are left alone.',
  remediation: 'Put the workload and its claim into one wave, or the workload into a later one.',
  source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',

  judge(set, say) {
    for (const { object, claim } of VolumeUses.of(set).all) {
      if (!isClaimObject(claim) || isHealthyWithoutPods(object)) continue;
      const [own, other] = [waveOf(object), waveOf(claim.object)];
      if (own >= other || !areDeliveredTogether(object, claim.object)) {
        say(object);
        continue;
      }
      const message = `sync wave of ${titleOf(object)} is '${own}', but must not be before '${other}', that of ${titleOf(claim.object)}, which it mounts: the sync would wait for ever`;
      say(object, { message, node: waveNodeOf(object) });
    }
  },
};

function isHealthyWithoutPods({ kind, manifest }: SetObject): boolean {
  return kind === 'CronJob' || at(manifest, 'spec', 'replicas') === 0 || at(manifest, 'spec', 'suspend') === true;
}
