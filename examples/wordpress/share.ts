import { Chart } from 'cdk8s';
import { SharedSnapshot } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';
import { MYSQL_CLAIM, MYSQL_STORAGE } from './prod';

/**
 * What prod gives away: snapshots of its database, and a grant for each namespace that may copy them.
 *
 * An Application of its own, so that nothing unhealthy in prod can hold up a revocation.
 */
export class Share extends Chart {
  public readonly mysql: SharedSnapshot;

  constructor(scope: Construct, id: string, generations: string[]) {
    super(scope, id, { namespace: 'prod' });
    this.mysql = new SharedSnapshot(this, 'mysql', {
      namespace: 'prod',
      claimName: MYSQL_CLAIM,
      volumeSnapshotClassName: 'csi-fast',
      restoreSize: MYSQL_STORAGE,
      generations,
      // A name of its own, as people and other repositories refer to it; a generated one holds a hash.
      metadata: { name: 'mysql' },
    });
  }
}
