import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { at } from '../fields';
import { CONTENT_KIND } from '../pre-provisioned/handed-over-contents';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';

const SERVED = `${SNAPSHOT_GROUP}/v1`;
/** Group snapshots are of another group, which has versions of its own. */
const KINDS = [SNAPSHOT_KIND, 'VolumeSnapshotClass', CONTENT_KIND];

export const snapshotVersionNotServed: Rule = {
  id: 'snapshot-version-not-served',
  severity: 'error',
  sentence: 'A VolumeSnapshot, its class and its content are of version v1.',
  why: 'external-snapshotter serves v1beta1 no more since 6.0, though its CRDs still list it, and v1alpha1 no more since 2.0: `no matches for kind "VolumeSnapshot" in version "snapshot.storage.k8s.io/v1beta1"`. Claims and grants name the group without a version, and stay as they are.',
  remediation:
    'Write apiVersion: snapshot.storage.k8s.io/v1. What is of version v1beta1 needs no other change; v1alpha1 had other fields as well.',
  source: 'https://github.com/kubernetes-csi/external-snapshotter/blob/master/CHANGELOG/CHANGELOG-6.0.md',

  judge(set, say) {
    for (const kind of KINDS) {
      for (const object of set.ofKind(SNAPSHOT_GROUP, kind)) {
        if (object.apiVersion === SERVED) {
          say(object);
          continue;
        }
        const { apiVersion } = object;
        const message = `apiVersion of ${titleOf(object)} is '${apiVersion}', but must be '${SERVED}': no matches for kind "${kind}" in version "${apiVersion}"`;
        say(object, { message, node: at(object.manifest, 'apiVersion') });
      }
    }
  },
};
