import { CLAIM_KIND, CORE_GROUP, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { claimTitle } from '../claim';
import { at, list, text } from '../fields';
import { meantKind, SOURCE_KINDS } from '../kind-names';
import { GRANT_GROUP, GRANT_KIND, type ObjectSet } from '../object-set';
import { type Fault, type Judgement, NO_FAULTS, type Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { isOwnGroup } from '../source-kind';

/** The kinds of objects that are known here, by group. */
const OBJECT_KINDS: Readonly<Record<string, readonly string[]>> = {
  [CORE_GROUP]: [CLAIM_KIND],
  [SNAPSHOT_GROUP]: [SNAPSHOT_KIND],
  [GRANT_GROUP]: [GRANT_KIND],
};

export const kindSpelling: Rule = {
  id: 'kind-spelling',
  severity: 'error',
  sentence: 'Kinds are spelled as Kubernetes spells them: VolumeSnapshot, PersistentVolumeClaim, ReferenceGrant.',
  why: 'A kind is compared letter by letter, its case included. A claim with a misspelled source stays Pending, with the event `Assuming an external populator will provision the volume`; a grant with a misspelled kind is accepted and allows nothing; an object of a misspelled kind is refused: `no matches for kind`.',
  remediation: 'Write the kind as it is suggested: in the singular, with capital letters, not as kubectl abbreviates it.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',

  *judge(set) {
    for (const object of set.objects) {
      const kinds = Object.hasOwn(OBJECT_KINDS, object.group) ? OBJECT_KINDS[object.group] : [];
      if (kinds.includes(object.kind)) continue;
      const fault = faultOf(object.kind, kinds, `kind of ${object.kind} ${object.namespace}/${object.name}`, object.manifest);
      if (fault) yield { object, faults: [fault] };
    }
    yield* judgeClaims(set);
    for (const { object } of set.grants) yield { object, faults: [...entryFaults(object, 'from'), ...entryFaults(object, 'to')] };
  },
};

function* judgeClaims(set: ObjectSet): Generator<Judgement> {
  for (const claim of set.claims) {
    const { object, source } = claim;
    if (!source || !isOwnGroup(source.group)) continue;
    if (SOURCE_KINDS.includes(source.kind)) {
      yield { object, faults: NO_FAULTS };
      continue;
    }
    const fault = faultOf(source.kind, SOURCE_KINDS, `${source.field}.kind of ${claimTitle(claim)}`, source.node);
    yield { object, faults: fault ? [fault] : [] };
  }
}

function entryFaults(grant: SetObject, side: 'from' | 'to'): Fault[] {
  return list(at(grant.manifest, 'spec', side)).flatMap((entry, index) => {
    const kind = text(at(entry, 'kind'));
    if (SOURCE_KINDS.includes(kind) || !isOwnGroup(text(at(entry, 'group')))) return NO_FAULTS;
    return faultOf(kind, SOURCE_KINDS, `spec.${side}[${index}].kind of ${titleOf(grant)}`, entry) ?? [];
  });
}

function faultOf(kind: string, kinds: readonly string[], where: string, node: unknown): Fault | undefined {
  const meant = kind ? meantKind(kind, kinds) : undefined;
  if (!meant || meant === kind) return undefined;
  return { message: `${where} is '${kind}', but must be spelled '${meant}'`, node };
}
