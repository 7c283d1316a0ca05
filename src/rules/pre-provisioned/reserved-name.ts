import { HANDED_OVER } from '../../reference/pre-provisioned';
import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { at } from '../fields';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';

export const reservedName: Rule = {
  id: 'reserved-name',
  severity: 'error',
  sentence: `A VolumeSnapshot whose name begins with \`${HANDED_OVER}\` is one that was handed over, taken from its content.`,
  why: 'Claims are judged by the name of the snapshot: it says whose data they get. The policies refuse anything else behind such a name, in the words of this finding.',
  remediation: 'Give the snapshot another name, or take it from the content of that name.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#static',

  judge(set, say) {
    for (const object of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
      if (!object.name.startsWith(HANDED_OVER)) continue;
      const source = at(object.manifest, 'spec', 'source');
      const content = `${HANDED_OVER}${object.namespace}.${object.name.slice(HANDED_OVER.length)}`;
      const message = `${titleOf(object)} is named like a handed-over snapshot, but is not taken from VolumeSnapshotContent ${content}: give it another name`;
      const isTaken = at(source, 'volumeSnapshotContentName') === content;
      say(object, isTaken ? undefined : { message, node: source ?? at(object.manifest, 'metadata') });
    }
  },
};
