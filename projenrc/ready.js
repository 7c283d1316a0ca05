/**
 * Makes a clone ready to run: installs what package-lock.json asks for and, with --build, compiles. Whatever is there already is left alone.
 * Plain JavaScript, because it runs before anything is installed.
 */
const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '..');

if (!installed()) step('installing the packages of package-lock.json', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error']);
if (process.argv.includes('--build') && !built()) step('compiling', 'npx', ['projen', 'compile']);

/** npm notes in node_modules what it has put there. */
function installed() {
  const wanted = packagesIn('package-lock.json');
  const found = packagesIn(join('node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(
    ([path, entry]) => !path.startsWith('node_modules/') || entry.optional || found[path]?.version === entry.version,
  );
}

function packagesIn(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** jsii writes .jsii last. */
function built() {
  const assembly = join(root, '.jsii');
  if (!existsSync(assembly)) return false;
  const time = statSync(assembly).mtimeMs;
  return ['src', 'imports', 'package.json', 'tsconfig.json'].every((path) => newest(join(root, path)) <= time);
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function step(what, command, args) {
  const started = Date.now();
  console.log(`${what} ...`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error(`${what} failed: ${command} ${args.join(' ')} ended with ${status}`);
    process.exit(1);
  }
  console.log(`${what}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
