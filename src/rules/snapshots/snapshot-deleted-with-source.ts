import { keyOf, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { at, text } from '../fields';
import type { ObjectSet } from '../object-set';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { showsSnapshotClasses, snapshotClass } from '../storage-class';

export const snapshotDeletedWithSource: Rule = {
  id: 'snapshot-deleted-with-source',
  severity: 'info',
  sentence: 'A snapshot that other namespaces are filled from outlives its VolumeSnapshot object.',
  why: 'With deletionPolicy Delete the copied data goes as soon as somebody deletes the VolumeSnapshot, or its namespace. Claims of the same namespace that still wait for it hold it back; claims of other namespaces do not, and stay Pending for ever. Bound claims are not touched. With Retain the data stays until it is deleted by hand, which somebody then has to do.',
  remediation: 'Keep a snapshot until all its consumers are bound, or use a VolumeSnapshotClass with deletionPolicy Retain.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/#deletionpolicy',

  judge(set, say) {
    if (!showsSnapshotClasses(set)) return;
    const consumers = consumersIn(set);
    for (const object of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
      const consumer = consumers.get(keyOf(object));
      const className = text(at(object.manifest, 'spec', 'volumeSnapshotClassName'));
      const policy = at(snapshotClass(set, className).object?.manifest, 'deletionPolicy');
      if (!consumer || (policy !== 'Delete' && policy !== 'Retain')) continue;
      if (policy === 'Retain') {
        say(object);
        continue;
      }
      const message = `deletionPolicy of VolumeSnapshotClass ${className} is 'Delete': deleting ${titleOf(object)} deletes the data, also while claim ${consumer} waits for it`;
      say(object, { message, node: at(object.manifest, 'spec') });
    }
  },
};

/** For each snapshot the first claim of another namespace that is filled from it. */
function consumersIn(set: ObjectSet): ReadonlyMap<string, string> {
  const consumers = new Map<string, string>();
  for (const { namespace, name, reference } of set.claims) {
    if (!reference || reference.source.namespace === namespace) continue;
    const key = keyOf(reference.source);
    if (!consumers.has(key)) consumers.set(key, `${namespace}/${name}`);
  }
  return consumers;
}
