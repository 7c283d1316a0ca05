import { at, text } from '../fields';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { handedOverContents } from './handed-over-contents';

export const handedOverDeletionPolicy: Rule = {
  id: 'handed-over-deletion-policy',
  severity: 'error',
  sentence: 'A handed-over content has the deletionPolicy Retain.',
  why: "With Delete the driver destroys the owner's snapshot as soon as the consumer deletes its copy. The policies write Retain over it when the content is made, and refuse Delete later, in the words of this finding.",
  remediation: 'Write deletionPolicy: Retain.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#deletion-policy',

  judge(set, say) {
    for (const { object, spec } of handedOverContents(set)) {
      const policy = text(at(spec, 'deletionPolicy'));
      const message = `${titleOf(object)} has the deletionPolicy ${policy}, but must have Retain: the snapshot belongs to the source, and would be destroyed with the copy`;
      say(object, policy === '' || policy === 'Retain' ? undefined : { message, node: spec });
    }
  },
};
