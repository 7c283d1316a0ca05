import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { at, text } from '../fields';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { showsSnapshotClasses, snapshotClass } from '../storage-class';

export const snapshotClassNotInSet: Rule = {
  id: 'snapshot-class-not-in-set',
  severity: 'info',
  sentence: 'Where the set shows VolumeSnapshotClasses, it shows those that snapshots name.',
  why: 'A snapshot of a class that does not exist never becomes ready. If the class is delivered elsewhere, its driver and its deletion policy cannot be judged here.',
  remediation: 'Check the spelling, or that the class is delivered elsewhere.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/',

  judge(set, say) {
    if (!showsSnapshotClasses(set)) return;
    for (const object of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
      const spec = at(object.manifest, 'spec');
      const name = text(at(spec, 'volumeSnapshotClassName'));
      if (!name) continue;
      if (snapshotClass(set, name).object) {
        say(object);
        continue;
      }
      const message = `volumeSnapshotClassName of ${titleOf(object)} is '${name}', but the VolumeSnapshotClasses of this set do not include it`;
      say(object, { message, node: spec });
    }
  },
};
