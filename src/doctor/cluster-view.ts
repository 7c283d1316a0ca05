import { GRANT_GROUP, SNAPSHOT_GROUP } from '../reference/reference';
import type { Answer } from './answer';

/** What one API server says about itself. */
export interface GateReading {
  /** Tells the processes behind one address apart: each has started at a time of its own. */
  readonly process: string;
  /** Whether the gate is on. Absent: the server's metrics do not name it. */
  readonly on?: boolean;
}

/** Everything that the doctor has read of a cluster: plain data, so that it can be saved and looked at elsewhere. */
export interface ClusterView {
  /** How many API servers have a lease. */
  readonly apiServers: Answer<number>;
  /** One for each time that the metrics were asked for; servers behind one address may answer in turn. */
  readonly gateReadings: readonly Answer<GateReading>[];
  /** The versions in which each of `WATCHED` is served; none where its definition is not installed. */
  readonly versions: Readonly<Record<WatchedName, Answer<readonly string[]>>>;
  /** The objects of each of `KINDS`, in all namespaces. */
  readonly objects: Readonly<Record<KindName, Answer<readonly unknown[]>>>;
}

export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Which of the objects the API server is asked for, where not all are needed. */
  readonly fieldSelector?: string;
}

const workload = (kind: string): Kind => ({ group: 'apps', version: 'v1', kind });
const rbac = (kind: string): Kind => ({ group: 'rbac.authorization.k8s.io', version: 'v1', kind });
const admission = (kind: string): Kind => ({ group: 'admissionregistration.k8s.io', version: 'v1', kind });
const storage = (kind: string): Kind => ({ group: 'storage.k8s.io', version: 'v1', kind });
const snapshots = (kind: string): Kind => ({ group: SNAPSHOT_GROUP, version: 'v1', kind });

/** What is read, by the name that the API and its rights use. No Secret, no ConfigMap, nothing of a custom kind but grants and snapshots. */
export const KINDS = {
  persistentvolumeclaims: { group: '', version: 'v1', kind: 'PersistentVolumeClaim' },
  events: { group: '', version: 'v1', kind: 'Event', fieldSelector: 'involvedObject.kind=PersistentVolumeClaim' },
  pods: { group: '', version: 'v1', kind: 'Pod' },
  deployments: workload('Deployment'),
  statefulsets: workload('StatefulSet'),
  daemonsets: workload('DaemonSet'),
  storageclasses: storage('StorageClass'),
  csidrivers: storage('CSIDriver'),
  volumesnapshots: snapshots('VolumeSnapshot'),
  volumesnapshotclasses: snapshots('VolumeSnapshotClass'),
  volumesnapshotcontents: snapshots('VolumeSnapshotContent'),
  referencegrants: { group: GRANT_GROUP, version: 'v1beta1', kind: 'ReferenceGrant' },
  clusterroles: rbac('ClusterRole'),
  clusterrolebindings: rbac('ClusterRoleBinding'),
  validatingadmissionpolicies: admission('ValidatingAdmissionPolicy'),
  validatingadmissionpolicybindings: admission('ValidatingAdmissionPolicyBinding'),
  mutatingadmissionpolicies: admission('MutatingAdmissionPolicy'),
  mutatingadmissionpolicybindings: admission('MutatingAdmissionPolicyBinding'),
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

/** The kinds that a cluster gets by an installation, and the version in which csi-provisioner and the snapshot-controller watch them. */
export const WATCHED = {
  referencegrants: { group: GRANT_GROUP, version: 'v1beta1' },
  volumesnapshots: { group: SNAPSHOT_GROUP, version: 'v1' },
  volumesnapshotclasses: { group: SNAPSHOT_GROUP, version: 'v1' },
  volumesnapshotcontents: { group: SNAPSHOT_GROUP, version: 'v1' },
} as const;

export type WatchedName = keyof typeof WATCHED;

/** The gate, in the API server and in csi-provisioner. */
export const GATE = 'CrossNamespaceVolumeDataSource';
