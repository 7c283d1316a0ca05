import { CLAIM_KIND, CORE_GROUP } from '../../reference/reference';
import type { Claim } from '../claim';
import { isClaimObject } from '../delivery/claim-object';
import { at, text } from '../fields';
import type { ObjectSet } from '../object-set';
import { Resolution } from '../resolution';
import type { Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { ShownNames } from '../shown-names';
import { areDeliveredTogether } from '../sync-wave';
import { type LooseVolume, VolumeUses } from '../volume-use';

export const claimMountedElsewhere: Rule = {
  id: 'claim-mounted-elsewhere',
  severity: 'warning',
  sentence: 'A workload is in the namespace of the claims that it mounts: only the source of a claim may be in another one.',
  why: 'The pod stays Pending: `persistentvolumeclaim "mysql" not found`. Many sets have claims of one name in several namespaces, so it is judged only where the set holds one of that name, filled from a source, which no workload in its own namespace mounts, and where the workload is not in the namespace of the source, whose original it would mount. Both have to name their namespaces, and to be delivered together, by one Application of Argo CD or from one folder, unless the set shows claims of the namespace of the workload that are no copies.',
  remediation:
    'Put the claim and the workload into one namespace; if the workload has a claim of its own that is delivered elsewhere, name its namespace with --external.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes',

  judge(set, say) {
    const uses = VolumeUses.of(set);
    for (const { object } of uses.all) say(object);
    if (uses.loose.length === 0) return;
    const lonely = lonelyClones(set, uses);
    if (lonely.size === 0) return;
    for (const loose of uses.loose) {
      const { object, claimName, node } = loose;
      const claim = lonely.get(claimName);
      if (!claim || !isMeant(set, claim, loose)) continue;
      const message = `volume '${text(at(node, 'name'))}' of ${titleOf(object)} mounts claim ${claimName}, but the set shows one of that name in namespace ${claim.namespace} only, and a pod mounts claims of its own namespace`;
      say(object, { message, node });
    }
  },
};

/** By name, the claims that are filled from a source and mounted by nobody. Of two with one name nobody knows which is meant. */
function lonelyClones(set: ObjectSet, uses: VolumeUses): ReadonlyMap<string, Claim> {
  const names = new Set<string>();
  const lonely = new Map<string, Claim>();
  for (const claim of set.claims) {
    if (!isClaimObject(claim)) continue;
    const { name, reference } = claim;
    if (names.has(name)) lonely.delete(name);
    else if (reference && isPlaced(claim.object) && uses.usesOf(claim).length === 0) lonely.set(name, claim);
    names.add(name);
  }
  return lonely;
}

/** Whether a claim was most likely to be that of a workload in another namespace, and the set would show another that is. */
function isMeant(set: ObjectSet, { object: claim, reference }: Claim, { object, claimName }: LooseVolume): boolean {
  const { namespace } = object;
  const own = { group: CORE_GROUP, kind: CLAIM_KIND, namespace, name: claimName };
  return (
    isPlaced(object) &&
    !set.isExternal(namespace) &&
    reference?.source.namespace !== namespace &&
    (areDeliveredTogether(object, claim) || set.showsOriginals(namespace)) &&
    set.resolveNamed(own) !== Resolution.FOUND &&
    !ShownNames.of(set).areUnclear(own)
  );
}

/** Without a namespace it may be applied into any. */
function isPlaced({ manifest }: SetObject): boolean {
  return text(at(manifest, 'metadata', 'namespace')) !== '';
}
