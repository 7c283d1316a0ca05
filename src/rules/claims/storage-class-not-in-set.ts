import type { Rule } from '../rule';
import { showsStorageClasses, storageClass, storageClassNameOf } from '../storage-class';

export const storageClassNotInSet: Rule = {
  id: 'storage-class-not-in-set',
  severity: 'info',
  sentence: 'Where the set shows StorageClasses, it shows those that claims with a source name.',
  why: 'A claim of a class that does not exist stays Pending. If the class is delivered elsewhere, its driver, and when it binds, cannot be judged here.',
  remediation: 'Check the spelling, or that the class is delivered elsewhere.',
  source: 'https://kubernetes.io/docs/concepts/storage/storage-classes/',

  judge(set, say) {
    if (!showsStorageClasses(set)) return;
    for (const claim of set.claims) {
      const name = storageClassNameOf(claim);
      if (!claim.reference || name === undefined) continue;
      if (storageClass(set, name).object) {
        say(claim.object);
        continue;
      }
      const message = `storageClassName of claim ${claim.namespace}/${claim.name} is '${name}', but the StorageClasses of this set do not include it`;
      say(claim.object, { message, node: claim.spec });
    }
  },
};
