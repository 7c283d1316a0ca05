import { nearestMiss } from '../../reference/nearest-miss';
import { notGranted } from '../../reference/reference';
import { at } from '../fields';
import type { Rule } from '../rule';

export const referenceNotGranted: Rule = {
  id: 'reference-not-granted',
  severity: 'error',
  sentence: 'A claim that names a source in another namespace is covered by a ReferenceGrant there.',
  why: 'csi-provisioner refuses to fill the claim, reports `ProvisioningFailed`, and the claim stays Pending until a grant covers it.',
  remediation:
    "Add a ReferenceGrant to the source's namespace, from claims of the claim's namespace to that source; if it is delivered elsewhere, name that namespace with --external.",
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',

  *judge(set) {
    for (const { object, reference, spec } of set.claims) {
      if (!reference || reference.source.namespace === reference.claim.namespace || set.isExternal(reference.source.namespace)) continue;
      if (set.grantIndex.covers(reference)) {
        yield { object, faults: [] };
        continue;
      }
      const miss = nearestMiss(set.grantIndex.grants, reference);
      const message = miss ? `${notGranted(reference)}: ${miss.text}` : `${notGranted(reference)}: no grant comes near`;
      yield { object, faults: [{ message, node: at(spec, 'dataSourceRef') }] };
    }
  },
};
