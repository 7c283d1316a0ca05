import { ApiObject, type ApiObjectMetadata, type ApiObjectProps, type Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { INTENT_ANNOTATION, intentOf } from '../reference/intent';
import type { Reference } from '../reference/reference';
import { addDataCheck, checkDataCheck } from '../safety/required-data';
import type { RequiredDataOptions } from '../safety/required-data-options';
import { attachBlockDevice } from './block-device';
import type { DataSource } from './data-source';
import { Inventory } from './inventory';
import { checkName, checkOwnName, metadataFor, namespaceFor, refuseOtherIntent } from './metadata';
import { elsewhereText } from './mounts-elsewhere';
import { Resource } from './resource';
import { bytesOf } from './storage-size';
import { Subject } from './subject';
import { checkList, checkOneOf } from './values';
import { Workloads } from './workloads';

// The enums of cdk8s-plus-27 are types to us: reading one of their values would load the package.
const READ_WRITE_ONCE = 'ReadWriteOnce' as kplus.PersistentVolumeAccessMode;
const READ_WRITE_ONCE_POD = 'ReadWriteOncePod' as kplus.PersistentVolumeAccessMode;
const FILE_SYSTEM = 'Filesystem' as kplus.PersistentVolumeMode;
const BLOCK = 'Block' as kplus.PersistentVolumeMode;
const ACCESS_MODES = [READ_WRITE_ONCE, 'ReadOnlyMany', 'ReadWriteMany', READ_WRITE_ONCE_POD];

/**
 * The volume that a claim asks for.
 */
export interface ClonedVolumeOptions {
  /**
   * The StorageClass of the new volume, a DNS subdomain. Its provisioner must be the CSI driver that took the snapshot.
   *
   * Named always: left out, the cluster's default class would decide which driver, or none, fills the volume.
   *
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1
   */
  readonly storageClassName: string;

  /**
   * The size of the new volume: at least the restore size of the source, more than zero, less than 8192Pi. The unit is kept as written.
   */
  readonly storage: Size;

  /**
   * How many nodes and pods may use the volume. ReadWriteOncePod cannot be combined with another mode.
   *
   * @default - ReadWriteOnce
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
   */
  readonly accessModes?: kplus.PersistentVolumeAccessMode[];

  /**
   * A file system, or a raw block device. It must be the mode of the source.
   *
   * @default - Filesystem
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-mode
   */
  readonly volumeMode?: kplus.PersistentVolumeMode;
}

/**
 * Properties for `ClonedVolumeClaim`.
 */
export interface ClonedVolumeClaimProps extends ClonedVolumeOptions {
  /**
   * Name, namespace, labels and annotations of the claim.
   *
   * @default - a generated name, in the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * What the volume is filled from.
   */
  readonly dataSource: DataSource;

  /**
   * The restore size of the source, more than zero and less than 8192Pi. A claim that asks for less is refused here instead of staying
   * Pending in the cluster.
   *
   * @default - unknown; only the cluster checks it
   */
  readonly restoreSize?: Size;

  /**
   * Says that the volume is filled already, so that the source and the grant may be gone: nothing reads them any more.
   *
   * @default false
   */
  readonly alreadyRestored?: boolean;
}

/**
 * A PersistentVolumeClaim that is filled from a data source.
 *
 * From a source in another namespace it needs a ReferenceGrant there, and the feature gate `CrossNamespaceVolumeDataSource` in the API server
 * and in the provisioner. From a source in its own namespace it is the plain restore that every cluster can do: no namespace in the
 * reference, no grant, no gate.
 *
 * The claims of a share with `SnapshotAccess.PRE_PROVISIONED_SNAPSHOT` need the grant as well, and no feature gate: `SharedSnapshot`.
 *
 * It mounts as any claim of cdk8s-plus does: `Volume.fromPersistentVolumeClaim(scope, id, claim)`, in a workload of its own namespace.
 *
 * The spec of a claim never changes: new data is a new claim of another name.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources
 * @example
 *
 * const yesterday = VolumeSnapshot.fromSnapshotName(prod, 'yesterday', { namespace: 'prod', snapshotName: 'mysql-2026-11-21' });
 * new ClonedVolumeClaim(prod, 'restored', {
 *   metadata: { namespace: 'prod', name: 'mysql-restored' },
 *   dataSource: DataSource.snapshot(yesterday),
 *   storageClassName: 'csi-fast',
 *   storage: Size.gibibytes(20),
 * });
 */
export class ClonedVolumeClaim extends Resource implements kplus.IPersistentVolumeClaim {
  protected readonly apiObject: ApiObject;

  /** @internal */
  public readonly _alreadyRestored: boolean;

  public readonly resourceType = 'persistentvolumeclaims';

  /** The namespace of the claim. */
  public readonly namespace: string;

  /** What the volume is filled from. */
  public readonly dataSource: DataSource;

  /** The StorageClass of the volume. */
  public readonly storageClassName: string;

  /** The size of the volume. */
  public readonly storage: Size;

  /** A file system, or a raw block device. */
  public readonly volumeMode: kplus.PersistentVolumeMode;

  private readonly renderChecks: (() => void)[] = [];
  private readonly _accessModes: readonly kplus.PersistentVolumeAccessMode[];

  constructor(scope: Construct, id: string, props: ClonedVolumeClaimProps) {
    super(scope, id);
    const what = new Subject('ClonedVolumeClaim', this);
    this.namespace = namespaceFor(this, what, props.metadata);
    this.dataSource = props.dataSource;
    this.storageClassName = checkName('storageClassName', what, props.storageClassName);
    this.storage = checkStorage(what, props.storage, props.restoreSize);
    this.volumeMode = checkOneOf('volumeMode', what, props.volumeMode ?? FILE_SYSTEM, [FILE_SYSTEM, BLOCK]);
    this._accessModes = checkAccessModes(what, props.accessModes ?? [READ_WRITE_ONCE]);

    const intent = this.dataSource.namespace === this.namespace ? undefined : intentOf(this.dataSource);
    refuseOtherIntent(what, props.metadata, intent);
    this.apiObject = new CheckedClaim(
      this,
      'Resource',
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: metadataFor(props.metadata, {
          namespace: this.namespace,
          annotations: intent === undefined ? undefined : { [INTENT_ANNOTATION]: intent },
        }),
        spec: this.spec(),
      },
      this.renderChecks,
      intent,
    );
    checkOwnName(what, this.name, props.metadata);
    if (this.volumeMode === BLOCK) this._checkWhenRendered(() => this.refuseMount());
    this._alreadyRestored = props.alreadyRestored ?? false;
    Inventory.of(this).addClaim(this, this.apiObject);
  }

  /** How many nodes and pods may use the volume. */
  public get accessModes(): kplus.PersistentVolumeAccessMode[] {
    return [...this._accessModes];
  }

  /**
   * Gives a container this claim as a raw block device. cdk8s-plus-27 knows mounts only.
   *
   * The volume is added to the pod; do not mount it as well. Containers keep the order in which they were added.
   *
   * @param pod The pod or workload that holds the container.
   * @param container The container that gets the device.
   * @param volume The volume made of this claim: `Volume.fromPersistentVolumeClaim(scope, id, claim)`.
   * @param devicePath Where the container sees the device, an absolute path such as `/dev/xvda`.
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#raw-block-volume-support
   * @example
   *
   * const disk = new ClonedVolumeClaim(dev, 'disk', {
   *   metadata: { namespace: 'dev', name: 'disk' },
   *   dataSource: DataSource.claim('images', 'debian'),
   *   storageClassName: 'csi-fast',
   *   storage: Size.gibibytes(20),
   *   volumeMode: kplus.PersistentVolumeMode.BLOCK,
   * });
   * const volume = kplus.Volume.fromPersistentVolumeClaim(dev, 'volume', disk);
   * disk.attachBlock(deployment, container, volume, '/dev/xvda');
   */
  public attachBlock(pod: kplus.AbstractPod, container: kplus.Container, volume: kplus.Volume, devicePath: string): void {
    if (this.volumeMode !== BLOCK) {
      throw new Error(
        `claim ${this.namespace}/${this.name} has the volume mode ${this.volumeMode}, but only Block can be attached as a device; mount it, or give it volumeMode Block`,
      );
    }
    attachBlockDevice(pod, container, volume, devicePath);
    this._checkWhenRendered(() => {
      const object = ApiObject.of(pod);
      if (Workloads.of(object.chart).usersOf(this.namespace, this.name).includes(object)) return;
      throw new Error(
        `volume '${volume.name}' of ${object.kind} ${object.name} is attached as a device of claim ${this.namespace}/${this.name}, but is not made of it; make it with Volume.fromPersistentVolumeClaim(scope, id, claim)`,
      );
    });
  }

  /**
   * Keeps a pod from starting on a volume that was not filled: an init container looks for a file that the source always has, and fails
   * where it is not. It mounts the volume read-only, and needs no right in the cluster.
   *
   * Call it before you add init containers that write to the volume. Only the volumes of pods that have it are looked at: where you may
   * install policies, `CloneGuard` keeps such claims from being made at all.
   *
   * The pod of a claim that was taken over long ago is looked at as well, at each start: name a file that the workload does not remove.
   *
   * @param workload The pod or workload that mounts the claim.
   * @param volume The volume made of this claim: `Volume.fromPersistentVolumeClaim(scope, id, claim)`. A container has to mount it.
   * @param options The file to look for.
   * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
   * @example
   *
   * const data = kplus.Volume.fromPersistentVolumeClaim(dev, 'data', claim);
   * container.mount('/var/lib/mysql', data);
   * claim.requireData(deployment, data, { file: 'data/ibdata1' });
   */
  public requireData(workload: kplus.AbstractPod, volume: kplus.Volume, options: RequiredDataOptions): void {
    const { namespace, name } = this;
    if (this.volumeMode === BLOCK) {
      throw new Error(
        `claim ${namespace}/${name} has the volume mode Block, but only files can be required; look at the device in a container of your own`,
      );
    }
    const object = ApiObject.of(workload);
    const elsewhere = object.metadata.namespace;
    if (elsewhere !== undefined && elsewhere !== namespace) {
      throw new Error(elsewhereText(object, elsewhere, { namespace, name }));
    }
    const required = { namespace, name, source: intentOf(this.dataSource), needsGate: this.dataSource._needsGateFrom(namespace) };
    addDataCheck(workload, volume, required, options);
    this._checkWhenRendered(() => checkDataCheck(workload, volume, required));
  }

  /** @internal */
  public _check(): void {
    for (const check of this.renderChecks) check();
  }

  /**
   * Who asks for what, however the claim gets at it.
   *
   * @internal
   */
  public _toReference(): Reference {
    const { group, kind, namespace, name } = this.dataSource;
    return { claim: { namespace: this.namespace, name: this.name }, source: { group, kind, namespace, name } };
  }

  /**
   * Adds a check that needs the complete chart. It throws: validation reports its message, and so does rendering, in case something has changed
   * since.
   *
   * @internal
   */
  public _checkWhenRendered(check: () => void): void {
    this.renderChecks.push(check);
  }

  private spec(): unknown {
    return {
      accessModes: this._accessModes,
      dataSourceRef: this.dataSource._referenceFrom(this.namespace),
      resources: { requests: { storage: this.storage.asString() } },
      storageClassName: this.storageClassName,
      volumeMode: this.volumeMode,
    };
  }

  /** Kubernetes would accept the pod and never start it. */
  private refuseMount(): void {
    for (const workloads of Workloads.everywhere(this.node.root)) {
      for (const { kind, name } of workloads.mountersOf(this.namespace, this.name)) {
        throw new Error(
          `claim ${this.namespace}/${this.name} has the volume mode Block, but ${kind} ${name} mounts it as a file system; use attachBlock instead of mount`,
        );
      }
    }
  }
}

