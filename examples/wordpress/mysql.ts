import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/** One version on both sides: a newer server would convert the copied files, an older one would refuse them. */
export const MYSQL_IMAGE = 'mysql:8.4.10';
export const MYSQL_PORT = 3306;

/** The user `mysql` of the image. */
const MYSQL_USER = 999;

/** A directory of the volume, because a fresh file system brings a lost+found, and MySQL initializes nothing but an empty directory. */
export const DATA_DIRECTORY = '/var/lib/mysql/data';

/** Passwords are files: environment variables end up in crash reports and in `kubectl describe`. */
export const CREDENTIALS = '/etc/mysql/credentials';

/** What differs between prod's MySQL and dev's. */
export interface MysqlPodOptions {
  readonly claim: kplus.IPersistentVolumeClaim;
  /** Holds `root-password` and `password`, the one of the user wordpress. */
  readonly credentials: kplus.ISecret;
  readonly memory: Size;
  readonly args: string[];
  readonly envVariables?: Record<string, kplus.EnvValue>;
  readonly volumeMounts?: kplus.VolumeMount[];
}

/** The pod of a MySQL server, for a workload of whichever kind. */
export function mysqlPod(scope: Construct, options: MysqlPodOptions) {
  const alive = ['mysqladmin', 'ping', '--host=127.0.0.1', '--silent'];
  return {
    automountServiceAccountToken: false,
    // Killed in the middle of a shutdown, it has to recover at the next start.
    terminationGracePeriod: Duration.minutes(2),
    securityContext: {
      user: MYSQL_USER,
      group: MYSQL_USER,
      fsGroup: MYSQL_USER,
      fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH,
      ensureNonRoot: true,
    },
    containers: [
      {
        name: 'mysql',
        image: MYSQL_IMAGE,
        args: [`--datadir=${DATA_DIRECTORY}`, ...options.args],
        ports: [{ name: 'mysql', number: MYSQL_PORT }],
        envVariables: options.envVariables,
        resources: {
          cpu: { request: kplus.Cpu.millis(250), limit: kplus.Cpu.units(2) },
          memory: { request: options.memory, limit: options.memory },
        },
        // Over TCP: while the image initializes a database, its server listens on the socket alone. Ten minutes for that, or a recovery.
        startup: kplus.Probe.fromCommand(alive, { periodSeconds: Duration.seconds(5), failureThreshold: 120 }),
        liveness: kplus.Probe.fromCommand(alive, {
          periodSeconds: Duration.seconds(10),
          timeoutSeconds: Duration.seconds(5),
          failureThreshold: 6,
        }),
        // As WordPress asks: with this side's password, for its database.
        readiness: kplus.Probe.fromCommand(
          [
            'bash',
            '-c',
            `MYSQL_PWD="$(<${CREDENTIALS}/password)" exec mysql --host=127.0.0.1 --user=wordpress --execute='SELECT 1' wordpress`,
          ],
          { periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(5) },
        ),
        volumeMounts: [
          ...mysqlVolumes(scope, options.claim),
          {
            path: CREDENTIALS,
            volume: kplus.Volume.fromSecret(scope, 'mysql-credentials', options.credentials, { name: 'credentials' }),
            readOnly: true,
          },
          ...(options.volumeMounts ?? []),
        ],
      },
    ],
  };
}

function mysqlVolumes(scope: Construct, claim: kplus.IPersistentVolumeClaim): kplus.VolumeMount[] {
  const scratch = (name: string) => kplus.Volume.fromEmptyDir(scope, `mysql-${name}`, name, { sizeLimit: Size.gibibytes(1) });
  return [
    { path: '/var/lib/mysql', volume: kplus.Volume.fromPersistentVolumeClaim(scope, 'mysql-volume', claim, { name: 'data' }) },
    { path: '/var/run/mysqld', volume: scratch('run') },
    { path: '/tmp', volume: scratch('tmp') },
  ];
}
