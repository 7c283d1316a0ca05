import { claimTitle } from '../claim';
import type { Rule } from '../rule';

export const referenceToOwnNamespace: Rule = {
  id: 'reference-to-own-namespace',
  severity: 'warning',
  sentence: 'A claim whose source is in its own namespace does not write that namespace down.',
  why: 'With the feature gate CrossNamespaceVolumeDataSource it works, and needs no grant. Without the gate the API server drops the whole `dataSourceRef` without a word, and the claim is bound to an EMPTY volume; the same reference without the namespace works everywhere.',
  remediation: 'Leave out dataSourceRef.namespace.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',

  judge(set, say) {
    for (const claim of set.claims) {
      const { object, source, named, namespace } = claim;
      if (!source || !named || named.namespace !== namespace) continue;
      if (!source.namespace) {
        say(object);
        continue;
      }
      const message = `dataSourceRef.namespace of ${claimTitle(claim)} is '${namespace}', the claim's own: without the gate CrossNamespaceVolumeDataSource the API server drops the reference to ${named.kind} ${named.name}, and the volume is EMPTY`;
      say(object, { message, node: source.node });
    }
  },
};