/** A claim that is looked at when the whole chart is there. */
class CheckedClaim extends ApiObject {
  constructor(
    scope: Construct,
    id: string,
    props: ApiObjectProps,
    private readonly checks: readonly (() => void)[],
    private readonly intent: string | undefined,
  ) {
    super(scope, id, props);
  }

  public toJson(): unknown {
    for (const check of this.checks) check();
    const rendered = super.toJson();
    // Annotations can be added until now.
    const said = rendered.metadata.annotations?.[INTENT_ANNOTATION];
    if (said === this.intent) return rendered;
    throw new Error(
      `claim ${this.metadata.namespace}/${this.name} has the annotation ${INTENT_ANNOTATION}: '${said}', but its data source makes it '${this.intent}'; leave the annotation to the library`,
    );
  }
}

function checkStorage(what: Subject, storage: Size, restoreSize?: Size): Size {
  const bytes = bytesOf('storage', what, storage);
  if (restoreSize !== undefined && bytes < bytesOf('restoreSize', what, restoreSize)) {
    throw new Error(
      `storage of ${what} is '${storage.asString()}', but the restore size of its source is '${restoreSize.asString()}'; ask for at least that much`,
    );
  }
  return storage;
}

function checkAccessModes(what: Subject, modes: readonly kplus.PersistentVolumeAccessMode[]): kplus.PersistentVolumeAccessMode[] {
  if (checkList('accessModes', what, modes).length === 0)
    throw new Error(`accessModes of ${what} is empty, but a claim needs at least one; leave it out for ${READ_WRITE_ONCE}`);
  if (modes.includes(READ_WRITE_ONCE_POD) && modes.length > 1) {
    throw new Error(`accessModes of ${what} is '${modes.join(', ')}', but ${READ_WRITE_ONCE_POD} must stand alone; remove the others`);
  }
  for (const mode of modes) checkOneOf('accessModes', what, mode, ACCESS_MODES);
  return [...new Set(modes)];
}
