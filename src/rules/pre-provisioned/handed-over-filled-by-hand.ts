import { GRANTED_BY_ANNOTATION, SOURCE_UID_ANNOTATION } from '../../reference/pre-provisioned';
import { at } from '../fields';
import type { Fault, Rule } from '../rule';
import { titleOf } from '../set-object';
import { type HandedOverContent, handedOverContents } from './handed-over-contents';

export const handedOverFilledByHand: Rule = {
  id: 'handed-over-filled-by-hand',
  severity: 'error',
  sentence: 'A handed-over content leaves it to the cluster what it is filled from, and which grant allows it.',
  why: 'Whoever could write the handle could read any snapshot of the driver. The policies refuse a content that says itself what it is filled from, or that a grant allows it, in the words of this finding. A content that was read from a cluster, which has a uid, is full and not judged.',
  remediation: 'Write `source: {}`, without sourceVolumeMode and without the annotations that the cluster writes.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#static',

  judge(set, say) {
    for (const content of handedOverContents(set)) {
      if (at(content.metadata, 'uid') === undefined) say(content.object, faultsOf(content));
    }
  },
};

function faultsOf({ object, spec, metadata }: HandedOverContent): Fault[] {
  const source = at(spec, 'source');
  const sent = [at(source, 'snapshotHandle'), at(source, 'volumeHandle'), at(spec, 'sourceVolumeMode')].some(isThere);
  const annotations = at(metadata, 'annotations');
  const stamped = [GRANTED_BY_ANNOTATION, SOURCE_UID_ANNOTATION].some((key) => isThere(at(annotations, key)));
  const faults: Fault[] = [];
  if (sent) {
    const message = `${titleOf(object)} says itself what it is filled from, but that is written by the cluster: write "source: {}" and leave out sourceVolumeMode`;
    faults.push({ message, node: spec });
  }
  if (stamped) {
    const message = `${titleOf(object)} has the annotation ${GRANTED_BY_ANNOTATION} or ${SOURCE_UID_ANNOTATION}, which only the cluster writes: leave it out`;
    faults.push({ message, node: annotations });
  }
  return faults;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
