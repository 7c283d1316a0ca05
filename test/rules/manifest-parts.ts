/* The least of each object that a rule about references looks at. */

export const SNAPSHOTS = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' };
export const CLAIMS = { group: '', kind: 'PersistentVolumeClaim' };
export const REF = { apiGroup: SNAPSHOTS.group, kind: SNAPSHOTS.kind, namespace: 'prod', name: 'mysql' };
export const INTENT = 'cdk8s-snapshot-clone/data-source';

export const snapshot = (name: string, namespace = 'prod') => ({
  apiVersion: 'snapshot.storage.k8s.io/v1',
  kind: 'VolumeSnapshot',
  metadata: { name, namespace },
});
export const grant = (name: string, from: object[], to: object[], namespace = 'prod') => ({
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'ReferenceGrant',
  metadata: { name, namespace },
  spec: { from, to },
});
export const claim = (name: string, dataSourceRef?: object, namespace = 'dev', annotations = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace, annotations },
  spec: { dataSourceRef },
});
export const from = (namespace: string) => ({ ...CLAIMS, namespace });
export const to = (name: string) => ({ ...SNAPSHOTS, name });
