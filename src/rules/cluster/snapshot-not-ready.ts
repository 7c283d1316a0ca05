import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { at, text } from '../fields';
import type { Rule } from '../rule';

export const snapshotNotReady: Rule = {
  id: 'snapshot-not-ready',
  severity: 'error',
  sentence: 'The snapshot that a Pending claim is to be filled from is ready to use.',
  why: 'The claim stays Pending, with `snapshot NAME not bound` or `snapshot NAME is not Ready` in its event `ProvisioningFailed`, until the snapshot is ready.',
  remediation: "Look at the snapshot's events and status; a snapshot that failed for good has to be taken again under another name.",
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/',

  judge(set, say) {
    for (const { object, namespace, name, named, reference } of set.claims) {
      const phase = text(at(object.manifest, 'status', 'phase'));
      if (!phase || phase === 'Bound' || reference?.source.group !== SNAPSHOT_GROUP || reference.source.kind !== SNAPSHOT_KIND) continue;
      // A handed-over snapshot is what the provisioner looks at; where it is not seen, the original may say more.
      const snapshot = set.find(named ?? reference.source) ?? set.find(reference.source);
      if (!snapshot) continue;
      const status = at(snapshot.manifest, 'status');
      if (at(status, 'readyToUse') === true) {
        say(object);
        continue;
      }
      const error = text(at(status, 'error', 'message'));
      const why = error ? `it failed: ${error}` : 'it reports no error, it may only need time';
      const message = `claim ${namespace}/${name} waits for VolumeSnapshot ${snapshot.namespace}/${snapshot.name}, which is not ready to use: ${why}`;
      const remediation = `kubectl -n ${snapshot.namespace} describe volumesnapshot ${snapshot.name}`;
      say(object, { message, remediation });
    }
  },
};
