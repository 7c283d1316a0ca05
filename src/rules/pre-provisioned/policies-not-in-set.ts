import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { at } from '../fields';
import type { ObjectSet } from '../object-set';
import type { Rule, Say } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { CONTENT_KIND, contentNameOf, handedOverContents } from './handed-over-contents';
import { bindingsOf, fillersIn, writersIn } from './policies';

export const policiesNotInSet: Rule = {
  id: 'policies-not-in-set',
  severity: 'info',
  sentence: 'Where snapshots are handed over, PreProvisionedSnapshotPolicies fill their contents.',
  why: 'Without the policies the API server refuses a content with an empty source, so that nothing is EMPTY: the claim stays Pending. One finding for the whole set, at its first content, or at a handed-over snapshot if the set shows no contents: the policies are often installed elsewhere.',
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
    // With any content in the set, another rule asks for that of each snapshot.
    if (lack && contents.length === 0) judgeLoneSnapshots(set, lack, say);
  },
};

/** Consumers whose contents are delivered elsewhere, as the policies are, cannot be judged at all. */
function judgeLoneSnapshots(set: ObjectSet, lack: string, say: Say): void {
  if (set.ofKind(SNAPSHOT_GROUP, CONTENT_KIND).length > 0) return;
  for (const object of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
    const content = contentNameOf(object);
    if (!content) continue;
    const message = `${titleOf(object)} is taken from VolumeSnapshotContent ${content}, which is not in the set, and ${lack}: without them the API server refuses that content`;
    say(object, { message, node: at(object.manifest, 'spec', 'source') });
    return;
  }
}

/** What the set lacks, if it lacks something. */
function lackOf(set: ObjectSet): string | undefined {
  const fillers = fillersIn(set);
  if (fillers.length === 0) return 'the set holds no PreProvisionedSnapshotPolicies';
  const bindings = bindingsOf(set, 'MutatingAdmissionPolicy');
  const isBound = ({ name }: SetObject) => bindings.has(name);
  if (!fillers.some(isBound)) return `policy ${fillers[0]!.name}, which fills it, has no MutatingAdmissionPolicyBinding in the set`;
  const unbound = writersIn(set).find((policy) => !isBound(policy));
  return unbound && `policy ${unbound.name}, which it needs to be filled, has no MutatingAdmissionPolicyBinding in the set`;
}
