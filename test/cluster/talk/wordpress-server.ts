import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../processes/free-port';
import { Service } from '../processes/service';
import type { MariaDbServer } from './mariadb-server';
import type { PodFolders } from './pod-folders';

const run = promisify(execFile);

/** Where Debian's package puts WordPress. */
const PACKAGE = '/usr/share/wordpress';
const KEYS = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((name) => [`${name}_KEY`, `${name}_SALT`]);

/**
 * Debian's WordPress behind PHP's own web server in the place of a WordPress pod of the example: in the folder that the pod mounts, with the
 * pod's environment, files and readiness probe.
 */
export class WordPressServer {
  public static async start(pod: PodFolders, database: MariaDbServer): Promise<WordPressServer> {
    const folder = pod.here('/var/www/html');
    if (!existsSync(join(folder, 'wp-settings.php'))) {
      // As the image does: it copies itself into an empty volume.
      await run('cp', ['-a', `${PACKAGE}/.`, folder]);
    }
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    await writeFile(join(folder, 'wp-config.php'), await configuration(pod, database.port, address));
    const { path } = pod.container.readinessProbe.httpGet;
    const service = await Service.start({
      name: `php of ${pod.name}`,
      program: 'php',
      // No mail leaves this machine.
      args: ['-d', 'sendmail_path=true', '-S', `127.0.0.1:${port}`, '-t', folder],
      // While it answers, WordPress asks itself.
      env: { PHP_CLI_SERVER_WORKERS: '4' },
      logFile: join(pod.cluster.logs, `${pod.name}-php.log`),
      ready: () => mustAnswer(`${address}${path}`),
    });
    return new WordPressServer(service, address);
  }

  private constructor(
    private readonly service: Service,
    public readonly address: string,
  ) {}

  public stop(): Promise<void> {
    return this.service.stop();
  }
}

/** A wp-config.php of what the pod's environment says, as the image's own reads it. */
async function configuration(pod: PodFolders, databasePort: number, address: string): Promise<string> {
  const password = (await readFile(pod.here(pod.variable('WORDPRESS_DB_PASSWORD_FILE')!), 'utf8')).trimEnd();
  const constants = {
    DB_NAME: pod.variable('WORDPRESS_DB_NAME')!,
    DB_USER: pod.variable('WORDPRESS_DB_USER')!,
    DB_PASSWORD: password,
    // The Service `mysql` of the namespace leads nowhere without a kube-proxy.
    DB_HOST: `127.0.0.1:${databasePort}`,
    ...Object.fromEntries(KEYS.map((key) => [key, randomUUID()])),
  };
  const extra = pod
    .here(pod.variable('WORDPRESS_CONFIG_EXTRA')!)
    // There is no name and no certificate for the example's addresses here.
    .replace(/(define\('WP_(?:HOME|SITEURL)', )'[^']*'/g, `$1'${address}'`);
  return [
    '<?php',
    ...Object.entries(constants).map(([name, value]) => `define('${name}', '${value.replace(/[\\']/g, '\\$&')}');`),
    "$table_prefix = 'wp_';",
    extra,
    // Prod's would ask for updates, which a test must not.
    "defined('WP_HTTP_BLOCK_EXTERNAL') || define('WP_HTTP_BLOCK_EXTERNAL', true);",
    "defined('DISABLE_WP_CRON') || define('DISABLE_WP_CRON', true);",
    "defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');",
    "require_once ABSPATH . 'wp-settings.php';",
    '',
  ].join('\n');
}

/** As a kubelet sees it: whatever is no error is ready. */
async function mustAnswer(url: string): Promise<void> {
  const { status } = await fetch(url, { redirect: 'manual' });
  if (status < 200 || status >= 400) {
    throw new Error(`${url} answers with ${status}`);
  }
}
