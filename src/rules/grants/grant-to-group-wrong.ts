import { isMisspelled } from '../field-names';
import { meantKind, SOURCE_KINDS } from '../kind-names';
import { GRANT_TO } from '../known-fields';
import { type Faults, faultsIn, type Rule } from '../rule';
import { titleOf } from '../set-object';
import { groupOfKind } from '../source-kind';
import { type ClaimGrant, claimGrants } from './entries';

export const grantToGroupWrong: Rule = {
  id: 'grant-to-group-wrong',
  severity: 'error',
  sentence: "A ReferenceGrant opens VolumeSnapshots in group snapshot.storage.k8s.io, and PersistentVolumeClaims in group '', written out.",
  why: 'The provisioner compares group and kind exactly. A grant with another group is accepted and allows nothing; without any it is refused: `spec.to[0].group: Required value`.',
  remediation: "Write group: snapshot.storage.k8s.io for a VolumeSnapshot, and group: '' for a PersistentVolumeClaim.",
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    for (const one of claimGrants(set)) if (one.claims.length > 0) say(one.object, faultsOf(one));
  },
};

function faultsOf(one: ClaimGrant): Faults {
  return faultsIn(one.sources, ({ path, group, kind, node }) => {
    // Of a version in the group, or of one under a wrong name, another rule speaks.
    const right = groupOfKind(meantKind(kind, SOURCE_KINDS) ?? kind);
    if (group === right || group?.includes('/') || (group === undefined && isMisspelled(node, GRANT_TO, 'group'))) return undefined;
    const is = group === undefined ? 'absent' : `'${group}'`;
    return { message: `${path}.group of ${titleOf(one.object)} is ${is}, but for kind ${kind} it must be '${right}'`, node };
  });
}
