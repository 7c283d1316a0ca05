import { Chart, Size } from 'cdk8s';
import { SharedSnapshot } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';

/** The owner: snapshots of the orders, and an ordinary ReferenceGrant for dev. Nothing here knows of kro. */
export class Prod extends Chart {
  constructor(scope: Construct, id: string, generations: string[]) {
    super(scope, id, { namespace: 'prod' });
    const orders = new SharedSnapshot(this, 'orders', {
      namespace: 'prod',
      claimName: 'orders',
      volumeSnapshotClassName: 'csi-fast',
      restoreSize: Size.gibibytes(10),
      generations,
      metadata: { name: 'orders' },
    });
    orders.grantTo('dev');
  }
}
