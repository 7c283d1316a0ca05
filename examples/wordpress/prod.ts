import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { CREDENTIALS, MYSQL_PORT, mysqlPod } from './mysql';
import { allowOnlyFrom, restrict } from './restricted';
import { wordpressPod } from './wordpress';

/** The claim that the share takes snapshots of. */
export const MYSQL_CLAIM = 'mysql-data';
export const MYSQL_STORAGE = Size.gibibytes(20);

/** No commit, no sync and no deleted Application may take the data with it. */
const KEEP = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

/**
 * The real thing: a blog and its database. It knows nothing of copies.
 */
export class Prod extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'prod' });

    // Created out of band, by hand or by your secret store, and in no repository:
    //   kubectl -n prod create secret generic prod-mysql-credentials --from-file=root-password --from-file=password
    const credentials = kplus.Secret.fromSecretName(this, 'credentials', 'prod-mysql-credentials');

    allowOnlyFrom(this.wordpress(credentials), this.mysql(credentials), MYSQL_PORT);
  }

  private mysql(credentials: kplus.ISecret): kplus.StatefulSet {
    const claim = new kplus.PersistentVolumeClaim(this, 'mysql-data', {
      metadata: { name: MYSQL_CLAIM, annotations: KEEP },
      storageClassName: 'csi-fast',
      storage: MYSQL_STORAGE,
      accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
    });
    const mysql = new kplus.StatefulSet(this, 'mysql', {
      metadata: { name: 'mysql' },
      service: new kplus.Service(this, 'mysql-service', {
        metadata: { name: 'mysql' },
        clusterIP: 'None',
        ports: [{ name: 'mysql', port: MYSQL_PORT }],
      }),
      ...mysqlPod(this, {
        claim,
        credentials,
        memory: Size.gibibytes(2),
        args: ['--innodb-buffer-pool-size=1G'],
        // Read once, when the data directory is empty.
        envVariables: {
          MYSQL_DATABASE: kplus.EnvValue.fromValue('wordpress'),
          MYSQL_USER: kplus.EnvValue.fromValue('wordpress'),
          MYSQL_PASSWORD_FILE: kplus.EnvValue.fromValue(`${CREDENTIALS}/password`),
          MYSQL_ROOT_PASSWORD_FILE: kplus.EnvValue.fromValue(`${CREDENTIALS}/root-password`),
          // The image would make a root that may come from anywhere.
          MYSQL_ROOT_HOST: kplus.EnvValue.fromValue('localhost'),
        },
      }),
    });
    restrict(mysql);
    return mysql;
  }

  private wordpress(credentials: kplus.ISecret): kplus.Deployment {
    const files = new kplus.PersistentVolumeClaim(this, 'wordpress-files', {
      metadata: { name: 'wordpress-files', annotations: KEEP },
      storageClassName: 'csi-fast',
      storage: Size.gibibytes(10),
      accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
    });
    const wordpress = new kplus.Deployment(this, 'wordpress', {
      metadata: { name: 'wordpress' },
      replicas: 1,
      // A second pod, on another node, would wait for a volume that the first one holds.
      strategy: kplus.DeploymentStrategy.recreate(),
      ...wordpressPod(this, {
        files: kplus.Volume.fromPersistentVolumeClaim(this, 'files', files, { name: 'files' }),
        credentials,
        configuration: ["define('WP_HOME', 'https://blog.example.com');", "define('WP_SITEURL', 'https://blog.example.com');"],
      }),
    });
    restrict(wordpress);
    wordpress.exposeViaService({ name: 'wordpress', ports: [{ name: 'http', port: 80 }] });
    return wordpress;
  }
}
