import type { ObjectKey } from '../../reference/reference';
import { type Claim, claimTitle } from '../claim';
import { hinted } from '../meant-namespace';
import { localGap } from '../pre-provisioned/local-snapshot';
import { Resolution } from '../resolution';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { ShownNames } from '../shown-names';
import { isSourceKind } from '../source-kind';

export const sourceMissing: Rule = {
  id: 'source-missing',
  severity: 'error',
  sentence: 'The source of a claim is among the objects of its kind that the set shows in that namespace.',
  why: "csi-provisioner reports `error getting snapshot mysql from api server`, and the claim stays Pending until somebody makes the snapshot. It is judged only where the set shows other objects of the source's kind in that namespace. Claims that a StatefulSet or a pod of the set makes count. Of a handed-over snapshot (`snapshot-clone.NAMESPACE.NAME`) both the original and the VolumeSnapshot of the claim's own namespace are looked for; where the set holds its content, it has to hold the VolumeSnapshot too.",
  remediation:
    'Correct the name, or add the source to the set; if its namespace is delivered elsewhere, name that namespace with --external.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-snapshot-and-restore-volume-from-snapshot-support',

  judge(set, say) {
    for (const claim of set.claims) {
      const { object, reference, source } = claim;
      if (!reference || !isSourceKind(reference.source)) continue;
      const resolution = set.resolve(reference);
      const local = resolution === Resolution.MISSING ? undefined : localGap(set, claim);
      if (resolution === Resolution.MISSING) {
        const message = `${filledFrom(claim, reference.source)}, but ${ShownNames.of(set).insteadOf(reference.source)}`;
        say(object, hinted(set, claim, { message, node: source?.node }));
      } else if (local?.resolution === Resolution.MISSING) {
        const { snapshot, content } = local;
        const gap = content
          ? `of which the set holds ${titleOf(content)}, but not the ${snapshot.kind} itself`
          : `but ${ShownNames.of(set).insteadOf(snapshot)}`;
        say(object, { message: `${filledFrom(claim, snapshot)}, ${gap}`, node: source?.node });
      } else if (resolution === Resolution.FOUND) say(object);
    }
  },
};

function filledFrom(claim: Claim, { kind, namespace, name }: ObjectKey): string {
  return `${claimTitle(claim)} is to be filled from ${kind} ${namespace}/${name}`;
}
