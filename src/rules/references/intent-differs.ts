import { INTENT_ANNOTATION, intentOf } from '../../reference/intent';
import { type Claim, claimTitle } from '../claim';
import { at } from '../fields';
import type { Fault, Rule } from '../rule';

export const intentDiffers: Rule = {
  id: 'intent-differs',
  severity: 'error',
  sentence: `A claim with the annotation ${INTENT_ANNOTATION} is filled from exactly the source that the annotation names.`,
  why: 'CloneGuard refuses the claim.',
  remediation: 'Correct the one that is wrong.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',

  judge(set, say) {
    for (const claim of set.claims) {
      // Of a claim that was read from a cluster, `data-source-dropped` speaks.
      if (claim.intent === undefined || at(claim.object.manifest, 'status', 'phase') !== undefined) continue;
      say(claim.object, faultOf(claim, claim.intent));
    }
  },
};

function faultOf(claim: Claim, intent: string): Fault | undefined {
  const { named, reference, source } = claim;
  const title = claimTitle(claim);
  if (!named || !reference) {
    const says = source ? 'its data source is not whole' : 'it names no data source: its volume is, or will be, EMPTY';
    const message = `${title} is to be filled from ${intent} by its annotation ${INTENT_ANNOTATION}, but ${says}`;
    return { message, node: source?.node ?? claim.spec };
  }
  // A handed-over snapshot stands for the original.
  const names = intentOf(reference.source);
  if (intent === names) return undefined;
  const message = `${title} is to be filled from ${intent} by its annotation ${INTENT_ANNOTATION}, but names ${names}`;
  return { message, node: source?.node };
}
