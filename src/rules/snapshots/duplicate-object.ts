import { at } from '../fields';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { storageObjectsAndClasses } from '../storage-kinds';
import { earlierManifestOf, placeOf } from '../twice';

export const duplicateObject: Rule = {
  id: 'duplicate-object',
  severity: 'error',
  sentence: 'A claim, snapshot, content, class or grant is described once.',
  why: 'Of two manifests of one object the one that is applied last wins, and which one that is depends on the tool. A claim may then be filled from the wrong source, or a consumer lose its grant. Argo CD warns `Resource X appeared 2 times among application resources`. Two API versions of a kind are the same object. Identical manifests are reported too: the next change will reach one of them.',
  remediation: 'Remove one of the two, or give it a name of its own; if they are for different clusters, check them apart.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',

  judge(set, say) {
    for (const object of storageObjectsAndClasses(set)) {
      const earlier = earlierManifestOf(set, object);
      // Two applications with one object are the business of `shared-by-two-applications`.
      if (!earlier || earlier.isOfOtherApplication) {
        say(object);
        continue;
      }
      const message = `${titleOf(object)} is described twice, but must be described once; the first is in ${placeOf(earlier.object)}`;
      say(object, { message, node: at(object.manifest, 'metadata') });
    }
  },
};
