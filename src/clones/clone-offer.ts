import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Delivery } from '../delivery/delivery';
import { refuseEarlyConsumers } from '../delivery/waves';
import { ClonedVolumeClaim } from '../resources/cloned-volume-claim';
import { DataSource } from '../resources/data-source';
import { metadataFor, refuseOtherNamespace } from '../resources/metadata';
import { Subject } from '../resources/subject';
import type { CloneTarget } from './clone-target';
import { generatedName } from './generated-name';
import { dated, type Offer } from './offer';

/** The owner's side, as far as a claim has to know it. */
export interface OfferedSnapshot {
  readonly offer: Offer;
  readonly restoreSize?: Size;
  readonly delivery: Delivery;
  readonly sourceWave?: () => number | undefined;
}

const CLAIM = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };

/** The claim that takes one of the copies on offer. */
export function cloneOffer(scope: Construct, id: string, target: CloneTarget, share: OfferedSnapshot): ClonedVolumeClaim {
  share.offer.checkConsumer(target.namespace);
  const { namespace, generation: pinned, alreadyRestored = false, delivery: _, metadata, ...volume } = target;
  const generation = share.offer.choose(pinned, alreadyRestored);
  const ours = share.delivery._annotationsFor('claim', share.sourceWave);
  refuseOtherNamespace(new Subject('claim', { scope, id }), namespace, metadata);
  const name = metadata?.name ?? (generation === undefined ? undefined : generatedName(scope, id, CLAIM));
  const claim = new ClonedVolumeClaim(scope, id, {
    ...volume,
    metadata: metadataFor(metadata, { namespace, name: name && dated(name, generation), annotations: ours }),
    dataSource: DataSource._snapshotNamed(share.offer.namespace, dated(share.offer.baseName, generation)),
    // A volume that is filled is as large as it is.
    restoreSize: alreadyRestored ? undefined : share.restoreSize,
    alreadyRestored,
  });
  claim._checkWhenRendered(() => refuseEarlyConsumers(claim));
  return claim;
}
