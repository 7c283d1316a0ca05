import { type Check, page } from '../check';
import type { Provisioner } from '../evidence';
import { gateOf, type Version, versionOf } from '../sidecars';
import { placeOf } from './provisioner-gate';

const FIRST: Version = [3, 4, 0];
/** They put a finalizer on the source of a clone; the sweep that takes it off again came with 6.0.2, 6.1.2, 6.2.1 and 6.3.0. */
const LEAKING: readonly Version[] = [
  [6, 0, 1],
  [6, 1, 1],
  [6, 2, 0],
];

/** Releases of csi-provisioner that harm, or that cannot do it. */
export const provisionerVersion: Check = {
  id: 'provisioner-version',
  question: 'which version csi-provisioner has',

  *judge({ provisioners }) {
    for (const provisioner of provisioners) {
      const version = versionOf(provisioner.image);
      if (!version) continue;
      const bad = LEAKING.some((each) => compare(each, version) === 0)
        ? LEAKS
        : compare(version, FIRST) < 0 && gateOf(provisioner.words) !== false
          ? TOO_OLD
          : undefined;
      if (bad) yield { severity: 'error', object: provisioner.object, message: messageFor(provisioner, version), ...bad };
    }
  },
};

const LEAKS = {
  effect:
    "It leaves the finalizer provisioner.storage.kubernetes.io/volumesnapshot-as-source-protection on the source of every clone from another namespace for ever: the snapshot, and its namespace, can then not be deleted, and Argo CD's prune hangs.",
  remediation: 'csi-provisioner 6.3.0 or later (or 6.0.2, 6.1.2, 6.2.1), which also takes off what was left behind',
  page: page('docs/owner.md#why-a-deleted-snapshot-can-linger'),
};

const TOO_OLD = {
  effect: 'It does not know the feature gate CrossNamespaceVolumeDataSource, and refuses to start with it.',
  remediation: 'csi-provisioner 6.3.0 or later; the feature came with 3.4.0',
  page: page('README.md#what-it-needs-from-the-cluster'),
};

function messageFor(provisioner: Provisioner, version: Version): string {
  return `${placeOf(provisioner)} runs csi-provisioner ${version.join('.')}, by the image ${provisioner.image} of its container ${provisioner.container}.`;
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
