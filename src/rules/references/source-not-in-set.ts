import type { ObjectKey } from '../../reference/reference';
import { type Claim, claimTitle, isCrossing } from '../claim';
import { hinted } from '../meant-namespace';
import { localGap } from '../pre-provisioned/local-snapshot';
import { Resolution } from '../resolution';
import type { Rule } from '../rule';
import { isSourceKind } from '../source-kind';

export const sourceNotInSet: Rule = {
  id: 'source-not-in-set',
  severity: 'info',
  sentence: 'The source of a claim is in the set, so that both sides can be judged together.',
  why: 'Nothing is wrong with the manifests. But whether the source exists, has the right driver, size and volume mode, and, for a namespace that is delivered elsewhere, whether a grant covers the claim, only the cluster can say.',
  remediation: "Check both sides in one run, or be sure that the source is there: `kubectl get` in the source's namespace shows it.",
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#data-source-references',

  judge(set, say) {
    for (const claim of set.claims) {
      const { object, reference, source } = claim;
      if (!reference || !isSourceKind(reference.source)) continue;
      const resolution = set.resolve(reference);
      if (resolution === Resolution.MISSING) continue;
      const isElsewhere = isCrossing(claim) && set.isExternal(reference.source.namespace);
      if (resolution === Resolution.FOUND && !isElsewhere) {
        const local = localGap(set, claim);
        // One that has to be in the set is left to another rule as well.
        if (local?.resolution !== Resolution.MISSING)
          say(object, local && { message: notShown(claim, local.snapshot), node: source?.node });
        continue;
      }
      const message = isElsewhere ? elsewhere(claim, reference.source, resolution) : notShown(claim, reference.source);
      say(object, hinted(set, claim, { message, node: source?.node }));
    }
  },
};

function notShown(claim: Claim, source: ObjectKey): string {
  return `${filledFrom(claim, source)}: the set shows no ${source.kind} in namespace ${source.namespace}, so it cannot be judged`;
}

function elsewhere(claim: Claim, source: ObjectKey, resolution: Resolution): string {
  const unknown =
    resolution === Resolution.FOUND ? 'it is not judged whether a grant covers the claim' : 'neither it nor its grant can be judged';
  return `${filledFrom(claim, source)}: namespace ${source.namespace} is said to be delivered elsewhere, so ${unknown}`;
}

function filledFrom(claim: Claim, { kind, namespace, name }: ObjectKey): string {
  return `${claimTitle(claim)} is to be filled from ${kind} ${namespace}/${name}`;
}
