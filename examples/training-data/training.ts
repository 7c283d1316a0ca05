import { join } from 'node:path';
import { ApiObject, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { SharedSnapshot } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';
import { restrict } from './restricted';
import { TICKETS_STORAGE } from './tickets';

const DATA = '/data';
const PROGRAM = '/etc/training';

/** The nobody of Debian. */
const NOBODY = 65534;

/** Cross-validation: each pod leaves out another tenth of the data, trains on the rest, and is tested on what it has not seen. */
const FOLDS = 10;

/** Counts the changes to train/ and to the pod: the template of a Job never changes, so another program is another Job. */
const PROGRAM_REVISION = 1;

export interface TrainingProps {
  readonly tickets: SharedSnapshot;

  /**
   * Pins a version of the data set. When its owners take it off their list, the claim here stays as it is: add `alreadyRestored: true`.
   *
   * @default - the newest
   */
  readonly version?: string;
}

/** A namespace in which many pods read one copy of the data set, all of it, at once. */
export class Training extends Chart {
  constructor(scope: Construct, id: string, props: TrainingProps) {
    super(scope, id, { namespace: id });
    const claim = props.tickets.cloneInto(this, 'tickets', {
      namespace: id,
      generation: props.version,
      // A class whose CSI driver attaches one volume to many nodes, to be read: CephFS, or the disks of Google Cloud. Where yours cannot,
      // leave `accessModes` out, and keep the pods on one node with a pod affinity.
      storageClassName: 'csi-shared',
      accessModes: [kplus.PersistentVolumeAccessMode.READ_ONLY_MANY],
      storage: TICKETS_STORAGE,
      metadata: { name: 'tickets' },
    });

    const program = new kplus.ConfigMap(this, 'program', { metadata: { name: 'training' } });
    program.addDirectory(join(__dirname, 'train'));
    const job = new kplus.Job(this, 'train', {
      // The version of the data set is in the name, as in the claim's: the results of two versions stand side by side in the logs.
      metadata: { name: `train-${PROGRAM_REVISION}-${claim.name}` },
      activeDeadline: Duration.hours(6),
      backoffLimit: FOLDS,
      restartPolicy: kplus.RestartPolicy.NEVER,
      automountServiceAccountToken: false,
      // No fsGroup, which would have to change the files of a volume that is read-only: everybody may read them.
      securityContext: { user: NOBODY, group: NOBODY, ensureNonRoot: true },
      containers: [
        {
          name: 'train',
          image: 'python:3.13.7-slim',
          command: ['python3', `${PROGRAM}/train.py`, DATA],
          envVariables: {
            DATASET: kplus.EnvValue.fromValue(claim.name),
            FOLDS: kplus.EnvValue.fromValue(String(FOLDS)),
          },
          resources: {
            cpu: { request: kplus.Cpu.units(1), limit: kplus.Cpu.units(1) },
            memory: { request: Size.gibibytes(2), limit: Size.gibibytes(2) },
          },
          volumeMounts: [
            {
              path: DATA,
              volume: kplus.Volume.fromPersistentVolumeClaim(this, 'data', claim, { name: 'data', readOnly: true }),
              readOnly: true,
            },
            { path: PROGRAM, volume: kplus.Volume.fromConfigMap(this, 'files', program, { name: 'program' }), readOnly: true },
          ],
        },
      ],
    });
    restrict(job);
    // A number for each pod, and all of them at once. cdk8s-plus-27 has no properties for it.
    ApiObject.of(job).addJsonPatch(
      JsonPatch.add('/spec/completionMode', 'Indexed'),
      JsonPatch.add('/spec/completions', FOLDS),
      JsonPatch.add('/spec/parallelism', FOLDS),
    );
  }
}
