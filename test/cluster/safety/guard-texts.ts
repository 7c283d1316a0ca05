import type { ApiObject } from '../api/api-object';
import { documented } from '../troubleshooting';

/** How the guard begins to speak of a claim whose reference is gone. */
export function emptyText(clone: ApiObject, wanted: string): string {
  return documented(
    'PersistentVolumeClaim dev/claim is to be filled from VolumeSnapshot.snapshot.storage.k8s.io/prod/snap, but names no data source in another namespace, and its volume would be EMPTY.',
    { 'dev/claim': `${clone.metadata.namespace}/${clone.metadata.name}`, 'VolumeSnapshot.snapshot.storage.k8s.io/prod/snap': wanted },
  );
}
