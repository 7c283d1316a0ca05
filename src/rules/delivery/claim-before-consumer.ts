import { at } from '../fields';
import type { ObjectSet } from '../object-set';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { storageClass, storageClassNameOf } from '../storage-class';
import { areDeliveredTogether, waveNodeOf, waveOf } from '../sync-wave';
import { VolumeUses } from '../volume-use';
import { isClaimObject } from './claim-object';

export const claimBeforeConsumer: Rule = {
  id: 'claim-before-consumer',
  severity: 'error',
  sentence: 'A claim that binds for its first consumer is in the sync wave of that consumer.',
  why: 'With `volumeBindingMode: WaitForFirstConsumer` a claim stays Pending until a pod uses it. Argo CD waits for the claim before it starts the wave of the pod: the sync says `waiting for healthy state of /PersistentVolumeClaim/NAME` for ever. Looked at only if the set shows the StorageClass.',
  remediation: 'Put the claim and the workload that mounts it into one wave.',
  source: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode',

  judge(set, say) {
    const uses = VolumeUses.of(set);
    for (const claim of set.claims) {
      const { object } = claim;
      const consumers = uses.usesOf(claim).map((use) => use.object);
      const className = storageClassNameOf(claim);
      if (!isClaimObject(claim) || consumers.length === 0 || !className || !waits(set, className)) continue;
      const [wave, consumer] = [waveOf(object), consumers[0]];
      if (!consumers.every((one) => waveOf(one) > wave && areDeliveredTogether(one, object))) {
        say(object);
        continue;
      }
      const message = `sync wave of ${titleOf(object)} is '${wave}', but must be '${waveOf(consumer)}', that of ${titleOf(consumer)}, which mounts it: StorageClass ${className} waits for the first consumer, and the sync would wait for ever`;
      say(object, { message, node: waveNodeOf(object) });
    }
  },
};

function waits(set: ObjectSet, className: string): boolean {
  return at(storageClass(set, className).object?.manifest, 'volumeBindingMode') === 'WaitForFirstConsumer';
}
