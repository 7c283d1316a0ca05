import { claimTitle, isCrossing } from '../claim';
import { hinted } from '../meant-namespace';
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
        say(object);
        continue;
      }
      const { kind, namespace, name } = reference.source;
      const unknown =
        resolution === Resolution.FOUND ? 'it is not judged whether a grant covers the claim' : 'neither it nor its grant can be judged';
      const because = isElsewhere
        ? `namespace ${namespace} is said to be delivered elsewhere, so ${unknown}`
        : `the set shows no ${kind} in namespace ${namespace}, so it cannot be judged`;
      const message = `${claimTitle(claim)} is to be filled from ${kind} ${namespace}/${name}: ${because}`;
      say(object, hinted(set, claim, { message, node: source?.node }));
    }
  },
};
