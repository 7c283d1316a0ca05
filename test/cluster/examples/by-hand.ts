import type { ApiObject } from '../api/api-object';
import { DRIVER_NAME } from '../driver/identity';

/** The classes that the examples name, for the driver of the tests. */
export function classesNamed(name: string): ApiObject[] {
  return [
    { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner: DRIVER_NAME },
    {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: { name },
      driver: DRIVER_NAME,
      deletionPolicy: 'Delete',
    },
  ];
}

export function sized(storageClassName: string, storage: string): object {
  return { storageClassName, resources: { requests: { storage } } };
}

/** What the examples ask people to create out of band. */
export function secret(namespace: string, name: string, ...keys: readonly string[]): ApiObject {
  const stringData = Object.fromEntries(keys.map((key) => [key, `${key} of ${namespace}`]));
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
}
