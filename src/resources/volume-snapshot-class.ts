import { type ApiObject, type ApiObjectMetadata, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import * as snapshotapi from '../../imports/snapshot.storage.k8s.io';
import { checkName, placeIn } from './metadata';
import { Resource } from './resource';

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
    const what = `VolumeSnapshotClass '${this.node.path}'`;
    if (props.metadata?.namespace !== undefined) {
      throw new Error(
        `${what} has metadata.namespace '${props.metadata.namespace}', but the kind is cluster-scoped; leave metadata.namespace out`,
      );
    }
    this.driver = checkName(`driver of ${what}`, props.driver);
    this.deletionPolicy = props.deletionPolicy;
    const object = new snapshotapi.VolumeSnapshotClass(this, 'Resource', {
      metadata: placeIn(undefined, props.metadata),
      driver: props.driver,
      deletionPolicy: props.deletionPolicy as string as snapshotapi.VolumeSnapshotClassDeletionPolicy,
      parameters: props.parameters,
    });
    // cdk8s gives every object the namespace of its chart, cluster-scoped ones too.
    if (object.chart.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    this.apiObject = object;
    checkName(`name of ${what}`, this.name);
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
