import { claimTitle } from '../claim';
import { at, list } from '../fields';
import { type Faults, faultsIn, type Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';

export const emptyNamespace: Rule = {
  id: 'empty-namespace',
  severity: 'warning',
  sentence: "A namespace that is written down is not empty: often it is a template's variable that nobody has set.",
  why: "The API server takes an empty `dataSourceRef.namespace` for an absent one, and the claim asks for an object of that name in its OWN namespace; a volume populator may take it for another namespace and refuse. An empty namespace in a grant's `from` is refused.",
  remediation: "Name the namespace, or leave the field out if the claim's own is meant.",
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/persistent-volume-claim-v1/',

  judge(set, say) {
    for (const claim of set.claims) {
      const { object, source, namespace } = claim;
      if (!source) continue;
      const empty = source.field === 'dataSourceRef' && at(source.node, 'namespace') === '';
      if (!empty) {
        say(object);
        continue;
      }
      const message = `dataSourceRef.namespace of ${claimTitle(claim)} is '', so it asks for ${source.kind} ${source.name} of its own namespace ${namespace}; name a namespace, or leave the field out`;
      say(object, { message, node: source.node });
    }
    for (const { object } of set.grants) say(object, faultsOf(object));
  },
};

function faultsOf(grant: SetObject): Faults {
  return faultsIn(list(at(grant.manifest, 'spec', 'from')), (entry, index) => {
    if (at(entry, 'namespace') !== '') return undefined;
    const message = `spec.from[${index}].namespace of ${titleOf(grant)} is '', but must name a namespace whose claims may copy`;
    return { message, node: entry };
  });
}
