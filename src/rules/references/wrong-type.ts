import { misfitsOf } from '../misfits';
import type { Fault, Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import type { Misfit } from '../shape';
import { shown } from '../shown';

export const wrongType: Rule = {
  id: 'wrong-type',
  severity: 'error',
  isAlwaysApplied: true,
  sentence: 'Every field that decides about a claim, a grant or a snapshot has the type that Kubernetes wants.',
  why: 'The API server refuses the object, because it cannot read the field. No other rule can judge what depends on it, so nothing here may be taken for right: this rule cannot be skipped.',
  remediation:
    "Give the field the type that it must have; a string that looks like a number, a date or a boolean has to stand in quotes: '2026'.",
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/',

  judge(set, say) {
    const found = misfitsOf(set);
    for (const object of set.objects) {
      const misfits = found.get(object);
      say(object, misfits && faultsOf(object, misfits));
    }
  },
};

function faultsOf(object: SetObject, found: readonly Misfit[]): Fault[] {
  return found
    .filter(({ unrendered }) => !unrendered)
    .map(({ path, value, wanted, node }) => ({
      message: `${path || 'the manifest'} of ${titleOf(object)} is ${shown(value)}, but must be ${wanted}`,
      node,
    }));
}
