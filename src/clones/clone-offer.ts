import { ApiObject, type Size } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Delivery } from '../delivery/delivery';
import { refuseEarlyConsumers, refuseLateSources } from '../delivery/waves';
import { ClonedVolumeClaim } from '../resources/cloned-volume-claim';
import { DataSource } from '../resources/data-source';
import { metadataFor, refuseOtherNamespace } from '../resources/metadata';
import { SnapshotAccess } from '../resources/snapshot-access';
import { Subject } from '../resources/subject';
import type { CloneTarget } from './clone-target';
import { generatedName } from './generated-name';
import { HandedOverSnapshot } from './handed-over-snapshot';
import { dated, type Offer } from './offer';

/** The owner's side, as far as a claim has to know it. */
export interface OfferedSnapshot {
  readonly offer: Offer;
  readonly restoreSize?: Size;
  readonly access?: SnapshotAccess;
  readonly delivery: Delivery;
  readonly sourceWave?: () => number | undefined;
  /** What has to be applied before a claim can be filled; nothing where that goes without saying. */
  readonly needed?: () => IConstruct[];
}

const CLAIM = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };

/** The claim that takes one of the copies on offer. */
export function cloneOffer(scope: Construct, id: string, target: CloneTarget, share: OfferedSnapshot): ClonedVolumeClaim {
  share.offer.checkConsumer(target.namespace);
  const { namespace, generation: pinned, alreadyRestored = false, access = share.access, delivery: _, metadata, ...volume } = target;
  const generation = share.offer.choose(pinned, alreadyRestored);
  const ours = share.delivery._annotationsFor('claim', share.sourceWave, access);
  const what = new Subject('claim', { scope, id });
  refuseOtherNamespace(what, namespace, metadata);
  const name = metadata?.name ?? (generation === undefined ? undefined : generatedName(scope, id, CLAIM));
  const dataSource = DataSource._snapshotNamed(share.offer.namespace, dated(share.offer.baseName, generation), access);
  // A claim that is bound reads nothing any more, and the content of a generation that is gone would be refused.
  const handedOver =
    access === SnapshotAccess.PRE_PROVISIONED_SNAPSHOT && !alreadyRestored
      ? HandedOverSnapshot.for(scope, what, namespace, dataSource)
      : undefined;
  const claim = new ClonedVolumeClaim(scope, id, {
    ...volume,
    metadata: metadataFor(metadata, { namespace, name: name && dated(name, generation), annotations: ours }),
    dataSource,
    // A volume that is filled is as large as it is.
    restoreSize: alreadyRestored ? undefined : share.restoreSize,
    alreadyRestored,
  });
  claim._checkWhenRendered(() => refuseEarlyConsumers(claim));
  handedOver?.serve(claim, share.delivery, metadata?.annotations);
  const { needed } = share;
  if (needed && !alreadyRestored) {
    claim._checkWhenRendered(() => refuseLateSources(handedOver?.content ?? ApiObject.of(claim), needed()));
  }
  return claim;
}
