import { join } from 'node:path';
import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { ClonedVolumeClaim, SharedSnapshot } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';
import { CREDENTIALS, DATA_DIRECTORY, MYSQL_IMAGE, MYSQL_PORT, mysqlPod } from './mysql';
import { allowOnlyFrom, restrict } from './restricted';
import { wordpressPod } from './wordpress';

const TAKE_OVER = '/etc/mysql/take-over';
const QUIET = '/etc/wordpress/mu-plugins';
const ADDRESS = 'https://blog.dev.example.com';

/**
 * The same blog on a copy of prod's database, with passwords of its own, and without any effect on the world outside.
 *
 * The copy holds what prod's database holds, personal data included: whoever may not see that must not get a grant.
 */
export class Dev extends Chart {
  constructor(scope: Construct, id: string, share: SharedSnapshot) {
    super(scope, id, { namespace: 'dev' });
    // Nothing to copy yet. A database that starts empty here would stay empty: a claim is filled once.
    if (share.snapshots.length === 0) return;

    const claim = share.cloneInto(this, 'mysql-data', {
      namespace: 'dev',
      storageClassName: 'csi-fast',
      storage: Size.gibibytes(20),
      metadata: { name: 'mysql-data' },
    });

    // Dev's own, created out of band; prod's Secret is neither here nor readable from here:
    //   kubectl -n dev create secret generic dev-mysql-credentials \
    //     --from-file=root-password --from-file=password --from-file=site-password
    // `site-password` is the one with which every user of the blog signs in to the copy.
    const credentials = kplus.Secret.fromSecretName(this, 'credentials', 'dev-mysql-credentials');

    allowOnlyFrom(this.wordpress(credentials), this.mysql(claim, credentials), MYSQL_PORT);
  }

  private mysql(claim: ClonedVolumeClaim, credentials: kplus.ISecret): kplus.Deployment {
    const files = new kplus.ConfigMap(this, 'take-over', { metadata: { name: 'mysql-take-over' } });
    files.addDirectory(join(__dirname, 'take-over'));
    const takeOver = kplus.Volume.fromConfigMap(this, 'take-over-files', files, { name: 'take-over' });
    const pod = mysqlPod(this, {
      claim,
      credentials,
      memory: Size.gibibytes(1),
      args: [
        // New passwords before the server takes connections: nobody signs in to the copy with one of prod's.
        `--init-file=${TAKE_OVER}/take-over.sql`,
        // mysqld goes on after a statement that fails. The last line of the file ends the offline mode: the database opens after all of it.
        '--offline-mode=ON',
        // The one directory from which those statements may read files.
        `--secure-file-priv=${CREDENTIALS}`,
        // What prod has set with SET PERSIST lies beside the data, and would override these options.
        '--persisted-globals-load=OFF',
        // Jobs inside the database, and a replication that prod may have had.
        '--event-scheduler=OFF',
        '--skip-replica-start',
        // The binary log stays on: a crash-consistent copy may need it to finish its transactions.
        '--binlog-expire-logs-seconds=86400',
      ],
      // No MYSQL_ROOT_PASSWORD: a server that finds data ignores it, and on an EMPTY volume the image then refuses to start.
      volumeMounts: [{ path: TAKE_OVER, volume: takeOver, readOnly: true }],
    });
    const [server] = pod.containers;
    const mysql = new kplus.Deployment(this, 'mysql', {
      // A stable name: only the claim that it mounts carries the generation.
      metadata: { name: 'mysql' },
      replicas: 1,
      // ReadWriteOnce: the old server has to let go of its volume first.
      strategy: kplus.DeploymentStrategy.recreate(),
      ...pod,
      initContainers: [
        {
          name: 'check-copy',
          image: MYSQL_IMAGE,
          command: ['bash', `${TAKE_OVER}/check-copy.sh`, DATA_DIRECTORY],
          resources: { cpu: { request: kplus.Cpu.millis(50) }, memory: { request: Size.mebibytes(64), limit: Size.mebibytes(64) } },
          volumeMounts: server.volumeMounts.filter(({ path }) => path === '/var/lib/mysql' || path === TAKE_OVER),
        },
      ],
    });
    restrict(mysql);
    mysql.exposeViaService({ name: 'mysql', ports: [{ name: 'mysql', port: MYSQL_PORT }] });
    return mysql;
  }

  private wordpress(credentials: kplus.ISecret): kplus.Deployment {
    const plugin = new kplus.ConfigMap(this, 'quiet', { metadata: { name: 'wordpress-quiet' } });
    plugin.addDirectory(join(__dirname, 'quiet'));
    const wordpress = new kplus.Deployment(this, 'wordpress', {
      metadata: { name: 'wordpress' },
      replicas: 1,
      strategy: kplus.DeploymentStrategy.recreate(),
      ...wordpressPod(this, {
        // The files are the image's; prod's hold its keys (wp-config.php), and are not shared. Uploaded pictures are missing here.
        files: kplus.Volume.fromEmptyDir(this, 'files', 'files', { sizeLimit: Size.gibibytes(2) }),
        credentials,
        configuration: [
          // The copied database still names prod's address; without these two, links and sign-ins would lead there.
          `define('WP_HOME', '${ADDRESS}');`,
          `define('WP_SITEURL', '${ADDRESS}');`,
          // What prod has scheduled, it does itself.
          "define('DISABLE_WP_CRON', true);",
          "define('AUTOMATIC_UPDATER_DISABLED', true);",
          // Web hooks and payments of prod's plug-ins.
          "define('WP_HTTP_BLOCK_EXTERNAL', true);",
          "define('WP_ENVIRONMENT_TYPE', 'development');",
          // Outside of /var/www/html: a mount in there would make wp-content root's, and the image could not fill it.
          `define('WPMU_PLUGIN_DIR', '${QUIET}');`,
        ],
        volumeMounts: [{ path: QUIET, volume: kplus.Volume.fromConfigMap(this, 'quiet-files', plugin, { name: 'quiet' }), readOnly: true }],
      }),
    });
    restrict(wordpress);
    wordpress.exposeViaService({ name: 'wordpress', ports: [{ name: 'http', port: 80 }] });
    return wordpress;
  }
}
