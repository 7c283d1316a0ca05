import { Construct } from 'constructs';
import type { ClonedVolumeClaim } from '../resources/cloned-volume-claim';
import type { ReferenceGrant } from '../resources/reference-grant';
import type { IVolumeSnapshot } from '../resources/volume-snapshot';
import type { CloneTarget } from './clone-target';
import { SharedSnapshot, type SharedSnapshotProps } from './shared-snapshot';

/**
 * Properties for `CrossNamespaceSnapshotClone`.
 */
export interface CrossNamespaceSnapshotCloneProps {
  /**
   * What is copied.
   */
  readonly source: SharedSnapshotProps;

  /**
   * Where the only copy goes.
   *
   * @default - nowhere yet: `addTarget`
   */
  readonly target?: CloneTarget;
}

/**
 * Both sides in one place: the snapshot and the grants in the source namespace, the claims in the target namespaces, all in one chart.
 *
 * In earnest owner and consumers deploy apart, each with the rights of their own namespace: `SharedSnapshot` and its `cloneInto`.
 * @example
 *
 * const clone = new CrossNamespaceSnapshotClone(chart, 'mysql', {
 *   source: { namespace: 'prod', claimName: 'mysql-data', volumeSnapshotClassName: 'csi-fast' },
 *   target: { namespace: 'dev', storageClassName: 'csi-fast', storage: Size.gibibytes(20) },
 * });
 * container.mount('/var/lib/mysql', kplus.Volume.fromPersistentVolumeClaim(chart, 'data', clone.claim));
 */
export class CrossNamespaceSnapshotClone extends Construct {
  private readonly share: SharedSnapshot;
  private readonly _claims: ClonedVolumeClaim[] = [];

  constructor(scope: Construct, id: string, props: CrossNamespaceSnapshotCloneProps) {
    super(scope, id);
    this.share = new SharedSnapshot(this, 'Snapshot', props.source);
    if (props.target) this.addTarget('Claim', props.target);
  }

  /**
   * Adds a copy for one more namespace.
   *
   * @param id Says which copy it is. A generated name comes of it: another id is another claim.
   * @param target Where the copy goes, and which.
   */
  public addTarget(id: string, target: CloneTarget): ClonedVolumeClaim {
    const claim = this.share.cloneInto(this, id, target);
    this._claims.push(claim);
    return claim;
  }

  /**
   * The only claim. With several, or none, it is an error to ask for it: `claims`, or what `addTarget` returned.
   */
  public get claim(): ClonedVolumeClaim {
    const [claim] = this._claims;
    if (claim && this._claims.length === 1) return claim;
    throw new Error(`'${this.node.path}' has ${this._claims.length} claims, not one; use what addTarget returns, or claims`);
  }

  /** All claims, in the order in which they were added. */
  public get claims(): ClonedVolumeClaim[] {
    return [...this._claims];
  }

  /** The newest snapshot on offer. With `generations: []` there is none, and it is an error to ask for it. */
  public get snapshot(): IVolumeSnapshot {
    const [snapshot] = this.share.snapshots;
    if (snapshot) return snapshot;
    throw new Error(`'${this.node.path}' offers no snapshot yet; add one to generations once the source holds data`);
  }

  /** All snapshots on offer, the newest first. */
  public get snapshots(): IVolumeSnapshot[] {
    return [...this.share.snapshots];
  }

  /** The grants, one for each consumer namespace. */
  public get grants(): ReferenceGrant[] {
    return this.share.grants;
  }
}
