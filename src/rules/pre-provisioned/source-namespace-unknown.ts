import type { ObjectKey } from '../../reference/reference';
import { at, text } from '../fields';
import type { ObjectSet } from '../object-set';
import type { Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { handedOverContents } from './handed-over-contents';
import { bindingsOf, grantSeekersIn } from './policies';

/** So many namespaces are told; more would hide the mistake. */
const SHOWN = 5;

export const sourceNamespaceUnknown: Rule = {
  id: 'source-namespace-unknown',
  severity: 'error',
  sentence: 'The policies of a set know the namespace of each snapshot that is handed over.',
  why: 'PreProvisionedSnapshotPolicies look for grants in the namespaces that they are given, and in no other. They refuse a content for a source elsewhere, in the words of this finding. It is judged only where the set binds such policies, by the namespaces that their bindings name.',
  remediation:
    "Let the platform team add the namespace to sourceNamespaces of PreProvisionedSnapshotPolicies; if the policies are those of another cluster, check each cluster's objects in a run of their own.",
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/',

  judge(set, say) {
    const contents = handedOverContents(set);
    const known = contents.length > 0 ? knownNamespaces(set) : [];
    if (known.length === 0) return;
    const namespaces = new Set(known);
    for (const { object, metadata, reference } of contents) {
      // Of one that does not say one source everywhere another rule speaks.
      if (!reference) continue;
      const isKnown = namespaces.has(reference.source.namespace);
      say(object, isKnown ? undefined : { message: messageFor(object, reference.source, known), node: at(metadata, 'labels') });
    }
  },
};

/** Where the policies look for grants. */
function knownNamespaces(set: ObjectSet): readonly string[] {
  const seekers = grantSeekersIn(set);
  if (seekers.length === 0) return [];
  const bindings = bindingsOf(set, 'MutatingAdmissionPolicy');
  const bound = seekers.flatMap(({ name }) => bindings.get(name) ?? []);
  return [...new Set(bound.map(({ manifest }) => text(at(manifest, 'spec', 'paramRef', 'namespace'))))].filter(Boolean);
}

/** The words are those of the policies, so that one search finds both. */
function messageFor(object: SetObject, { namespace, name }: ObjectKey, known: readonly string[]): string {
  const names = `${known.slice(0, SHOWN).join(', ')}${known.length > SHOWN ? ` and ${known.length - SHOWN} more` : ''}`;
  return `${titleOf(object)} is to be filled from VolumeSnapshot ${namespace}/${name}, but namespace ${namespace} is not among the sourceNamespaces of PreProvisionedSnapshotPolicies: the platform team has to add it; in this set they are ${names}`;
}
