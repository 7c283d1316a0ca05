import type { Claim } from '../claim';
import { ClaimIndex, type ShownSource } from '../claim-index';
import { at, text } from '../fields';
import type { ObjectSet } from '../object-set';
import type { Rule } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { driverOf, provisionerOf, snapshotClass, storageClass, storageClassNameOf } from '../storage-class';

/** A CSI driver, and which object says so. */
interface Driver {
  readonly name: string;
  readonly saidBy: string;
}

export const driverMismatch: Rule = {
  id: 'driver-mismatch',
  severity: 'error',
  sentence: 'A claim, its source and the snapshot between them belong to one CSI driver.',
  why: 'A driver reads its own snapshots only. csi-provisioner refuses with `snapshotcontent C for snapshot S is not handled by CSI driver of StorageClass SC`, and the claim stays Pending; a snapshot with the class of another driver than its source never becomes ready.',
  remediation: 'Name classes whose provisioner and driver are those of the source volume.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/#driver',

  judge(set, say) {
    const claims = ClaimIndex.of(set);
    for (const claim of set.claims) {
      if (!claim.reference) continue;
      const own = driverOfClaim(set, claim);
      const source = own && driverOfSource(set, claims.sourceOf(claim));
      if (!own || !source) continue;
      if (own.name === source.name) {
        say(claim.object);
        continue;
      }
      const { kind, namespace, name } = claim.reference.source;
      const what = `the CSI driver of claim ${claim.namespace}/${claim.name} is '${own.name}' (${own.saidBy})`;
      const message = `${what}, but must be '${source.name}' (${source.saidBy}), that of its source ${kind} ${namespace}/${name}`;
      say(claim.object, { message, node: claim.spec });
    }
    for (const snapshot of set.ofKind('snapshot.storage.k8s.io', 'VolumeSnapshot')) {
      const { claim } = claims.originOf(snapshot);
      const own = driverOfSnapshotClass(set, snapshot);
      const source = claim && driverOfClaim(set, claim);
      if (!own || !claim || !source) continue;
      if (own.name === source.name) {
        say(snapshot);
        continue;
      }
      const what = `the CSI driver of ${titleOf(snapshot)} is '${own.name}' (${own.saidBy})`;
      const message = `${what}, but must be '${source.name}' (${source.saidBy}), that of its source claim ${claim.namespace}/${claim.name}`;
      say(snapshot, { message, node: at(snapshot.manifest, 'spec') });
    }
  },
};

function driverOfClaim(set: ObjectSet, claim: Claim): Driver | undefined {
  const className = storageClassNameOf(claim);
  return className === undefined ? undefined : driver(provisionerOf(storageClass(set, className)), `StorageClass ${className}`);
}

function driverOfSnapshotClass(set: ObjectSet, snapshot: SetObject): Driver | undefined {
  const className = text(at(snapshot.manifest, 'spec', 'volumeSnapshotClassName'));
  return className ? driver(driverOf(snapshotClass(set, className)), `VolumeSnapshotClass ${className}`) : undefined;
}

/** The content is the copy itself; the class of the snapshot makes it; the class of the source claim is what both have to fit. */
function driverOfSource(set: ObjectSet, { snapshot, content, claim }: ShownSource): Driver | undefined {
  const ofContent = content && driver(text(at(content.manifest, 'spec', 'driver')), titleOf(content));
  return ofContent ?? (snapshot && driverOfSnapshotClass(set, snapshot)) ?? (claim && driverOfClaim(set, claim));
}

function driver(name: string, saidBy: string): Driver | undefined {
  return name ? { name, saidBy } : undefined;
}
