import type { ApiObject, Json } from './api/api-object';
import { SNAPSHOT_CLASS, STORAGE_CLASS } from './storage-classes';

const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';

export function namespace(name: string): ApiObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** A claim; `spec` overrides and adds. */
export function claim(inNamespace: string, name: string, spec: Json = {}): ApiObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: inNamespace },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: STORAGE_CLASS, resources: { requests: { storage: '1Gi' } }, ...spec },
  };
}

export function snapshot(inNamespace: string, name: string, ofClaim: string, snapshotClass = SNAPSHOT_CLASS): ApiObject {
  return {
    apiVersion: `${SNAPSHOT_GROUP}/v1`,
    kind: 'VolumeSnapshot',
    metadata: { name, namespace: inNamespace },
    spec: { volumeSnapshotClassName: snapshotClass, source: { persistentVolumeClaimName: ofClaim } },
  };
}

/** A claim to be filled from a snapshot of another namespace (or of its own, written out). */
export function cloneOf(sourceNamespace: string, sourceName: string, inNamespace: string, name: string): ApiObject {
  return claim(inNamespace, name, {
    dataSourceRef: { apiGroup: SNAPSHOT_GROUP, kind: 'VolumeSnapshot', name: sourceName, namespace: sourceNamespace },
  });
}

export interface GrantSpec {
  readonly from: readonly Json[];
  readonly to: readonly Json[];
}

/** Claims of `consumer` may be filled from the snapshots of these names. */
export function grantSpec(consumer: string, ...names: readonly string[]): GrantSpec {
  return {
    from: [{ group: '', kind: 'PersistentVolumeClaim', namespace: consumer }],
    to: names.map((name) => ({ group: SNAPSHOT_GROUP, kind: 'VolumeSnapshot', name })),
  };
}

export function grant(inNamespace: string, name: string, spec: GrantSpec, version = 'v1beta1'): ApiObject {
  return { apiVersion: `gateway.networking.k8s.io/${version}`, kind: 'ReferenceGrant', metadata: { name, namespace: inNamespace }, spec };
}

/** One pod that mounts a claim; its label `app` is the name of the Deployment. */
export function deployment(inNamespace: string, name: string, ofClaim: string): ApiObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: inNamespace },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'main', image: 'none', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: ofClaim } }],
        },
      },
    },
  };
}
