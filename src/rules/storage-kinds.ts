import { CLAIM_KIND, CORE_GROUP, GRANT_GROUP, GRANT_KIND, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import type { ObjectSet } from './object-set';
import { oncePerSet } from './once-per-set';
import type { SetObject } from './set-object';

/** Deleting one of these deletes data, or what gives access to it. */
const KINDS: readonly (readonly [group: string, kind: string])[] = [
  [CORE_GROUP, CLAIM_KIND],
  [SNAPSHOT_GROUP, SNAPSHOT_KIND],
  [SNAPSHOT_GROUP, 'VolumeSnapshotContent'],
  [GRANT_GROUP, GRANT_KIND],
];

/** Kinds without data, of which the set must not say two things either. */
const CLASSES: readonly (readonly [group: string, kind: string])[] = [
  [SNAPSHOT_GROUP, 'VolumeSnapshotClass'],
  ['storage.k8s.io', 'StorageClass'],
];

/** The claims, snapshots, contents and grants of a set. */
export const storageObjects = oncePerSet((set): readonly SetObject[] => KINDS.flatMap(([group, kind]) => set.ofKind(group, kind)));

/** The same, and the classes. */
export function storageObjectsAndClasses(set: ObjectSet): readonly SetObject[] {
  return [...storageObjects(set), ...CLASSES.flatMap(([group, kind]) => set.ofKind(group, kind))];
}
