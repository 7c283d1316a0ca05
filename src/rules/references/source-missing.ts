import { CLAIM_KIND, CORE_GROUP, type ObjectKey, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { type Claim, claimTitle } from '../claim';
import { hinted } from '../meant-namespace';
import type { ObjectSet } from '../object-set';
import { localGap } from '../pre-provisioned/local-snapshot';
import { Resolution } from '../resolution';
import type { Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { isSourceKind } from '../source-kind';

/** So many names are told; more would hide the mistake. */
const SHOWN = 3;

export const sourceMissing: Rule = {
  id: 'source-missing',
  severity: 'error',
  sentence: 'The source of a claim is among the objects of its kind that the set shows in that namespace.',
  why: "csi-provisioner reports `error getting snapshot mysql from api server`, and the claim stays Pending until somebody makes the snapshot. It is judged only where the set shows other objects of the source's kind in that namespace. Claims that a StatefulSet or a pod of the set makes count. Of a handed-over snapshot (`snapshot-clone.NAMESPACE.NAME`) both the original and the VolumeSnapshot of the claim's own namespace are looked for; where the set holds its content, it has to hold the VolumeSnapshot too.",
  remediation:
    'Correct the name, or add the source to the set; if its namespace is delivered elsewhere, name that namespace with --external.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-snapshot-and-restore-volume-from-snapshot-support',

  judge(set, say) {
    let names: ReadonlyMap<string, readonly string[]> | undefined;
    for (const claim of set.claims) {
      const { object, reference, source } = claim;
      if (!reference || !isSourceKind(reference.source)) continue;
      const resolution = set.resolve(reference);
      const local = resolution === Resolution.MISSING ? undefined : localGap(set, claim);
      if (resolution === Resolution.MISSING) {
        names ??= namesIn(set);
        say(object, hinted(set, claim, { message: messageFor(claim, reference.source, names), node: source?.node }));
      } else if (local?.resolution === Resolution.MISSING) {
        names ??= namesIn(set);
        say(object, { message: messageFor(claim, local.snapshot, names, local.content), node: source?.node });
      } else if (resolution === Resolution.FOUND) say(object);
    }
  },
};

function messageFor(claim: Claim, source: ObjectKey, names: ReadonlyMap<string, readonly string[]>, content?: SetObject): string {
  const { kind, namespace, name } = source;
  const filled = `${claimTitle(claim)} is to be filled from ${kind} ${namespace}/${name}`;
  if (content) return `${filled}, of which the set holds ${titleOf(content)}, but not the ${kind} itself`;
  const shown = names.get(`${kind} ${namespace}`) ?? [];
  const there = `${shown.slice(0, SHOWN).join(', ')}${shown.length > SHOWN ? ` and ${shown.length - SHOWN} more` : ''}`;
  return `${filled}, but of that kind the set shows in namespace ${namespace} only ${there}`;
}

/** The names of all sources, by kind and namespace. */
function namesIn(set: ObjectSet): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { kind, namespace, name } of [...set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND), ...set.ofKind(CORE_GROUP, CLAIM_KIND)]) {
    const key = `${kind} ${namespace}`;
    const known = names.get(key);
    if (known) known.push(name);
    else names.set(key, [name]);
  }
  return names;
}
