import { isMisspelled } from '../field-names';
import { at } from '../fields';
import { CLAIM_SPEC } from '../known-fields';
import type { Rule } from '../rule';
import { storageClassNameOf } from '../storage-class';

export const storageClassMissing: Rule = {
  id: 'storage-class-missing',
  severity: 'error',
  sentence: 'A claim that is filled from a source names its StorageClass.',
  why: "Without a name the cluster's default class decides: its provisioner may be another driver, which refuses with `is not handled by CSI driver of StorageClass`, or one that does not look at data sources at all. With an empty name no provisioner works for the claim: it waits for a volume without a class, and takes any that fits, with whatever is on it.",
  remediation: 'Set spec.storageClassName to a StorageClass whose provisioner is the CSI driver of the source.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1',

  judge(set, say) {
    for (const claim of set.claims) {
      const { object, namespace, name, spec, reference } = claim;
      if (!reference) continue;
      const written = at(spec, 'storageClassName');
      if (storageClassNameOf(claim) !== undefined || (written !== '' && isMisspelled(spec, CLAIM_SPEC, 'storageClassName'))) {
        say(object);
        continue;
      }
      const what = `storageClassName of claim ${namespace}/${name}`;
      const source = `${reference.source.kind} ${reference.source.namespace}/${reference.source.name}`;
      const message =
        written === ''
          ? `${what} is '', which asks for a volume that nobody provisions, but must name the StorageClass that fills it from ${source}`
          : `${what} is missing, so the cluster's default class decides, but it must name the StorageClass that fills it from ${source}`;
      say(object, { message, node: spec });
    }
  },
};
