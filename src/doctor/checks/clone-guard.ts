import { INTENT_ANNOTATION } from '../../reference/intent';
import { at, text } from '../../rules/fields';
import { isGuard, weaknessOf } from '../../rules/guard-policy';
import { type Check, page } from '../check';
import { nameOf } from '../evidence';

const EFFECT =
  'Where the feature gate of an API server is off, now or after its next update, a clone is bound to an EMPTY volume, and nobody is told.';
const PAGE = page('README.md#what-it-needs-from-the-cluster');

/** Whether a guard refuses claims that would be EMPTY: all of them, in every namespace. */
export const cloneGuard: Check = {
  id: 'clone-guard',
  question: 'whether the guard stands',

  *judge(evidence) {
    const doubts = [...evidence.doubts('validatingadmissionpolicies', 'validatingadmissionpolicybindings')];
    yield* doubts;
    if (doubts.length > 0) return;
    if ('absent' in evidence.view.objects.validatingadmissionpolicies) {
      const message = 'The API server serves no ValidatingAdmissionPolicy in version v1, so no guard can stand.';
      yield { severity: 'warning', message, effect: EFFECT, remediation: 'Kubernetes 1.30 or later', page: PAGE };
      return;
    }
    const guards = evidence.objects('validatingadmissionpolicies').filter(isGuard);
    const bindings = evidence.objects('validatingadmissionpolicybindings');
    if (guards.length === 0) {
      const message = `No ValidatingAdmissionPolicy asks all claims for the annotation ${INTENT_ANNOTATION}: there is no guard.`;
      yield {
        severity: 'warning',
        message,
        effect: EFFECT,
        remediation: 'synthesize CloneGuard of this library, and apply it',
        page: PAGE,
      };
      return;
    }
    const weaknesses = guards.map((guard) => weaknessOf(guard, bindings));
    if (weaknesses.includes(undefined)) return;
    // One that is bound says more than one that is not.
    const index = Math.max(
      guards.findIndex((guard) => bindings.some((binding) => text(at(binding, 'spec', 'policyName')) === nameOf(guard).name)),
      0,
    );
    yield {
      severity: 'warning',
      object: nameOf(guards[index]),
      message: `The guard ${nameOf(guards[index]).name} ${weaknesses[index]}.`,
      effect: EFFECT,
      remediation:
        'synthesize CloneGuard of this library with GuardAction.REFUSE, its default, and apply it; take away what is no part of it',
      page: PAGE,
    };
  },
};
