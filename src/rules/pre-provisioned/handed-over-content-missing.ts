import { handedOverContentName, sourceOfHandedOver } from '../../reference/pre-provisioned';
import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { at } from '../fields';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { CONTENT_KIND } from './handed-over-contents';

export const handedOverContentMissing: Rule = {
  id: 'handed-over-content-missing',
  severity: 'error',
  sentence: 'The content of a handed-over snapshot is in the set, if the set shows contents.',
  why: 'The snapshot is never ready, and claims that are filled from it stay Pending, until somebody makes the content. It is judged only where the set holds some VolumeSnapshotContent.',
  remediation: 'Add the content to the set, or correct its name.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#static',

  judge(set, say) {
    if (set.ofKind(SNAPSHOT_GROUP, CONTENT_KIND).length === 0) return;
    for (const object of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
      const original = sourceOfHandedOver(object.name);
      const source = at(object.manifest, 'spec', 'source');
      const name = original && handedOverContentName(object.namespace, original);
      // Of one that is not taken from its content another rule speaks.
      if (!name || at(source, 'volumeSnapshotContentName') !== name || set.isExternal(object.namespace)) continue;
      const found = set.find({ group: SNAPSHOT_GROUP, kind: CONTENT_KIND, namespace: '', name });
      const message = `${titleOf(object)} is taken from VolumeSnapshotContent ${name}, but the VolumeSnapshotContents of this set do not include it`;
      say(object, found ? undefined : { message, node: source });
    }
  },
};
