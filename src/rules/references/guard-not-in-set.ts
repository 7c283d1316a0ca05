import { type Claim, claimTitle } from '../claim';
import { isGuard, weaknessOf } from '../guard-policy';
import type { ObjectSet } from '../object-set';
import type { Rule } from '../rule';

const ADMISSION = 'admissionregistration.k8s.io';

export const guardNotInSet: Rule = {
  id: 'guard-not-in-set',
  severity: 'info',
  sentence: 'Where claims name sources in other namespaces, a CloneGuard stands before them.',
  why: 'An API server whose feature gate CrossNamespaceVolumeDataSource is off drops the reference without error or warning, and the claim is bound to an EMPTY volume. CloneGuard is a policy that refuses such a claim. One finding for the whole set, at its first claim: the guard is often installed elsewhere.',
  remediation: 'Be sure that the cluster has a CloneGuard, or let the platform team install one before the first claim.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',

  judge(set, say) {
    const claims = set.claims.filter(({ source, namespace }) => source?.namespace && source.namespace !== namespace);
    const fault = claims.length > 0 ? faultOf(set, claims) : undefined;
    for (const [index, { object, source }] of claims.entries()) {
      say(object, fault && index === 0 ? { message: fault, node: source?.node } : undefined);
    }
  },
};

function faultOf(set: ObjectSet, [first, ...others]: readonly Claim[]): string | undefined {
  const guards = set.ofKind(ADMISSION, 'ValidatingAdmissionPolicy').filter(({ manifest }) => isGuard(manifest));
  const bindings = set.ofKind(ADMISSION, 'ValidatingAdmissionPolicyBinding').map(({ manifest }) => manifest);
  const weaknesses = guards.map(({ manifest }) => weaknessOf(manifest, bindings));
  if (weaknesses.includes(undefined)) return undefined;
  const { group, kind, name } = first.source!;
  const what = `${claimTitle(first)} names ${group ? `${kind}.${group}` : kind} ${first.source!.namespace}/${name}`;
  const more =
    others.length > 0
      ? ` (and ${others.length} more ${others.length === 1 ? 'claim names one' : 'claims name some'} in another namespace)`
      : '';
  const lack = guards.length > 0 ? `the guard ${guards[0].name} of the set ${weaknesses[0]}` : 'the set holds no CloneGuard';
  return `${what}${more}, and ${lack}: with the gate CrossNamespaceVolumeDataSource off nothing would notice an EMPTY volume`;
}
