import { join } from 'node:path';
import { ApiObject, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** As the owner's: PostgreSQL reads the files of its own major version only. */
const IMAGE = 'postgis/postgis:17-3.5';

/** The user `postgres` of the image. */
const POSTGRES_USER = 999;
const DATA = '/var/lib/postgresql/data';
const CREDENTIALS = '/etc/postgis/credentials';
const TAKE_OVER = '/etc/postgis/take-over';

export interface PostgisProps {
  readonly claim: kplus.IPersistentVolumeClaim;
  /** Holds `password`, the one of the user postgres. */
  readonly credentials: kplus.ISecret;
}

/** PostGIS on a volume that holds its data already. */
export class Postgis extends Construct {
  constructor(scope: Construct, id: string, props: PostgisProps) {
    super(scope, id);
    const files = new kplus.ConfigMap(this, 'take-over', { metadata: { name: 'postgis-take-over' } });
    files.addDirectory(join(__dirname, 'take-over'));
    const scratch = (name: string) => kplus.Volume.fromEmptyDir(this, name, name, { sizeLimit: Size.gibibytes(1) });
    const image = {
      image: IMAGE,
      envVariables: { PGDATA: kplus.EnvValue.fromValue(`${DATA}/pgdata`) },
      resources: {
        cpu: { request: kplus.Cpu.millis(250), limit: kplus.Cpu.units(2) },
        memory: { request: Size.gibibytes(1), limit: Size.gibibytes(2) },
      },
      volumeMounts: [
        { path: DATA, volume: kplus.Volume.fromPersistentVolumeClaim(this, 'data', props.claim, { name: 'data' }) },
        { path: '/var/run/postgresql', volume: scratch('run') },
        { path: '/tmp', volume: scratch('tmp') },
      ],
    };
    const postgis = new kplus.Deployment(this, 'server', {
      // A stable name: only the claim that it mounts carries the data set.
      metadata: { name: 'postgis' },
      replicas: 1,
      // ReadWriteOnce: the old server has to let go of its volume first.
      strategy: kplus.DeploymentStrategy.recreate(),
      automountServiceAccountToken: false,
      terminationGracePeriod: Duration.minutes(1),
      securityContext: {
        user: POSTGRES_USER,
        group: POSTGRES_USER,
        fsGroup: POSTGRES_USER,
        fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH,
        ensureNonRoot: true,
      },
      // Done before the server listens: the copy comes with the owner's roles and passwords, and ignores POSTGRES_PASSWORD.
      initContainers: [
        {
          ...image,
          name: 'take-over',
          command: ['bash', `${TAKE_OVER}/take-over.sh`, `${CREDENTIALS}/password`],
          volumeMounts: [
            ...image.volumeMounts,
            {
              path: CREDENTIALS,
              volume: kplus.Volume.fromSecret(this, 'credentials', props.credentials, { name: 'credentials' }),
              readOnly: true,
            },
            { path: TAKE_OVER, volume: kplus.Volume.fromConfigMap(this, 'files', files, { name: 'take-over' }), readOnly: true },
          ],
        },
      ],
      containers: [
        {
          ...image,
          name: 'postgis',
          ports: [{ name: 'postgresql', number: 5432 }],
          // Ten minutes are for a recovery; PostgreSQL says that it is not ready as long as that lasts.
          startup: isReady({ periodSeconds: Duration.seconds(5), failureThreshold: 120 }),
          readiness: isReady({ periodSeconds: Duration.seconds(10) }),
          liveness: kplus.Probe.fromTcpSocket({ port: 5432, periodSeconds: Duration.seconds(10), failureThreshold: 6 }),
        },
      ],
    });
    postgis.exposeViaService({ name: 'postgis', ports: [{ name: 'postgresql', port: 5432 }] });
    // What cdk8s-plus-27 has no properties for, and the Pod Security Standard `restricted` asks for.
    ApiObject.of(postgis).addJsonPatch(
      JsonPatch.add('/spec/template/spec/securityContext/seccompProfile', { type: 'RuntimeDefault' }),
      JsonPatch.add('/spec/template/spec/containers/0/securityContext/capabilities', { drop: ['ALL'] }),
      JsonPatch.add('/spec/template/spec/initContainers/0/securityContext/capabilities', { drop: ['ALL'] }),
    );
  }
}

function isReady(options: kplus.CommandProbeOptions): kplus.Probe {
  return kplus.Probe.fromCommand(['pg_isready', '--host=127.0.0.1', '--username=postgres'], {
    ...options,
    timeoutSeconds: Duration.seconds(5),
  });
}
