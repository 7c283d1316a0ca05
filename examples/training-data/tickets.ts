import { Chart, Size } from 'cdk8s';
import { SharedSnapshot } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';

/** The size of the data set's volume. */
export const TICKETS_STORAGE = Size.gibibytes(50);

/**
 * What the owners of the data set give away. Their own pipeline, not this app, collects support tickets, takes names and addresses out of
 * them, and writes them into the claim `tickets`: a directory for each team that may have to answer, a text file for each ticket. When it is
 * done, a version is named here, and the snapshot is taken.
 */
export class Tickets extends Chart {
  public readonly share: SharedSnapshot;

  constructor(scope: Construct, id: string, versions: string[]) {
    super(scope, id, { namespace: 'datasets' });
    this.share = new SharedSnapshot(this, 'tickets', {
      namespace: 'datasets',
      claimName: 'tickets',
      volumeSnapshotClassName: 'csi-shared',
      restoreSize: TICKETS_STORAGE,
      generations: versions,
      metadata: { name: 'tickets' },
    });
  }
}
