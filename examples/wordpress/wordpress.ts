import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

const WORDPRESS_IMAGE = 'wordpress:7.1.0-php8.4-apache';

/** The user `www-data` of the image. */
const WWW_DATA = 33;
const PORT = 80;

/** What differs between prod's WordPress and dev's. */
export interface WordpressPodOptions {
  /** WordPress itself, plugins and uploads. The image copies itself into an empty volume. */
  readonly files: kplus.Volume;
  /** Holds `password`, the one of the database's user wordpress. */
  readonly credentials: kplus.ISecret;
  /** Lines of PHP for wp-config.php. */
  readonly configuration: string[];
  readonly envVariables?: Record<string, kplus.EnvValue>;
  readonly volumeMounts?: kplus.VolumeMount[];
}

/** The pod of a WordPress on Apache that finds its database under the name `mysql`. */
export function wordpressPod(scope: Construct, options: WordpressPodOptions) {
  const password = kplus.Volume.fromSecret(scope, 'wordpress-credentials', options.credentials, {
    name: 'credentials',
    // Not the others of the Secret: root's is none of WordPress's business.
    items: { password: { path: 'password' } },
  });
  // The page needs the database; a restart would not bring that back, so being alive is Apache's own affair.
  const page = kplus.Probe.fromHttpGet.bind(null, '/wp-login.php');
  return {
    automountServiceAccountToken: false,
    securityContext: {
      user: WWW_DATA,
      group: WWW_DATA,
      fsGroup: WWW_DATA,
      fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH,
      ensureNonRoot: true,
      // Apache listens on port 80, and is not root.
      sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: String(PORT) }],
    },
    containers: [
      {
        name: 'wordpress',
        image: WORDPRESS_IMAGE,
        ports: [{ name: 'http', number: PORT }],
        envVariables: {
          WORDPRESS_DB_HOST: kplus.EnvValue.fromValue('mysql'),
          WORDPRESS_DB_NAME: kplus.EnvValue.fromValue('wordpress'),
          WORDPRESS_DB_USER: kplus.EnvValue.fromValue('wordpress'),
          WORDPRESS_DB_PASSWORD_FILE: kplus.EnvValue.fromValue('/etc/wordpress/credentials/password'),
          WORDPRESS_CONFIG_EXTRA: kplus.EnvValue.fromValue(options.configuration.join('\n')),
          ...options.envVariables,
        },
        resources: {
          cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(1) },
          memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) },
        },
        startup: page({ port: PORT, periodSeconds: Duration.seconds(5), timeoutSeconds: Duration.seconds(5), failureThreshold: 60 }),
        readiness: page({ port: PORT, periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(5) }),
        liveness: kplus.Probe.fromHttpGet('/license.txt', { port: PORT, periodSeconds: Duration.seconds(10), failureThreshold: 6 }),
        volumeMounts: [
          { path: '/var/www/html', volume: options.files },
          { path: '/etc/wordpress/credentials', volume: password, readOnly: true },
          { path: '/run', volume: kplus.Volume.fromEmptyDir(scope, 'wordpress-run', 'run', { sizeLimit: Size.mebibytes(16) }) },
          { path: '/tmp', volume: kplus.Volume.fromEmptyDir(scope, 'wordpress-tmp', 'tmp', { sizeLimit: Size.gibibytes(1) }) },
          ...(options.volumeMounts ?? []),
        ],
      },
    ],
  };
}
