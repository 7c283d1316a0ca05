import { CORE_GROUP, type ObjectKey } from './reference';

/**
 * The annotation in which a claim says what it must be filled from. The API server drops a `dataSourceRef` that it does not know how to
 * honour, without a word; annotations survive, so an admission policy can still compare.
 */
export const INTENT_ANNOTATION = 'cdk8s-snapshot-clone/data-source';

/** `VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql`, or `PersistentVolumeClaim/prod/data` for the core group. */
export function intentOf({ group, kind, namespace, name }: ObjectKey): string {
  return `${group === CORE_GROUP ? kind : `${kind}.${group}`}/${namespace}/${name}`;
}
