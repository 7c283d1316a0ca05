import { at } from '../fields';
import type { ObjectSet } from '../object-set';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { fillsContents, isBound } from './content-filler';
import { handedOverContents } from './handed-over-contents';

const ADMISSION = 'admissionregistration.k8s.io';

export const policiesNotInSet: Rule = {
  id: 'policies-not-in-set',
  severity: 'info',
  sentence: 'Where snapshots are handed over, PreProvisionedSnapshotPolicies fill their contents.',
  why: 'Without the policies the API server refuses a content with an empty source, so that nothing is EMPTY: the claim stays Pending. One finding for the whole set, at its first content: the policies are often installed elsewhere.',
  remediation:
    'Be sure that the cluster has PreProvisionedSnapshotPolicies, or let the platform team install them before the first content.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/',

  judge(set, say) {
    const contents = handedOverContents(set);
    const lack = lackOf(set);
    for (const [index, { object, spec }] of contents.entries()) {
      const more = contents.length > 1 ? ` (and ${contents.length - 1} more)` : '';
      const message = `${titleOf(object)}${more} hands a snapshot over, and ${lack}: without them the API server refuses it`;
      say(object, lack && index === 0 ? { message, node: at(spec, 'source') ?? spec } : undefined);
    }
  },
};

/** What the set lacks, if it lacks something. */
function lackOf(set: ObjectSet): string | undefined {
  const policies = set.ofKind(ADMISSION, 'MutatingAdmissionPolicy').filter(({ manifest }) => fillsContents(manifest));
  const bindings = set.ofKind(ADMISSION, 'MutatingAdmissionPolicyBinding').map(({ manifest }) => manifest);
  if (policies.some(({ manifest }) => isBound(manifest, bindings))) return undefined;
  return policies.length > 0
    ? `policy ${policies[0].name}, which fills it, has no MutatingAdmissionPolicyBinding in the set`
    : 'the set holds no PreProvisionedSnapshotPolicies';
}
