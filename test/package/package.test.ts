import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { setOf, verdictsOf } from '../../projenrc/demo/verdicts';

// What a stranger gets: the packed tarball, installed by the README's own line into an app outside this repository.
jest.setTimeout(240_000);

const root = resolve(__dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'stranger-'));
const app = join(scratch, 'app');

/** Runs a program, and fails with what it said. */
function run(command: string, args: string[], cwd = app): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

let tarball: string;
let packed: string[];

beforeAll(() => {
  const [{ filename, files }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', scratch], root));
  tarball = join(scratch, filename);
  packed = files.map((file: { path: string }) => file.path);
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'stranger', private: true }));
  const [, lines] = /```sh\n(npm [^`]*cdk8s-snapshot-clone[^`]*)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  if (!lines) throw new Error('README.md has no install lines');
  for (const line of lines.trim().split('\n')) {
    const [command, ...words] = line.split(/\s+/);
    run(
      command,
      words.map((word) => (word === 'cdk8s-snapshot-clone' ? tarball : word)),
    );
  }
  const { compilerOptions } = load(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { compilerOptions: object };
  const options = {
    ...compilerOptions,
    rootDir: '.',
    outDir: 'out',
    skipLibCheck: false,
    lib: ['es2022', 'dom'],
    types: [],
    declaration: false,
    incremental: false,
    composite: false,
  };
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['one-chart.ts', 'two-charts.ts'] }));
  for (const program of ['one-chart.ts', 'two-charts.ts']) {
    writeFileSync(join(app, program), readFileSync(join(__dirname, 'programs', program)));
  }
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the tarball holds what is needed to use the library, and nothing else', () => {
  const allowed =
    /^(lib\/(src|imports)\/.*\.(js|d\.ts)|lib\/(cli\/snapshot-clone\.js|plugin\/index\.js|(cli|plugin)\/LICENSES\.txt)|schemas\/.*\.schema\.json|\.jsii|API\.md|LICENSE|README\.md|package\.json)$/;
  expect(packed.filter((path) => !allowed.test(path))).toEqual([]);
  expect(packed).toEqual(expect.arrayContaining(['.jsii', 'lib/src/index.js', 'lib/src/index.d.ts', 'README.md', 'LICENSE', 'API.md']));
  expect(packed).toEqual(expect.arrayContaining(['lib/cli/snapshot-clone.js', 'lib/cli/LICENSES.txt', 'schemas/check-report.schema.json']));
});

test('every shipped module of the library finds what it requires', () => {
  const modules = packed.filter((path) => /^lib\/src\/.*\.js$/.test(path)).map((path) => `cdk8s-snapshot-clone/${path}`);
  expect(run(process.execPath, ['-e', `for (const one of ${JSON.stringify(modules)}) require(one); console.log('loaded')`])).toBe(
    'loaded\n',
  );
});

test('the command runs, brings no package, and comes with the notices of what is in it', () => {
  const command = (file: string) =>
    spawnSync('npx', ['--no-install', 'snapshot-clone', 'check', '--format', 'json', file], { cwd: app, encoding: 'utf8' });
  const example = (file: string) => join(root, 'test', 'rules', 'examples', 'reference-not-granted', file);
  const good = command(example('compliant.yaml'));
  expect({ status: good.status, errors: JSON.parse(good.stdout).summary.errors }).toEqual({ status: 0, errors: 0 });
  const bad = command(example('violating-other-namespace.yaml'));
  expect({ status: bad.status, rules: JSON.parse(bad.stdout).findings.map(({ rule }: { rule: string }) => rule) }).toEqual({
    status: 1,
    rules: expect.arrayContaining(['reference-not-granted']),
  });
  const installed = join(app, 'node_modules', 'cdk8s-snapshot-clone');
  const notices = readFileSync(join(installed, 'lib', 'cli', 'LICENSES.txt'), 'utf8');
  for (const library of ['js-yaml', 'picomatch']) expect(notices).toMatch(new RegExp(`^${library} \\d`, 'm'));
  const bundle = readFileSync(join(installed, 'lib', 'cli', 'snapshot-clone.js'), 'utf8');
  const required = [...bundle.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name!);
  expect(required.filter((name) => !isBuiltin(name))).toEqual([]);
});

test('the validation plugin loads from the path that users write, and comes with the notices of what is in it', () => {
  const load =
    "const { SnapshotCloneValidation } = require('./node_modules/cdk8s-snapshot-clone/lib/plugin'); new SnapshotCloneValidation({})";
  run(process.execPath, ['-e', load]);
  const folder = join(app, 'node_modules', 'cdk8s-snapshot-clone', 'lib', 'plugin');
  expect(readFileSync(join(folder, 'LICENSES.txt'), 'utf8')).toMatch(/^js-yaml \d/m);
  const required = [...readFileSync(join(folder, 'index.js'), 'utf8').matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name!);
  expect(required.filter((name) => !isBuiltin(name))).toEqual([]);
});

test('installing it brings its peers and no package with an install script', () => {
  const { packages } = JSON.parse(readFileSync(join(app, 'node_modules', '.package-lock.json'), 'utf8'));
  const names = Object.keys(packages).map((path) => path.replace(/^node_modules\//, ''));
  expect(names).toEqual(expect.arrayContaining(['cdk8s', 'cdk8s-plus-27', 'cdk8s-snapshot-clone', 'constructs']));
  // Not the 184 packages of what cdk8s-plus-27 lists as optional.
  expect(names.length).toBeLessThan(20);
  expect(Object.entries<{ hasInstallScript?: boolean }>(packages).filter(([, entry]) => entry.hasInstallScript)).toEqual([]);
});

test('one chart and two charts pass a strict type check, libraries included, and make the matched set', () => {
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.']);
  for (const program of ['one-chart', 'two-charts']) {
    const manifests = loadAll(run(process.execPath, [join('out', `${program}.js`)]));
    const verdicts = verdictsOf(setOf(manifests));
    expect(verdicts.flatMap((verdict) => verdict.faults)).toEqual([]);
    expect(verdicts.map((verdict) => verdict.reference.claim.namespace)).toEqual(['dev']);
  }
});

test('loading it loads cdk8s, cdk8s-plus-27 only if the app does, and the rules only where something is checked', () => {
  const list = "require('cdk8s-snapshot-clone'); console.log(Object.keys(require.cache).join('\\n'))";
  const loaded = run(process.execPath, ['-e', list]);
  expect(loaded).toMatch(/node_modules.cdk8s.lib/);
  expect(loaded).not.toMatch(/cdk8s-plus/);
  expect(loaded).not.toMatch(/all-rules/);
  const check = list.replace(';', ".SnapshotCloneCheck.manifests([{ apiVersion: 'v1', kind: 'Service' }]);");
  expect(run(process.execPath, ['-e', check])).toMatch(/all-rules/);
});
