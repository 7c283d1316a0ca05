import { notGranted } from '../../reference/reference';
import type { Rule } from '../rule';

export const referenceNotGranted: Rule = {
  id: 'reference-not-granted',
  severity: 'error',
  sentence: 'A claim that names a source in another namespace is covered by a ReferenceGrant there.',
  why: 'csi-provisioner refuses to fill the claim, reports `ProvisioningFailed` with the words of this finding, and the claim stays Pending until a grant covers it. A claim that is filled from a handed-over snapshot (`snapshot-clone.NAMESPACE.NAME`) needs the same grant as one that names the original.',
  remediation:
    "Add a ReferenceGrant to the source's namespace, from claims of the claim's namespace to that source; if it is delivered elsewhere, name that namespace with --external.",
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',

  *judge(set) {
    for (const claim of set.claims) {
      if (!set.needsGrant(claim)) continue;
      const refusal = set.refusals.get(claim);
      const faults = refusal
        ? [{ message: `${notGranted(refusal.reference)}: ${refusal.miss?.text ?? 'no grant comes near'}`, node: claim.source?.node }]
        : [];
      yield { object: claim.object, faults };
    }
  },
};
