import { text } from '../fields';
import { faultsIn, type Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { shown } from '../shown';
import { storageObjects } from '../storage-kinds';
import { annotation, hooksOf } from '../sync-wave';

export const hookOnStorage: Rule = {
  id: 'hook-on-storage',
  severity: 'error',
  sentence: 'No claim, snapshot, content or grant that has a name is a hook.',
  why: 'A hook is deleted and made anew, by default before each sync or upgrade: a claim loses its data, a snapshot comes back with the data of today, and a grant is missing for a moment. An object whose name the API server makes up is left alone: it is another one each time.',
  remediation: 'Remove the annotation; order objects by sync waves.',
  source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/#hook-deletion-policies',

  judge(set, say) {
    for (const object of storageObjects(set)) {
      if (!object.name) continue;
      if (object.annotations === undefined) {
        say(object);
        continue;
      }
      const node = object.annotations;
      say(
        object,
        faultsIn(hooksThatRun(object), (key) => ({
          message: `${key} of ${titleOf(object)} is ${shown(annotation(object, key))}, but must not be there: each sync or upgrade would delete the object and make it anew`,
          node,
        })),
      );
    }
  },
};

/** `Skip` keeps Argo CD from applying the object at all. */
function hooksThatRun(object: SetObject): string[] {
  return hooksOf(object).filter((key) => text(annotation(object, key)) !== 'Skip');
}
