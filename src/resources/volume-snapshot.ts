import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as snapshotapi from '../../imports/snapshot.storage.k8s.io';
import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import { Inventory } from './inventory';
import { checkName, checkNamespace, checkOwnName, metadataFor, namespaceFor, refuseOtherIntent } from './metadata';
import { Resource } from './resource';
import { Subject } from './subject';

/**
 * A VolumeSnapshot, created by the app or known to exist.
 */
export interface IVolumeSnapshot extends kplus.IResource {
  /** The namespace of the snapshot. */
  readonly namespace: string;
}

/**
 * Where an existing VolumeSnapshot is found.
 */
export interface VolumeSnapshotLocation {
  /** The namespace of the snapshot, a DNS label. */
  readonly namespace: string;

  /** The name of the snapshot, a DNS subdomain. */
  readonly snapshotName: string;
}

/**
 * Properties for `VolumeSnapshot`.
 */
export interface VolumeSnapshotProps {
  /**
   * Name, namespace, labels and annotations of the snapshot.
   *
   * @default - a generated name, in the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The claim whose volume is copied, a DNS subdomain. It lives in the snapshot's own namespace.
   *
   * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/#provisioning-volume-snapshot
   */
  readonly claimName: string;

  /**
   * The VolumeSnapshotClass, a DNS subdomain, which must belong to the CSI driver of the claim. Named always: a default class can change, or
   * be missing, and the cluster's choice would be written back into the object.
   *
   * @see https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/
   */
  readonly volumeSnapshotClassName: string;
}

/**
 * A copy of a volume at the moment at which the snapshot is made: crash-consistent, as if the power had failed.
 *
 * A snapshot is taken once. Applying the object again takes no new one, and its spec never changes: a newer copy is a new object of another
 * name. Deleting it deletes the copied data when its class has the deletion policy Delete.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 * @example
 *
 * new VolumeSnapshot(prod, 'snapshot', {
 *   metadata: { namespace: 'prod', name: 'mysql-2026-11-22' },
 *   claimName: 'mysql-data',
 *   volumeSnapshotClassName: 'csi-fast',
 * });
 */
export class VolumeSnapshot extends Resource implements IVolumeSnapshot {
  /**
   * A snapshot that exists already, or that somebody else creates. Emits nothing.
   *
   * @param scope The scope in which the reference lives.
   * @param id The id of the reference.
   * @param location Namespace and name of the snapshot.
   */
  public static fromSnapshotName(scope: Construct, id: string, location: VolumeSnapshotLocation): IVolumeSnapshot {
    return new ExistingVolumeSnapshot(scope, id, location);
  }

  protected readonly apiObject: ApiObject;

  public readonly resourceType = 'volumesnapshots';

  /** The namespace of the snapshot and of the claim that it copies. */
  public readonly namespace: string;

  /** The claim whose volume is copied. */
  public readonly claimName: string;

  /** The VolumeSnapshotClass of the snapshot. */
  public readonly volumeSnapshotClassName: string;

  constructor(scope: Construct, id: string, props: VolumeSnapshotProps) {
    super(scope, id);
    const what = new Subject('VolumeSnapshot', this);
    this.namespace = namespaceFor(this, what, props.metadata);
    refuseOtherIntent(what, props.metadata);
    this.claimName = checkName('claimName', what, props.claimName);
    this.volumeSnapshotClassName = checkName('volumeSnapshotClassName', what, props.volumeSnapshotClassName);
    const spec: snapshotapi.VolumeSnapshotSpec = {
      source: { persistentVolumeClaimName: this.claimName },
      volumeSnapshotClassName: this.volumeSnapshotClassName,
    };
    this.apiObject = new ApiObject(this, 'Resource', {
      ...snapshotapi.VolumeSnapshot.GVK,
      metadata: metadataFor(props.metadata, { namespace: this.namespace }),
      spec,
    });
    checkOwnName(what, this.name, props.metadata);
    Inventory.of(this).add(this, this.apiObject);
  }
}

class ExistingVolumeSnapshot extends Construct implements IVolumeSnapshot {
  public readonly apiVersion = snapshotapi.VolumeSnapshot.GVK.apiVersion;
  public readonly apiGroup = SNAPSHOT_GROUP;
  public readonly kind = SNAPSHOT_KIND;
  public readonly resourceType = 'volumesnapshots';
  public readonly namespace: string;
  public readonly name: string;

  constructor(scope: Construct, id: string, location: VolumeSnapshotLocation) {
    super(scope, id);
    const what = new Subject('VolumeSnapshot', this);
    this.namespace = checkNamespace('namespace', what, location.namespace);
    this.name = checkName('name', what, location.snapshotName);
  }

  public get resourceName(): string {
    return this.name;
  }
}
