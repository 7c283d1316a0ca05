import type { ApiObject } from './api/api-object';
import { DRIVER_NAME } from './driver/identity';

/** The StorageClasses and the VolumeSnapshotClass that every cluster has. */
export const STORAGE_CLASS = 'directory';
/** Makes a volume only when a pod wants it. */
export const STORAGE_CLASS_WHEN_USED = 'directory-when-used';
export const SNAPSHOT_CLASS = 'directory';

export function storageClasses(): ApiObject[] {
  const storageClass = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: DRIVER_NAME };
  return [
    { ...storageClass, metadata: { name: STORAGE_CLASS } },
    { ...storageClass, metadata: { name: STORAGE_CLASS_WHEN_USED }, volumeBindingMode: 'WaitForFirstConsumer' },
    {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: { name: SNAPSHOT_CLASS },
      driver: DRIVER_NAME,
      deletionPolicy: 'Delete',
    },
  ];
}
