import { claimTitle } from '../claim';
import { at } from '../fields';
import type { Rule } from '../rule';

export const referenceIncomplete: Rule = {
  id: 'reference-incomplete',
  severity: 'error',
  sentence: 'A data source has a kind and a name.',
  why: 'The API server refuses the claim: `spec.dataSourceRef.name: Required value`. Often it is a template whose variable nobody has set.',
  remediation: 'Give the source its kind and its name, or remove the whole field if the claim is to be empty.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/persistent-volume-claim-v1/',

  *judge(set) {
    for (const claim of set.claims) {
      const { object, source } = claim;
      if (!source) continue;
      // Of a wrong type another rule speaks.
      const isMap = typeof source.node === 'object' && !Array.isArray(source.node);
      const missing = isMap
        ? (['kind', 'name'] as const).filter((field) => ['', null].includes((at(source.node, field) ?? null) as null))
        : [];
      yield {
        object,
        faults: missing.map((field) => ({
          message: `${source.field}.${field} of ${claimTitle(claim)} is ${at(source.node, field) === '' ? "''" : 'absent'}, but must say what the claim is filled from`,
          node: source.node,
        })),
      };
    }
  },
};
