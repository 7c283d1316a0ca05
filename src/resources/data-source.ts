import { handedOverSnapshotName } from '../reference/pre-provisioned';
import { CLAIM_KIND, CORE_GROUP, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import { checkName, checkNamespace } from './metadata';
import { SnapshotAccess } from './snapshot-access';
import type { IVolumeSnapshot } from './volume-snapshot';

/**
 * What a claim is filled from: a VolumeSnapshot, or another claim, in whichever namespace.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources
 */
export class DataSource {
  /**
   * The data of a VolumeSnapshot.
   *
   * @param snapshot One that the app creates, or one that exists: `VolumeSnapshot.fromSnapshotName`.
   */
  public static snapshot(snapshot: IVolumeSnapshot): DataSource {
    return DataSource._snapshotNamed(snapshot.namespace, snapshot.name);
  }

  /**
   * The data of another claim, as it is at the moment of copying.
   *
   * @param namespace The namespace of the claim to copy, a DNS label.
   * @param claimName The name of the claim to copy, a DNS subdomain.
   * @see https://kubernetes.io/docs/concepts/storage/volume-pvc-datasource/
   */
  public static claim(namespace: string, claimName: string): DataSource {
    return new DataSource(CORE_GROUP, CLAIM_KIND, namespace, claimName);
  }

  /** @internal */
  public static _snapshotNamed(namespace: string, name: string, access?: SnapshotAccess): DataSource {
    return new DataSource(SNAPSHOT_GROUP, SNAPSHOT_KIND, namespace, name, access);
  }

  private constructor(
    /** API group of the source, without a version; empty for the core group. */
    public readonly group: string,
    /** Kind of the source: `VolumeSnapshot` or `PersistentVolumeClaim`. */
    public readonly kind: string,
    /** Namespace of the source. */
    public readonly namespace: string,
    /** Name of the source. */
    public readonly name: string,
    private readonly access: SnapshotAccess = SnapshotAccess.DATA_SOURCE_REFERENCE,
  ) {
    checkNamespace('namespace', 'the data source', namespace);
    checkName('name', 'the data source', name);
  }

  /**
   * Whether a claim in a namespace is filled from here only where the feature gate is on.
   *
   * @internal
   */
  public _needsGateFrom(namespace: string): boolean {
    return this.access !== SnapshotAccess.PRE_PROVISIONED_SNAPSHOT && this.namespace !== namespace;
  }

  /**
   * The `dataSourceRef` of a claim in a namespace.
   *
   * @internal
   */
  public _referenceFrom(namespace: string): unknown {
    // An empty string is not the same as nothing to every reader of a reference; what has no value is left out.
    const kind = { apiGroup: this.group || undefined, kind: this.kind };
    if (this.access === SnapshotAccess.PRE_PROVISIONED_SNAPSHOT) return { ...kind, name: handedOverSnapshotName(this) };
    return { ...kind, name: this.name, namespace: this.namespace === namespace ? undefined : this.namespace };
  }
}
