import { SNAPSHOT_GROUP } from '../reference/reference';
import { at, text } from './fields';
import type { ObjectSet } from './object-set';
import type { SetObject } from './set-object';

const STORAGE_GROUP = 'storage.k8s.io';
const STORAGE_CLASS = 'StorageClass';
const SNAPSHOT_CLASS = 'VolumeSnapshotClass';
/** Older than the field, and still read before it. */
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** A class that something names, if the set shows it. */
export interface NamedClass {
  readonly name: string;
  readonly object?: SetObject;
}

/** What a claim names as its StorageClass. Nothing: it leaves the choice to the cluster, or wants no class at all. */
export function storageClassNameOf(claim: {
  readonly spec: unknown;
  readonly annotations: Readonly<Record<string, string>>;
}): string | undefined {
  return claim.annotations[CLASS_ANNOTATION] || text(at(claim.spec, 'storageClassName')) || undefined;
}

export function storageClass(set: ObjectSet, name: string): NamedClass {
  return { name, object: set.find({ group: STORAGE_GROUP, kind: STORAGE_CLASS, namespace: '', name }) };
}

/** Whether the set holds StorageClasses at all. */
export function showsStorageClasses(set: ObjectSet): boolean {
  return set.ofKind(STORAGE_GROUP, STORAGE_CLASS).length > 0;
}

export function snapshotClass(set: ObjectSet, name: string): NamedClass {
  return { name, object: set.find({ group: SNAPSHOT_GROUP, kind: SNAPSHOT_CLASS, namespace: '', name }) };
}

/** Whether the set holds VolumeSnapshotClasses at all. */
export function showsSnapshotClasses(set: ObjectSet): boolean {
  return set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_CLASS).length > 0;
}

/** The CSI driver that makes the volumes of a StorageClass. */
export function provisionerOf({ object }: NamedClass): string {
  return text(at(object?.manifest, 'provisioner'));
}

/** The CSI driver that takes the snapshots of a VolumeSnapshotClass. */
export function driverOf({ object }: NamedClass): string {
  return text(at(object?.manifest, 'driver'));
}
