import { claimTitle } from '../claim';
import { isMisspelled } from '../field-names';
import { at } from '../fields';
import { SOURCE } from '../known-fields';
import { faultsIn, type Rule } from '../rule';

const FIELDS = ['kind', 'name'];

export const referenceIncomplete: Rule = {
  id: 'reference-incomplete',
  severity: 'error',
  sentence: 'A data source has a kind and a name.',
  why: 'The API server refuses the claim: `spec.dataSourceRef.name: Required value`. Often it is a template whose variable nobody has set.',
  remediation: 'Give the source its kind and its name, or remove the whole field if the claim is to be empty.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/persistent-volume-claim-v1/',

  judge(set, say) {
    for (const claim of set.claims) {
      const { object, source } = claim;
      if (!source) continue;
      // Of a wrong type another rule speaks.
      const isMap = typeof source.node === 'object' && !Array.isArray(source.node);
      say(
        object,
        faultsIn(isMap ? FIELDS : [], (field) => {
          const written = at(source.node, field) ?? '';
          if (written !== '' || isMisspelled(source.node, SOURCE, field)) return undefined;
          const is = at(source.node, field) === '' ? "''" : 'absent';
          const message = `${source.field}.${field} of ${claimTitle(claim)} is ${is}, but must say what the claim is filled from`;
          return { message, node: source.node };
        }),
      );
    }
  },
};
