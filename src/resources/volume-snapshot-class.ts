import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import * as snapshotapi from '../../imports/snapshot.storage.k8s.io';
import { Inventory } from './inventory';
import { checkName, checkOwnName, metadataFor, refuseNamespace, withoutNamespace } from './metadata';
import { Resource } from './resource';
import { Subject } from './subject';
import { checkOneOf } from './values';

/**
 * Properties for `VolumeSnapshotClass`.
 */
export interface VolumeSnapshotClassProps {
  /**
   * Name, labels and annotations of the class. The kind is cluster-scoped: it has no namespace.
   *
   * @default - a generated name
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The CSI driver that takes the snapshots, such as `ebs.csi.aws.com`.
   */
  readonly driver: string;

  /**
   * What happens to the copied data when a VolumeSnapshot of this class is deleted. Required, because both values are wrong somewhere:
   * Delete loses a copy that somebody still needs, Retain keeps paying for one that nobody needs.
   */
  readonly deletionPolicy: DeletionPolicy;

  /**
   * Parameters for the driver.
   *
   * @default - none
   */
  readonly parameters?: { [key: string]: string };
}

/**
 * How a CSI driver takes snapshots.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/
 * @example
 *
 * new VolumeSnapshotClass(prod, 'class', {
 *   metadata: { name: 'csi-fast' },
 *   driver: 'csi.example.com',
 *   deletionPolicy: DeletionPolicy.RETAIN,
 * });
 */
export class VolumeSnapshotClass extends Resource {
  protected readonly apiObject: ApiObject;

  public readonly resourceType = 'volumesnapshotclasses';

  /** The CSI driver that takes the snapshots. */
  public readonly driver: string;

  /** What happens to the copied data when a VolumeSnapshot of this class is deleted. */
  public readonly deletionPolicy: DeletionPolicy;

  constructor(scope: Construct, id: string, props: VolumeSnapshotClassProps) {
    super(scope, id);
    const what = new Subject('VolumeSnapshotClass', this);
    refuseNamespace(what, props.metadata);
    this.driver = checkName('driver', what, props.driver);
    this.deletionPolicy = checkOneOf('deletionPolicy', what, props.deletionPolicy, Object.values(DeletionPolicy));
    this.apiObject = withoutNamespace(
      new snapshotapi.VolumeSnapshotClass(this, 'Resource', {
        metadata: metadataFor(props.metadata, {}),
        driver: props.driver,
        deletionPolicy: props.deletionPolicy as string as snapshotapi.VolumeSnapshotClassDeletionPolicy,
        parameters: props.parameters,
      }),
    );
    checkOwnName(what, this.name, props.metadata);
    Inventory.of(this).add(this, this.apiObject);
  }
}

/**
 * What happens to the data behind a VolumeSnapshot when the VolumeSnapshot is deleted.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/#deletionpolicy
 */
export enum DeletionPolicy {
  /** The copied data is deleted with the VolumeSnapshot. */
  DELETE = 'Delete',

  /** The copied data and its VolumeSnapshotContent stay, and have to be deleted by hand. */
  RETAIN = 'Retain',
}
