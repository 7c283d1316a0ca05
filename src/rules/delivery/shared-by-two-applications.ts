import { at } from '../fields';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { storageObjects } from '../storage-kinds';
import { applicationOf, earlierManifestOf } from '../twice';
import { overlapsIn } from './application-sources';

export const sharedByTwoApplications: Rule = {
  id: 'shared-by-two-applications',
  severity: 'error',
  sentence: 'A claim, snapshot, content or grant belongs to one Application.',
  why: 'Argo CD warns `X is part of applications A and B`; both take the object for theirs in turn, and it is gone as soon as one of them prunes it or is deleted, with its data. Known here from the tracking annotation, the label `app.kubernetes.io/instance`, and from Applications that deliver one folder to one place.',
  remediation: 'Let one Application deliver the object; give the grants of each consumer names of their own.',
  source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#fail-the-sync-if-a-shared-resource-is-found',

  judge(set, say) {
    for (const object of storageObjects(set)) {
      const own = applicationOf(object);
      if (own === undefined) continue;
      const earlier = earlierManifestOf(set, object);
      if (!earlier?.isOfOtherApplication) {
        say(object);
        continue;
      }
      const message = `application of ${titleOf(object)} is '${own}', but must be '${applicationOf(earlier.object)}' alone, which delivers it too`;
      say(object, { message, node: at(object.manifest, 'metadata') });
    }
    for (const { application, node, path, other, otherPath } of overlapsIn(set)) {
      const message = `source path of ${titleOf(application)} is '${path}', but must not be shared with ${titleOf(other)}, which delivers '${otherPath}' to the same place`;
      say(application, { message, node, remediation: 'Give each Application a folder of its own, or remove one.' });
    }
  },
};
