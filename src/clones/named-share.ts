import { Construct } from 'constructs';
import { Delivery } from '../delivery/delivery';
import type { ClonedVolumeClaim } from '../resources/cloned-volume-claim';
import { checkName, checkNamespace } from '../resources/metadata';
import { Subject } from '../resources/subject';
import { type IVolumeSnapshot, VolumeSnapshot } from '../resources/volume-snapshot';
import { checkShared, cloneOffer } from './clone-offer';
import type { CloneTarget } from './clone-target';
import { dated, Offer } from './offer';
import type { ISharedSnapshot, SharedSnapshotLocation } from './shared-snapshot';

/** A share that is known by name only: its owner's side is in another repository. */
export class NamedShare extends Construct implements ISharedSnapshot {
  public readonly namespace: string;
  private readonly _snapshots: readonly IVolumeSnapshot[];
  private readonly offer: Offer;

  constructor(
    scope: Construct,
    id: string,
    private readonly location: SharedSnapshotLocation,
  ) {
    super(scope, id);
    const { namespace, snapshotName, generations } = location;
    const what = new Subject('SharedSnapshot', this);
    this.namespace = checkNamespace('namespace', what, namespace);
    checkShared(what, location);
    this.offer = new Offer(what, namespace, checkName('snapshotName', what, snapshotName), generations);
    this._snapshots = (generations ?? [undefined]).map((generation) =>
      VolumeSnapshot.fromSnapshotName(this, generation ?? 'Default', { namespace, snapshotName: dated(snapshotName, generation) }),
    );
  }

  public get snapshots(): IVolumeSnapshot[] {
    return [...this._snapshots];
  }

  public cloneInto(scope: Construct, id: string, target: CloneTarget): ClonedVolumeClaim {
    return cloneOffer(scope, id, target, {
      offer: this.offer,
      restoreSize: this.location.restoreSize,
      access: this.location.access,
      delivery: target.delivery ?? Delivery.argoCd(),
    });
  }
}
