import { at } from '../fields';
import type { Rule } from '../rule';

export const selectorSet: Rule = {
  id: 'selector-set',
  severity: 'error',
  sentence: 'A claim that is filled from a source has no selector.',
  why: 'A selector chooses among volumes that exist. csi-provisioner refuses with `claim Selector is not supported`, and the claim stays Pending, or it binds to an existing volume that the selector finds, with whatever is on it.',
  remediation: 'Remove spec.selector, or the data source.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#selector',

  judge(set, say) {
    for (const { object, namespace, name, spec, reference } of set.claims) {
      if (!reference) continue;
      const selector = at(spec, 'selector') ?? undefined;
      if (selector === undefined) {
        say(object);
        continue;
      }
      const { source } = reference;
      const message = `selector of claim ${namespace}/${name} is set, but must be absent: it chooses among existing volumes, and the claim is to be filled from ${source.kind} ${source.namespace}/${source.name}`;
      say(object, { message, node: selector });
    }
  },
};
