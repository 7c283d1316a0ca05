import { Chart, Size } from 'cdk8s';
import { ClonedVolumeClaim, DataSource, VolumeSnapshot } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';
import { handedOver, SnapshotHandoff } from './snapshot-handoff';

/** The consumer: asks for a snapshot of prod's, and claims a copy. It writes to its own namespace, and to nothing else. */
export class Dev extends Chart {
  constructor(scope: Construct, id: string, generation: string) {
    super(scope, id, { namespace: 'dev' });
    const source = { namespace: 'prod', name: `orders-${generation}` };
    new SnapshotHandoff(this, 'handoff', {
      metadata: { namespace: 'dev', name: source.name, annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
      source,
    });

    // From here on it is a restore inside of one namespace, which every cluster can do. Until kro has handed the snapshot over the claim
    // waits; it is never bound empty.
    const snapshot = VolumeSnapshot.fromSnapshotName(this, 'snapshot', { namespace: 'dev', snapshotName: handedOver(source) });
    new ClonedVolumeClaim(this, 'claim', {
      metadata: { namespace: 'dev', name: source.name },
      dataSource: DataSource.snapshot(snapshot),
      storageClassName: 'csi-fast',
      storage: Size.gibibytes(10),
      restoreSize: Size.gibibytes(10),
    });
  }
}
