import { crossesNamespace } from '../../reference/reference';
import { at, text } from '../fields';
import type { ObjectSet } from '../object-set';
import { type Rule, violatorsOf } from '../rule';
import { latestWarning } from './claim-events';
import { snapshotNotReady } from './snapshot-not-ready';

const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

export const claimPending: Rule = {
  id: 'claim-pending',
  severity: 'error',
  sentence: 'A claim that is granted a source in another namespace is bound, or nothing that failed holds it up.',
  why: 'The claim has no volume, and its pods do not start. csi-provisioner tries again after 1, 2, 4 and up to 300 seconds.',
  remediation:
    'Remove the cause that the event names; then touch the claim, for example with an annotation, and it is tried again at once instead of after up to five minutes.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',

  judge(set, say) {
    const waiting = violatorsOf(snapshotNotReady, set);
    for (const { object, namespace, name, reference, spec, annotations } of set.claims) {
      if (text(at(object.manifest, 'status', 'phase')) !== 'Pending' || !reference || !crossesNamespace(reference)) continue;
      // The cause is one of those that have rules of their own.
      if (!set.grantIndex.covers(reference) || waiting.has(object)) continue;
      const { known, warning } = latestWarning(set, object);
      const waitsForPod = !annotations[SELECTED_NODE] && bindsWhenUsed(set, text(at(spec, 'storageClassName')));
      if (!warning && (known || waitsForPod)) {
        say(object);
        continue;
      }
      const why = warning ?? 'no event says why';
      const message = `claim ${namespace}/${name} is granted ${reference.source.kind} ${reference.source.namespace}/${reference.source.name} and is Pending: ${why}`;
      say(object, { message });
    }
  },
};

/** A class that makes a volume only when a pod uses the claim: until then Pending is as it should be. */
function bindsWhenUsed(set: ObjectSet, className: string): boolean {
  const found = set.find({ group: 'storage.k8s.io', kind: 'StorageClass', namespace: '', name: className });
  return text(at(found?.manifest, 'volumeBindingMode')) === 'WaitForFirstConsumer';
}
