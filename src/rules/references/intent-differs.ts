import { INTENT_ANNOTATION, intentOf } from '../../reference/intent';
import { type Claim, claimTitle } from '../claim';
import type { Fault, Rule } from '../rule';

export const intentDiffers: Rule = {
  id: 'intent-differs',
  severity: 'error',
  sentence: `A claim with the annotation ${INTENT_ANNOTATION} is filled from exactly the source that the annotation names.`,
  why: 'CloneGuard refuses the claim. Read from a cluster, a claim whose annotation names a source and whose spec has none was made while the feature gate was off: the API server has dropped the reference, and the volume is EMPTY. It never heals, because the spec cannot change.',
  remediation:
    'Correct the one that is wrong. A claim that has lost its reference has to be deleted and made again, with the feature gate on.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',

  *judge(set) {
    for (const claim of set.claims) {
      if (claim.intent !== undefined) yield { object: claim.object, faults: faultsOf(claim, claim.intent) };
    }
  },
};

function faultsOf(claim: Claim, intent: string): Fault[] {
  const { named, reference, source } = claim;
  const title = claimTitle(claim);
  if (!named || !reference) {
    const says = source ? 'its data source is not whole' : 'it names no data source: its volume is, or will be, EMPTY';
    return [
      {
        message: `${title} is to be filled from ${intent} by its annotation ${INTENT_ANNOTATION}, but ${says}`,
        node: source?.node ?? claim.spec,
      },
    ];
  }
  // A handed-over snapshot stands for the original.
  const names = intentOf(reference.source);
  if (intent === names) return [];
  const message = `${title} is to be filled from ${intent} by its annotation ${INTENT_ANNOTATION}, but names ${names}`;
  return [{ message, node: source?.node }];
}
