import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { at } from '../fields';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { CONTENT_KIND, contentNameOf } from './handed-over-contents';
import { areFilledIn } from './policies';

export const handedOverContentMissing: Rule = {
  id: 'handed-over-content-missing',
  severity: 'error',
  sentence: 'The content of a handed-over snapshot is in the set, if the set shows contents, or the policies that fill them.',
  why: 'The snapshot is never ready, and claims that are filled from it stay Pending, until somebody makes the content. It is judged only where the set holds some VolumeSnapshotContent, or PreProvisionedSnapshotPolicies.',
  remediation: 'Add the content to the set, or correct its name.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#static',

  judge(set, say) {
    let isShown: boolean | undefined;
    for (const object of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
      const name = contentNameOf(object);
      if (!name || set.isExternal(object.namespace)) continue;
      isShown ??= set.ofKind(SNAPSHOT_GROUP, CONTENT_KIND).length > 0 || areFilledIn(set);
      if (!isShown) return;
      const found = set.find({ group: SNAPSHOT_GROUP, kind: CONTENT_KIND, namespace: '', name });
      const message = `${titleOf(object)} is taken from VolumeSnapshotContent ${name}, but the set does not hold it`;
      say(object, found ? undefined : { message, node: at(object.manifest, 'spec', 'source') });
    }
  },
};
