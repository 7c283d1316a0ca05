import { ApiObject, type ApiObjectMetadata, type Size } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Delivery } from '../delivery/delivery';
import { refuseEarlyConsumers, refuseLateSources } from '../delivery/waves';
import { ClonedVolumeClaim } from '../resources/cloned-volume-claim';
import { DataSource } from '../resources/data-source';
import { checkGeneratedName, checkName, metadataFor, refuseOtherNamespace } from '../resources/metadata';
import { SnapshotAccess } from '../resources/snapshot-access';
import { bytesOf } from '../resources/storage-size';
import { Subject } from '../resources/subject';
import { checkOneOf } from '../resources/values';
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

/** Refuses what no claim could do anything with, before there is one. */
export function checkShared(what: Subject, { restoreSize, access }: Pick<OfferedSnapshot, 'restoreSize' | 'access'>): void {
  if (restoreSize !== undefined) bytesOf('restoreSize', what, restoreSize);
  checkAccess(what, access);
}

function checkAccess(what: Subject, access: SnapshotAccess | undefined): void {
  if (access !== undefined) checkOneOf('access', what, access, Object.values(SnapshotAccess));
}

/** The claim that takes one of the copies on offer. */
export function cloneOffer(scope: Construct, id: string, target: CloneTarget, share: OfferedSnapshot): ClonedVolumeClaim {
  share.offer.checkConsumer(target.namespace);
  const { namespace, generation: pinned, alreadyRestored = false, access = share.access, delivery: _, metadata, ...volume } = target;
  const generation = share.offer.choose(pinned, alreadyRestored);
  const ours = share.delivery._annotationsFor('claim', share.sourceWave, access);
  const what = new Subject('claim', { scope, id });
  checkAccess(what, access);
  refuseOtherNamespace(what, namespace, metadata);
  const name = generation === undefined ? undefined : dated(ownName(scope, id, what, metadata), generation);
  const dataSource = DataSource._snapshotNamed(share.offer.namespace, dated(share.offer.baseName, generation), access);
  // A claim that is bound reads nothing any more, and the content of a generation that is gone would be refused.
  const handedOver =
    access === SnapshotAccess.PRE_PROVISIONED_SNAPSHOT && !alreadyRestored
      ? HandedOverSnapshot.for(scope, what, namespace, dataSource)
      : undefined;
  const claim = new ClonedVolumeClaim(scope, id, {
    ...volume,
    metadata: metadataFor(metadata, { namespace, name, annotations: ours }),
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

/** The name of a claim before a generation is appended. */
function ownName(scope: Construct, id: string, what: Subject, metadata: ApiObjectMetadata = {}): string {
  if (metadata.name !== undefined) return checkName('name', what, metadata.name);
  return checkGeneratedName(what, generatedName(scope, id, CLAIM));
}
