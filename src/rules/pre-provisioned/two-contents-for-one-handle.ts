import { SNAPSHOT_GROUP } from '../../reference/reference';
import { at, text } from '../fields';
import type { ObjectSet } from '../object-set';
import type { Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { CONTENT_KIND } from './handed-over-contents';

export const twoContentsForOneHandle: Rule = {
  id: 'two-contents-for-one-handle',
  severity: 'error',
  sentence: 'A pre-provisioned content of a snapshot that another content holds too has the deletionPolicy Retain.',
  why: 'Two contents may name one snapshot of the storage; that is how a snapshot gets into a second namespace. But whoever deletes the one with Delete destroys the data of both. The content that the cluster made when the snapshot was taken may have Delete: it is the owner. Two with Retain do no harm.',
  remediation: 'Write deletionPolicy: Retain into all contents of the handle but the one of the owner.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#deletion-policy',

  judge(set, say) {
    const holders = holdersIn(set);
    for (const contents of holders.values()) {
      for (const object of contents) {
        const handle = text(at(object.manifest, 'spec', 'source', 'snapshotHandle'));
        const other = contents.find((one) => one.name !== object.name);
        if (!handle || !other) continue;
        const policy = at(object.manifest, 'spec', 'deletionPolicy');
        const message = `deletionPolicy of ${titleOf(object)} is 'Delete', but must be 'Retain': ${titleOf(other)} holds snapshot handle '${handle}' too, and its data would be destroyed`;
        say(object, policy === 'Delete' ? { message, node: at(object.manifest, 'spec') } : undefined);
      }
    }
  },
};

/** The contents of each handle of each driver: of one that is given, or of one that the driver has made. */
function holdersIn(set: ObjectSet): ReadonlyMap<string, readonly SetObject[]> {
  const holders = new Map<string, SetObject[]>();
  for (const object of set.ofKind(SNAPSHOT_GROUP, CONTENT_KIND)) {
    const { manifest } = object;
    const handle = text(at(manifest, 'spec', 'source', 'snapshotHandle')) || text(at(manifest, 'status', 'snapshotHandle'));
    if (!handle) continue;
    const key = `${text(at(manifest, 'spec', 'driver'))} ${handle}`;
    holders.set(key, [...(holders.get(key) ?? []), object]);
  }
  return holders;
}
