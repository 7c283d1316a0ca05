import { at, list, text } from '../fields';
import type { ObjectSet } from '../object-set';
import type { Rule, Say } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { areFilledIn, bindingsOf, fillersIn, isAboutContents, refusersIn } from './policies';

export const policiesNotEnforced: Rule = {
  id: 'policies-not-enforced',
  severity: 'error',
  sentence: 'Where policies fill contents, those that refuse stand beside them, each with a binding that denies.',
  why: 'A policy without a binding refuses nothing, and one that is bound to warn or to audit refuses nothing either. Consumers have the right to create VolumeSnapshotContents because the guard keeps them from writing a handle; without it that right opens every snapshot of the driver. Without the others a claim is filled without a grant, or from a snapshot that somebody else has put behind the name. It is judged only where the set binds a policy that fills contents: bindings that are all delivered elsewhere cannot be judged.',
  remediation:
    'Bind each of the policies with validationActions: [Deny]; until then, let nobody but the storage controllers create VolumeSnapshotContents.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-actions',

  judge(set, say) {
    if (!areFilledIn(set)) return;
    const refusers = refusersIn(set);
    if (refusers.some(({ manifest }) => isAboutContents(manifest))) judgeRefusers(set, refusers, say);
    else say(fillersIn(set)[0]!, { message: unguarded(set) });
  },
};

function unguarded(set: ObjectSet): string {
  return `${titleOf(fillersIn(set)[0]!)} fills contents, but no ValidatingAdmissionPolicy of the set refuses those that say themselves what they are filled from: whoever may create a VolumeSnapshotContent reads any snapshot of its driver`;
}

function judgeRefusers(set: ObjectSet, refusers: readonly SetObject[], say: Say): void {
  const bindings = bindingsOf(set, 'ValidatingAdmissionPolicy');
  for (const policy of refusers) {
    const bound = bindings.get(policy.name);
    const lets = isAboutContents(policy.manifest) ? ': whoever may create a VolumeSnapshotContent reads any snapshot of its driver' : '';
    if (!bound) {
      say(policy, { message: `${titleOf(policy)} has no ValidatingAdmissionPolicyBinding in the set, and refuses nothing${lets}` });
      continue;
    }
    say(policy);
    if (bound.some((binding) => actionsOf(binding).includes('Deny'))) continue;
    for (const binding of bound) {
      const actions = actionsOf(binding).join(' and ') || 'nothing';
      const message = `validationActions of ${titleOf(binding)} is ${actions}, but must be Deny: ValidatingAdmissionPolicy ${policy.name} refuses nothing${lets}`;
      say(binding, { message, node: at(binding.manifest, 'spec', 'validationActions') ?? at(binding.manifest, 'spec') });
    }
  }
}

function actionsOf({ manifest }: SetObject): readonly string[] {
  return list(at(manifest, 'spec', 'validationActions')).map(text);
}
