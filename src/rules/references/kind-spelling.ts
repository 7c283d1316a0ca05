import { CLAIM_KIND, CORE_GROUP, GRANT_GROUP, GRANT_KIND, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { claimTitle } from '../claim';
import { at, list, text } from '../fields';
import { meantKind, SOURCE_KINDS } from '../kind-names';
import type { ObjectSet } from '../object-set';
import { type Fault, type Faults, faultsIn, listOf, type Rule, type Say } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { isOwnGroup } from '../source-kind';

/** The kinds of objects that are known here, by group. */
const OBJECT_KINDS: ReadonlyMap<string, readonly string[]> = new Map([
  [CORE_GROUP, [CLAIM_KIND]],
  [SNAPSHOT_GROUP, [SNAPSHOT_KIND]],
  [GRANT_GROUP, [GRANT_KIND]],
  // Claims hide in them.
  ['apps', ['StatefulSet', 'Deployment', 'DaemonSet', 'ReplicaSet']],
]);

export const kindSpelling: Rule = {
  id: 'kind-spelling',
  severity: 'error',
  sentence: 'Kinds are spelled as Kubernetes spells them: VolumeSnapshot, PersistentVolumeClaim, ReferenceGrant.',
  why: 'A kind is compared letter by letter, its case included. A claim with a misspelled source stays Pending, with the event `Assuming an external populator will provision the volume`; a grant with a misspelled kind is accepted and allows nothing; an object of a misspelled kind is refused: `no matches for kind`.',
  remediation: 'Write the kind as it is suggested: in the singular, with capital letters, not as kubectl abbreviates it.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',

  judge(set, say) {
    judgeObjects(set, say);
    judgeClaims(set, say);
    for (const { object } of set.grants) {
      const [from, to] = [entryFaults(object, 'from'), entryFaults(object, 'to')];
      say(object, from || to ? [...listOf(from), ...listOf(to)] : undefined);
    }
  },
};

function judgeObjects(set: ObjectSet, say: Say): void {
  for (const { group, kind, objects } of set.kinds) {
    const meant = meantOf(kind, OBJECT_KINDS.get(group) ?? []);
    if (!meant) continue;
    for (const object of objects) {
      say(object, faultOf(`kind of ${kind} ${object.namespace}/${object.name}`, kind, meant, object.manifest));
    }
  }
}

function judgeClaims(set: ObjectSet, say: Say): void {
  for (const claim of set.claims) {
    const { object, source } = claim;
    if (!source || !isOwnGroup(source.group)) continue;
    const meant = meantOf(source.kind, SOURCE_KINDS);
    say(object, meant ? faultOf(`${source.field}.kind of ${claimTitle(claim)}`, source.kind, meant, source.node) : undefined);
  }
}

function entryFaults(grant: SetObject, side: 'from' | 'to'): Faults {
  return faultsIn(list(at(grant.manifest, 'spec', side)), (entry, index) => {
    const kind = text(at(entry, 'kind'));
    const meant = meantOf(kind, SOURCE_KINDS);
    if (!meant || !isOwnGroup(text(at(entry, 'group')))) return undefined;
    return faultOf(`spec.${side}[${index}].kind of ${titleOf(grant)}`, kind, meant, entry);
  });
}

/** The kind that is meant by a wrong spelling. */
function meantOf(kind: string, kinds: readonly string[]): string | undefined {
  return kind === '' || kinds.includes(kind) ? undefined : meantKind(kind, kinds);
}

function faultOf(where: string, kind: string, meant: string, node: unknown): Fault {
  return { message: `${where} is '${kind}', but must be spelled '${meant}'`, node };
}
