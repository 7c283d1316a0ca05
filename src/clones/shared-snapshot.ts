import type { ApiObjectMetadata, Size } from 'cdk8s';
import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import * as snapshotapi from '../../imports/snapshot.storage.k8s.io';
import { Delivery, revocable } from '../delivery/delivery';
import { SYNC_WAVE, sourceWave } from '../delivery/waves';
import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import type { ClonedVolumeClaim } from '../resources/cloned-volume-claim';
import { Inventory } from '../resources/inventory';
import { checkGeneratedName, checkName, checkNamespace, metadataFor, refuseOtherNamespace } from '../resources/metadata';
import { ReferenceGrant } from '../resources/reference-grant';
import type { SnapshotAccess } from '../resources/snapshot-access';
import { Subject } from '../resources/subject';
import { type IVolumeSnapshot, VolumeSnapshot } from '../resources/volume-snapshot';
import { checkShared, cloneOffer } from './clone-offer';
import type { CloneTarget } from './clone-target';
import { generatedName } from './generated-name';
import { NamedShare } from './named-share';
import { dated, Offer } from './offer';

/**
 * A snapshot that claims in other namespaces can be filled from.
 */
export interface ISharedSnapshot extends IConstruct {
  /** The namespace of the snapshot. */
  readonly namespace: string;

  /**
   * The snapshots on offer, the newest first: one for each generation, or a single one where there are no generations.
   */
  readonly snapshots: IVolumeSnapshot[];

  /**
   * Creates a claim that is filled from this share.
   *
   * @param scope The scope of the claim, usually the consumer's chart.
   * @param id The id of the claim.
   * @param target Where the copy goes, and which.
   */
  cloneInto(scope: Construct, id: string, target: CloneTarget): ClonedVolumeClaim;
}

/**
 * Where the snapshots of another repository are.
 */
export interface SharedSnapshotLocation {
  /**
   * The namespace of the snapshots, a DNS label.
   */
  readonly namespace: string;

  /**
   * The name of the snapshot, a DNS subdomain. With `generations`, the snapshots `SNAPSHOTNAME-GENERATION`.
   */
  readonly snapshotName: string;

  /**
   * The generations that the owner offers, the newest first; dates of one form in another order are refused. As on the owner's share: part of
   * the names of snapshots and claims.
   *
   * @default - one copy without a date
   */
  readonly generations?: string[];

  /**
   * The restore size of the snapshots, more than zero and less than 8192Pi. Claims that ask for less are refused here instead of staying
   * Pending in the cluster.
   *
   * @default - unknown; only the cluster checks it
   */
  readonly restoreSize?: Size;

  /**
   * How the claims of other namespaces read the snapshots. The owner's share says the same.
   *
   * Changing it changes the spec of the claims, which never changes in Kubernetes: change it together with a new generation, or with new ids
   * of the claims where there are no generations. Without, the API server refuses the claims that exist (`spec is immutable after creation`),
   * and they stay as they are, with their data. A claim that pins an older generation keeps its access by `access` of its target.
   *
   * @default SnapshotAccess.DATA_SOURCE_REFERENCE
   * @example
   *
   * const mysql = SharedSnapshot.fromName(dev, 'mysql', {
   *   namespace: 'prod',
   *   snapshotName: 'mysql',
   *   generations: ['2026-11-22', '2026-11-15'],
   *   access: SnapshotAccess.PRE_PROVISIONED_SNAPSHOT,
   * });
   * mysql.cloneInto(dev, 'data', { namespace: 'dev', storageClassName: 'csi-fast', storage: Size.gibibytes(20) });
   */
  readonly access?: SnapshotAccess;
}

/**
 * Properties for `SharedSnapshot`.
 */
export interface SharedSnapshotProps {
  /**
   * The namespace of the source: of the claim, its snapshots and the grants. A DNS label.
   */
  readonly namespace: string;

  /**
   * The claim to take snapshots of, a DNS subdomain. Exactly one of `claimName` and `snapshotName` is given.
   *
   * @default - no new snapshot is taken
   */
  readonly claimName?: string;

