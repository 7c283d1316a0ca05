import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { isMisspelled } from '../field-names';
import { at, text } from '../fields';
import { SNAPSHOT_SPEC } from '../known-fields';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { shown } from '../shown';

export const snapshotClassMissing: Rule = {
  id: 'snapshot-class-missing',
  severity: 'warning',
  sentence: 'A VolumeSnapshot that is taken of a claim names its VolumeSnapshotClass.',
  why: "Without a name the driver's default class decides, and with it whether deleting the snapshot deletes the copy. Where there is none, or more than one, the snapshot never becomes ready: `cannot find default snapshot class`. An empty name is rejected by the API server.",
  remediation: 'Set spec.volumeSnapshotClassName.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/',

  judge(set, say) {
    for (const object of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
      const spec = at(object.manifest, 'spec');
      const claim = at(spec, 'source', 'persistentVolumeClaimName');
      if (claim === undefined || claim === null) continue;
      const written = at(spec, 'volumeSnapshotClassName');
      if (text(written) || isMisspelled(spec, SNAPSHOT_SPEC, 'volumeSnapshotClassName')) {
        say(object);
        continue;
      }
      const message = `volumeSnapshotClassName of ${titleOf(object)} is ${shown(written)}, but must name the class by which ${shown(claim)} is copied`;
      say(object, { message, node: spec });
    }
  },
};
