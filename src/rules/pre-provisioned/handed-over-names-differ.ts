import { INTENT_ANNOTATION } from '../../reference/intent';
import { HANDED_OVER, SOURCE_NAMESPACE_LABEL } from '../../reference/pre-provisioned';
import { isHidden } from '../field-names';
import { at } from '../fields';
import { CONTENT, CONTENT_REFERENCE, CONTENT_SPEC, METADATA } from '../known-fields';
import type { Fault, Rule } from '../rule';
import { titleOf } from '../set-object';
import { type HandedOverContent, handedOverContents } from './handed-over-contents';

export const handedOverNamesDiffer: Rule = {
  id: 'handed-over-names-differ',
  severity: 'error',
  sentence: 'The name, the label, the annotation and the volumeSnapshotRef of a handed-over content say one source and one target.',
  why: 'The policies read from them whose data is handed over, and to whom. They refuse a content that says two things, and one that hands on what was itself handed over, in the words of this finding.',
  remediation: `Name the content ${HANDED_OVER}TARGET.SOURCE.SNAPSHOT and its snapshot ${HANDED_OVER}SOURCE.SNAPSHOT, and let label and annotation say the same; a content that is something else needs another name and no such label.`,
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#static',

  judge(set, say) {
    for (const content of handedOverContents(set)) say(content.object, faultsOf(content));
  },
};

function faultsOf({ object, metadata, reference, wanted, sourceNamespace, sourceName, target, snapshot }: HandedOverContent): Fault[] {
  if (!reference) {
    // What stands under a wrong name was not read; another rule says so.
    if (isAnythingHidden(object.manifest)) return [];
    const message = `${titleOf(object)} does not say one source everywhere: its annotation ${INTENT_ANNOTATION} is '${wanted}', its label ${SOURCE_NAMESPACE_LABEL} '${sourceNamespace}', its volumeSnapshotRef ${target}/${snapshot}, and its name has to be ${HANDED_OVER}<target namespace>.<source namespace>.<snapshot>`;
    return [{ message, node: metadata }];
  }
  if (!sourceName.startsWith(HANDED_OVER)) return [];
  const message = `VolumeSnapshot ${sourceNamespace}/${sourceName} is itself handed over, and is not handed on: ask the owner of its source for a grant`;
  return [{ message, node: metadata, remediation: 'Hand the original over, and ask its owner for a grant.' }];
}

/** Whether something that is compared stands under a wrong name. */
function isAnythingHidden(manifest: unknown): boolean {
  const spec = at(manifest, 'spec');
  return (
    ['metadata', 'spec'].some((field) => isHidden(manifest, CONTENT, field)) ||
    ['name', 'labels', 'annotations'].some((field) => isHidden(at(manifest, 'metadata'), METADATA, field)) ||
    isHidden(spec, CONTENT_SPEC, 'volumeSnapshotRef') ||
    ['name', 'namespace'].some((field) => isHidden(at(spec, 'volumeSnapshotRef'), CONTENT_REFERENCE, field))
  );
}
