import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../processes/free-port';
import { Service } from '../processes/service';
import { optionsForMariaDb, statementsForMariaDb } from './mariadb-dialect';
import type { PodFolders } from './pod-folders';

/** Runs a program that ends by itself, and soon. */
const run = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  promisify(execFile)(program, args, { env: { ...process.env, ...env }, timeout: 120_000, killSignal: 'SIGKILL' });

/** mariadbd refuses to run as root unless it is told to. */
const AS_ROOT = process.getuid?.() === 0 ? ['--user=root'] : [];

/**
 * Debian's MariaDB in the place of a MySQL pod of the example: on the data of the claim that the pod mounts, with the pod's init containers,
 * arguments, files and readiness probe. There is no kubelet, so this is what runs of that pod.
 */
export class MariaDbServer {
  public static async start(pod: PodFolders): Promise<MariaDbServer> {
    for (const { command } of pod.initContainers) {
      const [program, ...args] = command.map((each: string) => pod.here(each));
      await run(program, args);
    }
    const options: string[] = optionsForMariaDb(pod.container.args).map((each) => pod.here(each));
    const dataDirectory = settingOf('--datadir', options)!;
    if (!existsSync(join(dataDirectory, 'mysql'))) {
      options.push(`--init-file=${await initialize(pod, dataDirectory)}`);
    } else if (settingOf('--init-file', options)) {
      await adaptInitFile(pod, options);
    }
    const port = await freePort();
    const socket = pod.here('/var/run/mysqld/mysqld.sock');
    const place = [`--socket=${socket}`, `--pid-file=${pod.here('/tmp/mariadbd.pid')}`, `--tmpdir=${pod.here('/tmp')}`];
    const service = await Service.start({
      name: `mariadbd of ${pod.name}`,
      program: 'mariadbd',
      // The image of MySQL resolves no names either.
      args: ['--no-defaults', ...AS_ROOT, ...options, ...place, '--bind-address=127.0.0.1', `--port=${port}`, '--skip-name-resolve'],
      logFile: join(pod.cluster.logs, `${pod.name}-mariadbd.log`),
      ready: () => probe(pod, port),
    });
    return new MariaDbServer(service, port, socket);
  }

  private constructor(
    private readonly service: Service,
    public readonly port: number,
    private readonly socket: string,
  ) {}

  /** As whom the server knows somebody who comes over the network, like WordPress; rejects with its words when it lets nobody in. */
  public signIn(user: string, password: string): Promise<string> {
    return this.query(['--host=127.0.0.1', `--port=${this.port}`, `--user=${user}`], password, 'SELECT CURRENT_USER()');
  }

  /** The same for somebody inside of the pod, like its root. */
  public signInLocally(user: string, password: string): Promise<string> {
    return this.queryLocally(user, password, 'SELECT CURRENT_USER()');
  }

  public queryLocally(user: string, password: string, sql: string): Promise<string> {
    return this.query([`--socket=${this.socket}`, `--user=${user}`], password, sql);
  }

  /**
   * Stops the server in the middle of whatever it does while `meanwhile` runs. The test driver copies a volume file by file, where a real
   * one takes it at a single moment; a server that does not move makes both the same: the files as a crash at that moment leaves them.
   */
  public async frozen(meanwhile: () => Promise<void>): Promise<void> {
    process.kill(this.service.pid, 'SIGSTOP');
    try {
      await meanwhile();
    } finally {
      process.kill(this.service.pid, 'SIGCONT');
    }
  }

  public stop(): Promise<void> {
    return this.service.stop();
  }

  private async query(how: readonly string[], password: string, sql: string): Promise<string> {
    const args = ['--no-defaults', ...how, '--skip-column-names', '--batch', `--execute=${sql}`];
    const { stdout } = await run('mariadb', args, { MYSQL_PWD: password });
    return stdout.trim();
  }
}

/** What the image does with an empty data directory; returns the file of its first statements. Without passwords it refuses, as dev's must. */
async function initialize(pod: PodFolders, dataDirectory: string): Promise<string> {
  const secret = async (variable: string) => {
    const file = pod.variable(variable);
    if (file === undefined) {
      throw new Error(`${dataDirectory} holds no database, and ${pod.name} has no ${variable} to make one with.`);
    }
    return (await readFile(pod.here(file), 'utf8')).trimEnd();
  };
  const [root, password] = [await secret('MYSQL_ROOT_PASSWORD_FILE'), await secret('MYSQL_PASSWORD_FILE')];
  const [database, user] = [pod.variable('MYSQL_DATABASE'), pod.variable('MYSQL_USER')];
  await mkdir(dataDirectory, { recursive: true });
  const how = ['--auth-root-authentication-method=normal', '--skip-test-db', ...AS_ROOT];
  await run('mariadb-install-db', ['--no-defaults', `--datadir=${dataDirectory}`, ...how]);
  return written(pod, [
    // MariaDB's installer makes further roots, for the names of this machine; the image, told MYSQL_ROOT_HOST, makes this one alone.
    `DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> '${pod.variable('MYSQL_ROOT_HOST')}';`,
    'FLUSH PRIVILEGES;',
    `ALTER USER 'root'@'${pod.variable('MYSQL_ROOT_HOST')}' IDENTIFIED BY '${root}';`,
    `CREATE DATABASE ${database};`,
    `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}';`,
    `GRANT ALL ON ${database}.* TO '${user}'@'%';`,
  ]);
}

/** The example's own init file, with the paths of this machine, in the dialect of MariaDB. */
async function adaptInitFile(pod: PodFolders, options: string[]): Promise<void> {
  const index = options.findIndex((each) => each.startsWith('--init-file='));
  const sql = await readFile(options[index].slice('--init-file='.length), 'utf8');
  options[index] = `--init-file=${await written(pod, [pod.here(statementsForMariaDb(sql))])}`;
}

async function written(pod: PodFolders, statements: readonly string[]): Promise<string> {
  const file = pod.here('/tmp/init-file.sql');
  await writeFile(file, statements.join('\n'));
  return file;
}

/** The pod's own readiness probe, with the client that MariaDB has instead of `mysql`. */
async function probe(pod: PodFolders, port: number): Promise<void> {
  const [program, ...args] = pod.container.readinessProbe.exec.command.map((each: string) =>
    pod.here(each).replace('exec mysql ', 'exec mariadb '),
  );
  await run(program, args, { MYSQL_TCP_PORT: String(port) });
}

function settingOf(option: string, options: readonly string[]): string | undefined {
  return options.find((each) => each.startsWith(`${option}=`))?.slice(option.length + 1);
}
