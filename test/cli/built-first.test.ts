import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { Problem } from '../../src/check/problem';

// Folders whose files are not what is applied: Kustomize or Helm builds it. The command as users have it: one file, run as a program of its own.
const COMMAND = resolve(__dirname, '..', '..', 'lib', 'cli', 'snapshot-clone.js');
const folder = mkdtempSync(join(tmpdir(), 'snapshot-clone-built-'));
const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n';
/** An object like others, whose file may be called anything. */
const FLUX = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: x }\n';
const SHORT =
  'this folder is built by Kustomize, which may change namespaces and names; check what it builds: kustomize build short | snapshot-clone check -';

beforeAll(() => {
  for (const file of [
    'overlay/kustomization.yaml',
    'overlay/claim.yaml',
    'overlay/deeper/Kustomization',
    'overlay/deeper/patch.yaml',
    'short/kustomization.yml',
    'chart/Chart.yaml',
    'chart/templates/claim.yaml',
    'chart/charts/part/Chart.yaml',
    'charts/one/Chart.yaml',
    'plain/claim.yaml',
    'plain/chart.yaml',
    'plain/my-kustomization.yaml',
    'plain/node_modules/kustomization.yaml',
    "it's my $HOME/kustomization.yaml",
    '-o/kustomization.yaml',
  ]) {
    put(file, MANIFEST);
  }
  put('plain/flux.yaml', FLUX);
  symlinkSync(join(folder, 'short'), join(folder, 'link'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(file: string, content: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
}

function run(words: readonly string[], cwd = folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...words], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** What is said beside the findings, of which there are none. */
function notices(paths: readonly string[], cwd = folder): Problem[] {
  const { status, stdout } = run(['check', '--format', 'json', ...paths], cwd);
  expect(status).toBe(0);
  return JSON.parse(stdout).notices;
}

/** The same in short: each file, and the command that builds its folder. */
function builds(paths: readonly string[], cwd = folder): string[] {
  return notices(paths, cwd).map(({ file, message }) => `${file}: ${/: ([^:]*) \| snapshot-clone check -$/.exec(message)?.[1]}`);
}

test('a folder that Kustomize builds is no reason to fail, and a notice says how to check what it builds', () => {
  expect(notices(['short'])).toEqual([{ file: 'short/kustomization.yml', message: SHORT }]);
});

test('neither is a chart, with the charts inside it', () => {
  expect(notices(['chart'])).toEqual([
    {
      file: 'chart/Chart.yaml',
      message:
        'this folder is a Helm chart, whose templates are no manifests yet; check what it renders: helm template chart | snapshot-clone check -',
    },
  ]);
  expect(builds(['charts'])).toEqual(['charts/one/Chart.yaml: helm template charts/one']);
  expect(builds(['chart/charts'])).toEqual(['chart/charts/part/Chart.yaml: helm template chart/charts/part']);
});

test('each such file is named once, whatever it is called and however often it is read', () => {
  const each = ['overlay/deeper/Kustomization: kustomize build overlay/deeper', 'overlay/kustomization.yaml: kustomize build overlay'];
  expect(builds(['overlay'])).toEqual(each);
  expect(builds(['overlay', './overlay/kustomization.yaml', 'overlay/*.yaml'])).toEqual(each);
  expect(builds(['short', 'link'])).toHaveLength(1);
});

test('it is named when it is itself what is to be read', () => {
  expect(builds(['chart/Chart.yaml'])).toEqual(['chart/Chart.yaml: helm template chart']);
  expect(builds(['kustomization.yaml'], join(folder, 'overlay'))).toEqual(['kustomization.yaml: kustomize build .']);
});

test('a glob reads the folders of the files that it matches, and no others', () => {
  expect(builds(['overlay/cl*.yaml'])).toEqual(['overlay/kustomization.yaml: kustomize build overlay']);
  expect(builds(['overlay/**/patch.yaml'])).toEqual(['overlay/deeper/Kustomization: kustomize build overlay/deeper']);
  expect(builds(['{chart,plain}/**/cl*.yaml'])).toEqual([]);
});

test('of single files, of other names and of other people’s folders nothing is said', () => {
  expect(builds(['overlay/claim.yaml'])).toEqual([]);
  expect(builds(['plain'])).toEqual([]);
});

describe('every report says it, and a picture beside it', () => {
  const report = (format: string) => run(['check', 'short', '--format', format]).stdout;

  test('text', () => {
    expect(report('text')).toBe(
      `note: short/kustomization.yml: ${SHORT}\n1 document (1 skipped), 0 claims, 0 references: 0 errors, 0 warnings\n`,
    );
  });

  test('sarif', () => {
    const [notification] = JSON.parse(report('sarif')).runs[0].invocations[0].toolExecutionNotifications;
    expect(notification).toMatchObject({
      level: 'note',
      message: { text: SHORT },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'short/kustomization.yml' } } }],
    });
  });

  test('junit, in which nothing fails', () => {
    const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(report('junit'));
    const output = { 'system-out': `note: short/kustomization.yml: ${SHORT}` };
    expect(testsuites).toMatchObject({ tests: '1', failures: '0', errors: '0', testsuite: output });
  });

  test('github', () => {
    expect(report('github')).toBe(`::notice file=short/kustomization.yml,title=note::${SHORT}\n`);
  });

  test('graph', () => {
    expect(run(['graph', 'short'])).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^flowchart LR\n/),
      stderr: `snapshot-clone: short/kustomization.yml: ${SHORT}\n`,
    });
  });
});

test.each([
  ["it's my $HOME", "it's my $HOME"],
  ['-o', './-o'],
  ['overlay/deeper', 'overlay/deeper'],
])('the command for folder %s builds that folder, in a shell', (path, asked) => {
  for (const program of ['kustomize', 'snapshot-clone']) {
    put(join('bin', program), `#!/bin/sh\nprintf '%s %s\\n' "\${0##*/}" "$*" >&2\n`);
    chmodSync(join(folder, 'bin', program), 0o755);
  }
  const command = /check what it builds: (.*)$/.exec(notices([`./${path}`])[0]!.message)![1]!;
  const env = { ...process.env, PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter) };
  const { stderr } = spawnSync('sh', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
  expect(stderr.split('\n').sort()).toEqual(['', `kustomize build ${asked}`, 'snapshot-clone check -']);
});
