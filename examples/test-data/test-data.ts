import { join } from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { SharedSnapshot } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';
import { POSTGRES_POD, postgresContainer, SCRIPTS } from './postgres';
import { restrict } from './restricted';

const NAMESPACE = 'test-data';
const CLAIM = 'orders';
const STORAGE = Size.gibibytes(10);

/**
 * The test database: built once, copied twenty times. Its rows are made up: a copy of prod's would give every pull request prod's customers.
 *
 * Volume, Job, snapshots and grants are one Application. The snapshot is one sync wave after the Job that fills its source, so Argo CD takes
 * it when the Job is complete; the library sees both in one chart, and sets the waves. A Job that hangs holds up a revocation, until its
 * deadline: good enough where rows are made up, not for prod's data (the WordPress example).
 */
export class TestData extends Chart {
  public readonly orders: SharedSnapshot;

  constructor(scope: Construct, id: string, generations: string[]) {
    super(scope, id, { namespace: NAMESPACE });
    const claim = new kplus.PersistentVolumeClaim(this, 'orders-volume', {
      metadata: { name: CLAIM },
      storageClassName: 'csi-fast',
      storage: STORAGE,
      accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
    });
    this.prepare(claim, generations[0]);
    this.orders = new SharedSnapshot(this, 'orders', {
      namespace: NAMESPACE,
      claimName: CLAIM,
      volumeSnapshotClassName: 'csi-fast',
      restoreSize: STORAGE,
      generations,
      metadata: { name: 'orders' },
    });
  }

  /** Builds the newest generation in the place of the one before, of which a snapshot remains. */
  private prepare(claim: kplus.IPersistentVolumeClaim, generation: string): void {
    const scripts = new kplus.ConfigMap(this, 'scripts', { metadata: { name: 'prepare' } });
    scripts.addDirectory(join(__dirname, 'prepare'));
    const job = new kplus.Job(this, 'prepare', {
      // The template of a Job never changes: another generation is another Job. No ttlAfterFinished: Argo CD would run it again.
      metadata: { name: `prepare-${generation}` },
      activeDeadline: Duration.minutes(30),
      backoffLimit: 3,
      restartPolicy: kplus.RestartPolicy.NEVER,
      ...POSTGRES_POD,
      containers: [
        {
          ...postgresContainer(this, claim, scripts),
          name: 'prepare',
          command: ['bash', `${SCRIPTS}/prepare.sh`, SCRIPTS],
        },
      ],
    });
    restrict(job);
  }
}
