import { INTENT_ANNOTATION } from '../../reference/intent';
import { at, list, text } from '../../rules/fields';
import { type Check, page } from '../check';
import { nameOf } from '../evidence';

const EFFECT =
  'Where the feature gate of an API server is off, now or after its next update, a clone is bound to an EMPTY volume, and nobody is told.';
const PAGE = page('README.md#what-it-needs-from-the-cluster');

/** Whether a guard refuses claims that would be EMPTY. It is known by the annotation that it compares. */
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
      const message = `No ValidatingAdmissionPolicy compares the annotation ${INTENT_ANNOTATION} of claims: there is no guard.`;
      yield {
        severity: 'warning',
        message,
        effect: EFFECT,
        remediation: 'synthesize CloneGuard of this library, and apply it',
        page: PAGE,
      };
      return;
    }
    const actions = guards.flatMap((guard) =>
      bindings.filter((binding) => text(at(binding, 'spec', 'policyName')) === nameOf(guard).name).map(actionsOf),
    );
    if (actions.some((each) => each.includes('Deny'))) return;
    const what =
      actions.length === 0 ? 'has no ValidatingAdmissionPolicyBinding' : `only does ${[...new Set(actions.flat())].join(' and ')}`;
    yield {
      severity: 'warning',
      object: nameOf(guards[0]),
      message: `The guard ${nameOf(guards[0]).name} ${what}: it refuses nothing.`,
      effect: EFFECT,
      remediation: 'synthesize CloneGuard of this library with GuardAction.REFUSE, its default, and apply it',
      page: PAGE,
    };
  },
};

function isGuard(policy: unknown): boolean {
  const spec = at(policy, 'spec');
  const concernsClaims = list(at(spec, 'matchConstraints', 'resourceRules')).some((rule) =>
    list(at(rule, 'resources')).includes('persistentvolumeclaims'),
  );
  const expressions = ['matchConditions', 'variables', 'validations'].flatMap((field) => list(at(spec, field)));
  return concernsClaims && expressions.some((each) => text(at(each, 'expression')).includes(INTENT_ANNOTATION));
}

function actionsOf(binding: unknown): string[] {
  return list(at(binding, 'spec', 'validationActions')).map(text);
}
