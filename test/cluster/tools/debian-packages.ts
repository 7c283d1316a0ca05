import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { step } from './step';

/** What is no Go tool, programs by name and files by path, and the Debian packages that bring them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  // The shell of the init container that looks for copied data.
  busybox: 'busybox',
  git: 'git',
  ps: 'procps',
  'redis-server': 'redis-server',
  // The talk's demo. The -core packages hold the programs alone and start no service of their own.
  mariadb: 'mariadb-client-core',
  mariadbd: 'mariadb-server-core',
  php: 'php-cli',
  '/usr/share/wordpress/wp-settings.php': 'wordpress',
  '/usr/share/wordpress/wp-content/themes/twentytwentyone/style.css': 'wordpress-theme-twentytwentyone',
};

/** Installs what is missing when this process may; says what to do when it may not. */
export function installDebianPackages(programs = PROGRAMS): void {
  const missing = Object.entries(programs).filter(([program]) => !isInstalled(program));
  const packages = missing.map(([, each]) => each);
  if (packages.length === 0) {
    return;
  }
  if (process.getuid?.() !== 0 || !isInstalled('apt-get')) {
    const names = missing.map(([program]) => program).join(', ');
    throw new Error(`Not installed: ${names}. Install the packages of these names, on Debian: sudo apt-get install ${packages.join(' ')}`);
  }
  step('Updating the list of Debian packages', () => run('apt-get', ['update', '-q']));
  step(`Installing ${packages.join(', ')}`, () => run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]));
}

function isInstalled(program: string): boolean {
  if (program.startsWith('/')) {
    return existsSync(program);
  }
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program]).status === 0;
}

function run(program: string, args: readonly string[]): void {
  const ran = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  if (ran.status !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed: ${ran.stdout}${ran.stderr}`);
  }
}
