import { CLAIM_KIND, CORE_GROUP, type ObjectKey, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { ClaimIndex } from '../claim-index';
import { at, text } from '../fields';
import type { ObjectSet } from '../object-set';
import type { Fault, Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { ShownNames } from '../shown-names';

export const snapshotSourceMissing: Rule = {
  id: 'snapshot-source-missing',
  severity: 'warning',
  sentence: 'The claim that a VolumeSnapshot is to be taken of is among the claims that the set shows in that namespace.',
  why: 'The snapshot controller reports `failed to retrieve PVC mysql-data from the lister`, and the snapshot never becomes ready. It is judged only where the set shows other claims of that namespace, and not only copies; claims that a StatefulSet or a pod of the set makes count. It is a warning, because manifests do not prove it: claims that an operator makes are not seen, and a snapshot outlives its claim. One whose status says that it is bound has been taken, and is not judged.',
  remediation:
    "Correct the name, which Kustomize's namePrefix and nameSuffix leave as it is, or add the claim to the set; if its namespace is delivered elsewhere, name that namespace with --external.",
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#volumesnapshots',

  judge(set, say) {
    const claims = ClaimIndex.of(set);
    for (const object of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
      if (set.claimsOf(object.namespace).length === 0) continue;
      // Nearly always it is there, and other rules have looked for it already.
      say(object, claims.originOf(object).claim ? undefined : faultOf(set, object));
    }
  },
};

function faultOf(set: ObjectSet, object: SetObject): Fault | undefined {
  const claim = claimOf(object);
  if (!claim || !ShownNames.miss(set, claim)) return undefined;
  const message = `${titleOf(object)} is to be taken of ${titleOf(claim)}, but ${ShownNames.of(set).insteadOf(claim)}`;
  return { message, node: at(object.manifest, 'spec', 'source') };
}

/** The claim that has to be there. Of a snapshot with two sources another rule speaks; one that is bound needs its claim no more. */
function claimOf({ namespace, manifest }: SetObject): ObjectKey | undefined {
  const source = at(manifest, 'spec', 'source');
  const name = text(at(source, 'persistentVolumeClaimName'));
  const isTwo = (at(source, 'volumeSnapshotContentName') ?? undefined) !== undefined;
  const isBound = text(at(manifest, 'status', 'boundVolumeSnapshotContentName')) !== '';
  return name === '' || isTwo || isBound ? undefined : { group: CORE_GROUP, kind: CLAIM_KIND, namespace, name };
}
