import { type Claim, claimTitle } from '../claim';
import { at, text } from '../fields';
import type { Fault, Rule } from '../rule';

export const dataSourceWithNamespace: Rule = {
  id: 'data-source-with-namespace',
  severity: 'error',
  sentence: 'A claim that names a namespace for its source does so in dataSourceRef; dataSource has no such field.',
  why: '`kubectl apply` refuses it: `unknown field "spec.dataSource.namespace"`. Tools that do not validate strictly drop the field without a word, and the claim asks for an object of that name in its OWN namespace.',
  remediation: 'Rename dataSource to dataSourceRef; the reference to another namespace then needs a ReferenceGrant there.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#data-source-references',

  judge(set, say) {
    for (const claim of set.claims) {
      const node = at(claim.spec, 'dataSource');
      if (node !== undefined && node !== null) say(claim.object, faultOf(claim, node));
    }
  },
};

function faultOf(claim: Claim, node: unknown): Fault | undefined {
  const namespace = at(node, 'namespace');
  if (namespace === undefined || namespace === null) return undefined;
  const message = `dataSource of ${claimTitle(claim)} has namespace '${text(namespace)}', but only dataSourceRef can name one: the claim would ask for ${text(at(node, 'name'))} of namespace ${claim.namespace}`;
  return { message, node };
}