  /**
   * The VolumeSnapshotClass of new snapshots. Goes with `claimName`, and only with it.
   *
   * @default - none: no new snapshot is taken
   */
  readonly volumeSnapshotClassName?: string;

  /**
   * A VolumeSnapshot that exists or that somebody else takes. With `generations`, the snapshots `SNAPSHOTNAME-GENERATION`. Exactly one of
   * `claimName` and `snapshotName` is given.
   *
   * @default - a new snapshot of `claimName` is taken
   */
  readonly snapshotName?: string;

  /**
   * The dated copies on offer, the newest first: DNS labels such as '2026-11-22', at most 16. Each is one snapshot, with the generation in
   * its name and in the names of the claims that follow it. Claims follow the first: where all are dates of one form, it has to be the
   * newest.
   *
   * NEVER use a name twice: a snapshot that is made again under an old name holds the data of that day, not of the old one. That is what
   * reverting a rotation in Git does. Roll back on the consumer's side, by pinning.
   *
   * Keep a generation until every claim that follows it is bound: Kubernetes does not hold a snapshot back for a claim of another namespace.
   *
   * An empty list offers nothing yet: the first commit of a new environment, whose source holds no data.
   *
   * @default - one copy without a date
   */
  readonly generations?: string[];

  /**
   * The restore size of the snapshots, more than zero and less than 8192Pi. Claims that ask for less are refused here instead of staying
   * Pending in the cluster.
   *
   * @default - unknown; only the cluster checks it
   */
  readonly restoreSize?: Size;

  /**
   * How the claims of other namespaces read the snapshots. The grants are the same.
   *
   * Changing it changes the spec of the claims, which never changes in Kubernetes: change it together with a new generation, or with new ids
   * of the claims where there are no generations. Without, the API server refuses the claims that exist (`spec is immutable after creation`),
   * and they stay as they are, with their data. A claim that pins an older generation keeps its access by `access` of its target.
   *
   * @default SnapshotAccess.DATA_SOURCE_REFERENCE
   * @example
   *
   * const mysql = new SharedSnapshot(prod, 'mysql', {
   *   namespace: 'prod',
   *   claimName: 'mysql-data',
   *   volumeSnapshotClassName: 'csi-fast',
   *   generations: ['2026-11-22', '2026-11-15'],
   *   metadata: { name: 'mysql' },
   *   access: SnapshotAccess.PRE_PROVISIONED_SNAPSHOT,
   * });
   * mysql.cloneInto(dev, 'mysql', { namespace: 'dev', storageClassName: 'csi-fast', storage: Size.gibibytes(20) });
   */
  readonly access?: SnapshotAccess;

  /**
   * Name, labels and annotations of new snapshots; labels and annotations of the grants, except annotations for Argo CD, Flux and Helm: what
   * protects a snapshot from being deleted must not protect a consumer from being removed. Consumers in other repositories need to know the
   * name, so give it one then: a generated name holds a hash.
   *
   * @default - a generated name
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * What the tool that applies the manifests has to know about the objects.
   *
   * @default - Argo CD
   */
  readonly delivery?: Delivery;
}

/**
 * The owner's side: this claim's data, as it was at these moments, may be copied into these namespaces.
 *
 * Makes a VolumeSnapshot for each generation, and one ReferenceGrant for each consumer namespace, named after both sides: `mysql-to-dev`.
 * `kubectl get referencegrants` reads as the list of who may copy; adding or removing a consumer touches that one object.
 *
 * Removing a consumer's grant stops new claims. It takes nothing back from claims that are filled already.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources
 * @example
 *
 * const mysql = new SharedSnapshot(prod, 'mysql', {
 *   namespace: 'prod',
 *   claimName: 'mysql-data',
 *   volumeSnapshotClassName: 'csi-fast',
 *   generations: ['2026-11-22', '2026-11-15'],
 *   metadata: { name: 'mysql' },
 * });
 * mysql.cloneInto(dev, 'mysql', { namespace: 'dev', storageClassName: 'csi-fast', storage: Size.gibibytes(20) });
 * mysql.grantTo('test');
 */
