import type { ApiObjectMetadata } from 'cdk8s';
import type { Delivery } from '../delivery/delivery';
import type { ClonedVolumeOptions } from '../resources/cloned-volume-claim';
import type { SnapshotAccess } from '../resources/snapshot-access';

/**
 * Where a copy goes, and which.
 */
export interface CloneTarget extends ClonedVolumeOptions {
  /**
   * The namespace of the claim, a DNS label, and another one than the snapshot's.
   */
  readonly namespace: string;

  /**
   * Pins one generation. Rolling back is this: the consumer pins the generation before.
   *
   * @default - the claim follows the newest generation
   */
  readonly generation?: string;

  /**
   * Says that this claim is bound to its copy already. Its generation may then be gone, and no grant is made for it: a bound clone outlives
   * its snapshot and its grant. A claim that is not bound yet would stay Pending. On a share with generations it goes with `generation`.
   *
   * With `SnapshotAccess.PRE_PROVISIONED_SNAPSHOT` no content and no snapshot are made for it either: the content of a generation that is gone
   * would be refused.
   *
   * @default false
   */
  readonly alreadyRestored?: boolean;

  /**
   * How this one claim reads its snapshot. For claims that were made before their share moved to another access: they keep what they have,
   * because the spec of a claim never changes.
   *
   * @default - as the share's
   */
  readonly access?: SnapshotAccess;

  /**
   * Name, labels and annotations of the claim. A generation is appended to the name.
   *
   * @default - a generated name
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * What the tool that applies the manifests has to know about the claim.
   *
   * @default - as the share's; Argo CD where the share lives in another repository
   */
  readonly delivery?: Delivery;
}
