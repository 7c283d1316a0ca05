/** What the page shows first: a claim that is granted, and one with a slip of the pen in its grant. */
const sides = (grantee: string) => `# The data owner's side.
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata:
  name: mysql
  namespace: prod
spec:
  volumeSnapshotClassName: csi-fast
  source:
    persistentVolumeClaimName: mysql-data
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata:
  name: mysql-to-${grantee}
  namespace: prod
spec:
  from:
    - group: ""
      kind: PersistentVolumeClaim
      namespace: ${grantee}
  to:
    - group: snapshot.storage.k8s.io
      kind: VolumeSnapshot
      name: mysql
---
# The consumer's side.
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: mysql
  namespace: dev
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: csi-fast
  resources:
    requests:
      storage: 20Gi
  dataSourceRef:
    apiGroup: snapshot.storage.k8s.io
    kind: VolumeSnapshot
    name: mysql
    namespace: prod
`;

export const GRANTED = sides('dev');
export const UNGRANTED = sides('dev2');
