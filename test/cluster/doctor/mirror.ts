import type { ApiObject } from '../api/api-object';
import type { Cluster } from '../cluster';
import { gateArgument } from '../components/surroundings';
import { DRIVER_NAME } from '../driver/identity';

/*
 * The sidecars run as plain processes here. What a cluster with nodes shows of them, and the doctor reads, stands as objects that say the same:
 * a DaemonSet with the arguments, the account and the version of the running csi-provisioner, one for the snapshot-controller, and the CSIDriver.
 * Nothing runs pods here, and no controller of DaemonSets says so: whether they are ready is not known.
 */

export const PROVISIONER = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'csi-provisioner', namespace: 'default' } };

/** The DaemonSet of csi-provisioner; the account is the one that `provisionerAccess: 'stock'` gives the process. */
export function provisionerMirror(crossNamespaceGate: boolean, version = 'v6.3.0'): ApiObject {
  const args = ['--csi-address=/csi/csi.sock', gateArgument(crossNamespaceGate), '--extra-create-metadata'];
  const containers = [{ name: 'csi-provisioner', image: `registry.k8s.io/sig-storage/csi-provisioner:${version}`, args }];
  return workload(PROVISIONER, { serviceAccountName: 'csi-provisioner', containers });
}

export function snapshotControllerMirror(): ApiObject {
  const containers = [{ name: 'snapshot-controller', image: 'registry.k8s.io/sig-storage/snapshot-controller:v8.6.0' }];
  return workload({ ...PROVISIONER, metadata: { name: 'snapshot-controller', namespace: 'kube-system' } }, { containers });
}

export function csiDriverMirror(): ApiObject {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: DRIVER_NAME }, spec: { attachRequired: false } };
}

/** The process and its mirror, with the gate on or off. */
export async function restartProvisioner(cluster: Cluster, crossNamespaceGate: boolean): Promise<void> {
  await cluster.storage.stopProvisioner();
  await cluster.storage.startProvisioner(crossNamespaceGate);
  await cluster.api.apply(provisionerMirror(crossNamespaceGate));
}

function workload(address: Pick<ApiObject, 'apiVersion' | 'kind' | 'metadata'>, pod: object): ApiObject {
  const labels = { app: address.metadata.name };
  return { ...address, spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } } };
}
