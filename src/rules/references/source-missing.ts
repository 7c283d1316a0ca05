import { claimTitle } from '../claim';
import { Resolution } from '../resolution';
import type { Rule } from '../rule';
import { ShownNames } from '../shown-names';
import { isSourceKind } from '../source-kind';

export const sourceMissing: Rule = {
  id: 'source-missing',
  severity: 'error',
  sentence: 'The source of a claim is among the objects of its kind that the set shows in that namespace.',
  why: "csi-provisioner reports `error getting snapshot mysql from api server`, and the claim stays Pending until somebody makes the snapshot. It is judged only where the set shows other objects of the source's kind in that namespace. Claims that a StatefulSet or a pod of the set makes count.",
  remediation:
    'Correct the name, or add the source to the set; if its namespace is delivered elsewhere, name that namespace with --external.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-snapshot-and-restore-volume-from-snapshot-support',

  judge(set, say) {
    for (const claim of set.claims) {
      const { object, reference, source } = claim;
      if (!reference || !isSourceKind(reference.source)) continue;
      const resolution = set.resolve(reference);
      if (resolution === Resolution.NOT_IN_SET) continue;
      if (resolution === Resolution.FOUND) {
        say(object);
        continue;
      }
      const { kind, namespace, name } = reference.source;
      const message = `${claimTitle(claim)} is to be filled from ${kind} ${namespace}/${name}, but ${ShownNames.of(set).insteadOf(reference.source)}`;
      say(object, { message, node: source?.node });
    }
  },
};
