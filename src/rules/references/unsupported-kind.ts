import { CORE_GROUP, SNAPSHOT_GROUP } from '../../reference/reference';
import { type Claim, claimTitle, type WrittenSource } from '../claim';
import { isMisspelled } from '../field-names';
import { meantKind, SOURCE_KINDS } from '../kind-names';
import { SOURCE } from '../known-fields';
import type { Fault, Rule } from '../rule';
import { groupOfKind, isOwnGroup } from '../source-kind';

export const unsupportedKind: Rule = {
  id: 'unsupported-kind',
  severity: 'error',
  sentence: 'A claim is filled from a VolumeSnapshot of group snapshot.storage.k8s.io or from a PersistentVolumeClaim of the core group.',
  why: 'csi-provisioner fills claims from these two kinds only. It refuses a VolumeSnapshot of another group: `the PVC source does not belong to the right APIGroup`. Where the group is missing, the API server refuses a `dataSourceRef`, and drops a `dataSource` without a word: the volume is EMPTY. Of kinds in other groups, which volume populators fill, this rule says nothing.',
  remediation: 'Name the VolumeSnapshot with its apiGroup snapshot.storage.k8s.io, or the PersistentVolumeClaim without an apiGroup.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#data-source-references',

  judge(set, say) {
    for (const claim of set.claims) {
      if (claim.source?.kind) say(claim.object, faultOf(claim, claim.source));
    }
  },
};

function faultOf(claim: Claim, { field, group, kind, node }: WrittenSource): Fault | undefined {
  // Another rule speaks of those.
  if (group.includes('/') || /^v\d/.test(group)) return undefined;
  if (SOURCE_KINDS.includes(kind)) {
    const right = groupOfKind(kind);
    if (group === right || (group === '' && isMisspelled(node, SOURCE, 'apiGroup'))) return undefined;
    const is = group ? `is '${group}'` : 'is absent';
    const must = right ? `must be '${right}'` : 'must be absent';
    return { message: `${field}.apiGroup of ${claimTitle(claim)} ${is}, but for kind ${kind} it ${must}`, node };
  }
  if ((group !== CORE_GROUP && group !== SNAPSHOT_GROUP) || (isOwnGroup(group) && meantKind(kind, SOURCE_KINDS))) return undefined;
  const message = `${field} of ${claimTitle(claim)} names a ${kind}, but no claim can be filled from one: only from a VolumeSnapshot or a PersistentVolumeClaim`;
  return { message, node };
}
