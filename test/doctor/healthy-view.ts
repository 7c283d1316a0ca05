import type { Known } from '../../src/doctor/answer';
import { type ClusterView, KINDS, type KindName, WATCHED } from '../../src/doctor/cluster-view';
import { CloneGuard } from '../../src/safety/clone-guard';
import type { ApiObject } from '../cluster/api/api-object';
import { synthesized, theOnly } from '../cluster/constructs';

const GUARD = synthesized((chart) => new CloneGuard(chart, 'guard', { recordIntent: false, metadata: { name: 'guard' } }));

/** What of a view is another than in a healthy cluster. */
export interface Difference {
  readonly apiServers?: ClusterView['apiServers'];
  readonly gateReadings?: ClusterView['gateReadings'];
  readonly objects?: Partial<ClusterView['objects']>;
}

/** A view of a small cluster in which nothing is wrong; its objects are those that a check looks for, with what it looks at. */
export function healthyView({ objects, ...others }: Difference = {}): ClusterView {
  const names = Object.keys(KINDS) as KindName[];
  return {
    apiServers: { known: 1 },
    gateReadings: [{ known: { process: '1', on: true } }],
    versions: Object.fromEntries(
      Object.entries(WATCHED).map(([name, { version }]) => [name, known<string>(version)]),
    ) as unknown as ClusterView['versions'],
    ...others,
    objects: { ...Object.fromEntries(names.map((name) => [name, { known: [] }])), ...HEALTHY, ...objects } as ClusterView['objects'],
  };
}

export function known<T>(...items: readonly T[]): Known<readonly T[]> {
  return { known: items };
}

export function storageClass(provisioner: string) {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: `class-of-${provisioner}` }, provisioner };
}

export function snapshotClass(driver: string) {
  return { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass', metadata: { name: `class-of-${driver}` }, driver };
}

export function csiDriver(name: string) {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name } };
}

export function deployment(name: string, container: object, replicas = 1) {
  const spec = { replicas, template: { spec: { serviceAccountName: 'sidecars', containers: [{ name: 'main', ...container }] } } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'csi' }, spec };
}

/** The container of a csi-provisioner with the gate on. */
export const PROVISIONER = { image: 'csi-provisioner:v6.3.0', args: ['--feature-gates=CrossNamespaceVolumeDataSource=true'] };
export const CONTROLLER = deployment('snapshots', { image: 'snapshot-controller:v8.6.0' });

export function guardPolicy(name = 'guard'): ApiObject {
  const policy = theOnly('ValidatingAdmissionPolicy', GUARD);
  return { ...policy, metadata: { name } };
}

export function guardBinding(...validationActions: readonly string[]): ApiObject {
  const binding = theOnly('ValidatingAdmissionPolicyBinding', GUARD);
  return { ...binding, spec: { ...binding.spec, validationActions } };
}

export function clusterRole(name: string, ...rules: readonly object[]) {
  return { kind: 'ClusterRole', metadata: { name }, rules };
}

export function clusterRoleBinding(role: string, ...subjects: readonly object[]) {
  return { kind: 'ClusterRoleBinding', metadata: { name: role }, roleRef: { kind: 'ClusterRole', name: role }, subjects };
}

const GRANTS = { apiGroups: ['gateway.networking.k8s.io'], resources: ['referencegrants'], verbs: ['get', 'list', 'watch'] };

const HEALTHY: Partial<ClusterView['objects']> = {
  deployments: known(deployment('provisioner', PROVISIONER), CONTROLLER),
  storageclasses: known(storageClass('csi.example.com')),
  volumesnapshotclasses: known(snapshotClass('csi.example.com')),
  csidrivers: known(csiDriver('csi.example.com')),
  validatingadmissionpolicies: known(guardPolicy()),
  validatingadmissionpolicybindings: known(guardBinding('Deny')),
  clusterroles: known(clusterRole('grants', GRANTS)),
  clusterrolebindings: known(clusterRoleBinding('grants', { kind: 'ServiceAccount', namespace: 'csi', name: 'sidecars' })),
};