export class SharedSnapshot extends Construct implements ISharedSnapshot {
  /**
   * A share whose owner lives in another repository. Claims alone come of it: the grants are the owner's to give, and nothing can be verified
   * here. Generations, pins and `alreadyRestored` work as on the owner's share.
   *
   * @param scope The scope in which the share lives.
   * @param id The id of the share.
   * @param location Where the snapshots are.
   * @example
   *
   * const mysql = SharedSnapshot.fromName(dev, 'mysql', { namespace: 'prod', snapshotName: 'mysql' });
   * mysql.cloneInto(dev, 'data', { namespace: 'dev', storageClassName: 'csi-fast', storage: Size.gibibytes(20) });
   */
  public static fromName(scope: Construct, id: string, location: SharedSnapshotLocation): ISharedSnapshot {
    return new NamedShare(scope, id, location);
  }

  /** The namespace of the source. */
  public readonly namespace: string;

  private readonly _snapshots: readonly IVolumeSnapshot[];
  private readonly what: Subject;
  private readonly offer: Offer;
  private readonly delivery: Delivery;
  private readonly sourceWave?: () => number | undefined;
  private readonly grantMetadata: ApiObjectMetadata;
  private readonly grantsByNamespace = new Map<string, ReferenceGrant>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SharedSnapshotProps,
  ) {
    super(scope, id);
    this.what = new Subject('SharedSnapshot', this);
    this.namespace = checkNamespace('namespace', this.what, props.namespace);
    this.delivery = props.delivery ?? Delivery.argoCd();
    const { claimName } = props;
    checkSource(this.what, props);
    checkShared(this.what, props);
    if (claimName !== undefined) this.sourceWave = () => sourceWave(this, this.namespace, claimName);
    const { labels, annotations } = props.metadata ?? {};
    const ours = this.delivery._annotationsFor('grant', this.sourceWave, props.access);
    this.grantMetadata = metadataFor({ labels, annotations: revocable(annotations) }, { namespace: this.namespace, annotations: ours });
    this.offer = new Offer(this.what, this.namespace, this.baseName(), props.generations);
    this._snapshots = (this.offer.generations ?? [undefined]).map((generation) => this.snapshot(generation));
  }

  /** The snapshots on offer, the newest first. */
  public get snapshots(): IVolumeSnapshot[] {
    return [...this._snapshots];
  }

  /** The grants given so far, one for each consumer namespace. */
  public get grants(): ReferenceGrant[] {
    return [...this.grantsByNamespace.values()];
  }

  /**
   * Lets the claims of more namespaces be filled from every snapshot on offer. For consumers in other repositories; `cloneInto` does it by
   * itself. A namespace named twice counts once; while nothing is on offer no grant is made.
   *
   * @param namespaces DNS labels, other than the share's own namespace.
   */
  public grantTo(...namespaces: string[]): void {
    for (const namespace of namespaces) {
      this.offer.checkConsumer(namespace);
      if (!this.grantsByNamespace.has(namespace) && this._snapshots.length > 0)
        this.grantsByNamespace.set(namespace, this.grant(namespace));
    }
  }

  /**
   * Creates a claim in the consumer's chart, and the grant for its namespace on this side. No dependency between the charts comes of it. The
   * grant stays if you take the claim out of the construct tree by hand, and so do the content and the snapshot of a pre-provisioned share.
   *
   * @param scope The scope of the claim, usually the consumer's chart.
   * @param id The id of the claim. A generated name comes of it: another id is another claim.
   * @param target Where the copy goes, and which.
   */
  public cloneInto(scope: Construct, id: string, target: CloneTarget): ClonedVolumeClaim {
    // Waves order what is delivered together: the objects of one chart.
    const together = Chart.of(scope) === Chart.of(this);
    const claim = cloneOffer(scope, id, target, {
      offer: this.offer,
      restoreSize: this.props.restoreSize,
      access: this.props.access,
      delivery: target.delivery ?? this.delivery,
      sourceWave: together ? this.sourceWave : undefined,
      needed: together && this.wavesMayDiffer(target) ? () => this.neededFor(target) : undefined,
    });
    if (!target.alreadyRestored) this.grantTo(target.namespace);
    return claim;
  }

  private neededFor({ namespace }: CloneTarget): IConstruct[] {
    return [this.grantsByNamespace.get(namespace)!, ...this._snapshots.filter((snapshot) => snapshot instanceof VolumeSnapshot)];
  }

  /** The library's own waves fit; only what the user has changed has to be looked at. */
  private wavesMayDiffer(target: CloneTarget): boolean {
    return (
      target.delivery !== undefined ||
      target.access !== undefined ||
      [this.props.metadata, target.metadata].some((metadata) => metadata?.annotations?.[SYNC_WAVE] !== undefined)
    );
  }

  private baseName(): string {
    const { metadata, snapshotName } = this.props;
    return metadata?.name ?? snapshotName ?? checkGeneratedName(this.what, generatedName(this, 'Default', snapshotapi.VolumeSnapshot.GVK));
  }

  private snapshot(generation: string | undefined): IVolumeSnapshot {
    const { namespace, props } = this;
    const id = generation ?? 'Default';
    if (props.snapshotName !== undefined) {
      const snapshotName = dated(props.snapshotName, generation);
      Inventory.of(this).addSharedSource(this, { group: SNAPSHOT_GROUP, kind: SNAPSHOT_KIND, namespace, name: snapshotName });
      return VolumeSnapshot.fromSnapshotName(this, id, { namespace, snapshotName });
    }
    return new VolumeSnapshot(this, id, {
      metadata: metadataFor(props.metadata, {
        namespace,
        name: dated(this.offer.baseName, generation),
        annotations: this.delivery._annotationsFor('snapshot', this.sourceWave, props.access),
      }),
      claimName: props.claimName!,
      volumeSnapshotClassName: props.volumeSnapshotClassName!,
    });
  }

  private grant(consumer: string): ReferenceGrant {
    return new ReferenceGrant(this, `to ${consumer}`, {
      metadata: { ...this.grantMetadata, name: `${this.offer.baseName}-to-${consumer}` },
      fromNamespaces: [consumer],
      toSnapshots: this.offer.snapshotNames,
    });
  }
}

