import { at, text } from '../../rules/fields';
import { type Check, type Fault, page } from '../check';
import { nameOf } from '../evidence';

const PAGE = page('docs/doctor.md#the-classes-of-a-driver');
const EFFECT =
  "A claim of another driver's StorageClass is never filled from such a snapshot: 'snapshotcontent CONTENT for snapshot NAME is not handled by CSI driver of StorageClass CLASS'.";

/** A snapshot and the claim that is filled from it have the same driver: it needs a class of both kinds. */
export const driverClasses: Check = {
  id: 'driver-classes',
  question: 'which CSI drivers have both a StorageClass and a VolumeSnapshotClass',

  *judge(evidence) {
    const doubts = [...evidence.doubts('storageclasses', 'volumesnapshotclasses', 'csidrivers')];
    yield* doubts;
    // Where snapshots are no kind at all, that alone is said.
    if (doubts.length > 0 || 'absent' in evidence.view.objects.volumesnapshotclasses) return;

    const storage = byDriver(evidence.objects('storageclasses'), 'provisioner');
    const snapshots = byDriver(evidence.objects('volumesnapshotclasses'), 'driver');
    const csi = new Set(evidence.objects('csidrivers').map((driver) => nameOf(driver).name));
    const works = [...snapshots.keys()].some((driver) => storage.has(driver));

    if (snapshots.size === 0) {
      yield {
        severity: 'error',
        message: `No VolumeSnapshotClass exists; the StorageClasses are of ${named(storage.keys())}.`,
        effect: "A snapshot that names no class says 'cannot find default snapshot class', and never gets ready.",
        remediation: 'install the VolumeSnapshotClass of the CSI driver, as its documentation shows it',
        page: PAGE,
      };
    }
    for (const [driver, classes] of snapshots) {
      if (storage.has(driver)) continue;
      const unknown = csi.has(driver) ? '' : ', and there is no CSIDriver of that name: it is misspelt, or not installed';
      for (const manifest of classes) yield lonely(manifest, driver, storage.keys(), unknown, works);
    }
    for (const [driver, classes] of storage) {
      // Without a working pair that is said of the other side already; and not every provisioner is a CSI driver.
      if (!works || snapshots.has(driver) || !csi.has(driver)) continue;
      for (const manifest of classes) {
        yield {
          severity: 'info',
          object: nameOf(manifest),
          message: `The driver '${driver}' of StorageClass ${nameOf(manifest).name} has no VolumeSnapshotClass.`,
          effect: 'No snapshot of its volumes can be taken, and its claims cannot be clones of one. Some drivers take none.',
          remediation: 'if the driver takes snapshots, install its VolumeSnapshotClass',
          page: PAGE,
        };
      }
    }
  },
};

function lonely(manifest: unknown, driver: string, others: Iterable<string>, unknown: string, works: boolean): Fault {
  const { name } = nameOf(manifest);
  return {
    severity: works ? 'warning' : 'error',
    object: nameOf(manifest),
    message: `The driver '${driver}' of VolumeSnapshotClass ${name} has no StorageClass${unknown}; the StorageClasses are of ${named(others)}.`,
    effect: EFFECT,
    remediation: `compare: kubectl get csidrivers,storageclasses,volumesnapshotclasses; a class cannot be changed, so: kubectl delete volumesnapshotclass ${name}, and install it again with the right driver`,
    page: PAGE,
  };
}

function byDriver(classes: readonly unknown[], field: string): ReadonlyMap<string, readonly unknown[]> {
  const drivers = new Map<string, unknown[]>();
  for (const manifest of classes) {
    const driver = text(at(manifest, field));
    drivers.set(driver, [...(drivers.get(driver) ?? []), manifest]);
  }
  return drivers;
}

function named(drivers: Iterable<string>): string {
  return [...drivers].map((driver) => `'${driver}'`).join(', ') || 'none';
}