function checkSource(what: Subject, { claimName, snapshotName, volumeSnapshotClassName, metadata, namespace }: SharedSnapshotProps): void {
  if ((claimName === undefined) === (snapshotName === undefined)) {
    const given = claimName === undefined ? 'neither' : 'both';
    throw new Error(
      `${what} has ${given} of claimName and snapshotName; give claimName to take a new snapshot, or snapshotName to share one that exists`,
    );
  }
  if (claimName !== undefined && volumeSnapshotClassName === undefined) {
    throw new Error(
      `${what} takes a snapshot of claim '${claimName}', but has no volumeSnapshotClassName; name a class of that claim's CSI driver`,
    );
  }
  if (snapshotName !== undefined && volumeSnapshotClassName !== undefined) {
    throw new Error(
      `${what} shares the existing snapshot '${snapshotName}', but has the volumeSnapshotClassName '${volumeSnapshotClassName}' of a new one; leave it out`,
    );
  }
  if (snapshotName !== undefined && metadata?.name !== undefined) {
    throw new Error(
      `${what} shares the existing snapshot '${snapshotName}', but has the metadata.name '${metadata.name}' of a new one; leave it out`,
    );
  }
  for (const [field, name] of Object.entries({ claimName, snapshotName, volumeSnapshotClassName, 'metadata.name': metadata?.name })) {
    if (name !== undefined) checkName(field, what, name);
  }
  refuseOtherNamespace(what, namespace, metadata);
}
