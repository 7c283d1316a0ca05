import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ALL_RULES } from '../../src/rules/all-rules';

// The command as users have it: one file, run as a program of its own.
const COMMAND = resolve(__dirname, '..', '..', 'lib', 'cli', 'snapshot-clone.js');
const EXAMPLES = resolve(__dirname, '..', 'rules', 'examples', 'reference-not-granted');
const folder = mkdtempSync(join(tmpdir(), 'snapshot-clone-cli-'));

function run(args: string[], input: string | Buffer = '') {
  const env = { ...process.env, NO_COLOR: undefined, NODE_OPTIONS: '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
    env,
    maxBuffer: 1 << 26,
  });
  expect(stderr).not.toMatch(/\n\s+at /);
  return { status, stdout, stderr };
}

function put(name: string, content: string | Buffer): void {
  mkdirSync(resolve(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
}

/** Only the rule on grants: what other rules think of the same manifests is tested with them. */
const GRANTS = ALL_RULES.filter(({ id, isAlwaysApplied }) => id !== 'reference-not-granted' && !isAlwaysApplied).flatMap(({ id }) => [
  '--skip',
  id,
]);

beforeAll(() => {
  cpSync(join(EXAMPLES, 'compliant.yaml'), join(folder, 'good.yaml'));
  cpSync(join(EXAMPLES, 'violating-other-namespace.yaml'), join(folder, 'bad.yaml'));
  put('tree/dev/claim.yml', readFileSync(join(EXAMPLES, 'violating-other-namespace.yaml'), 'utf8'));
  put('tree/config.json', '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}}');
  put('tree/notes.txt', 'kind: PersistentVolumeClaim: not read');
  put('tree/node_modules/foreign.yaml', 'kind: [');
  symlinkSync(join(folder, 'tree'), join(folder, 'tree', 'loop'));
  mkdirSync(join(folder, 'empty'));
  mkdirSync(join(folder, 'folder.yaml'));
  put('folder.yaml/class.yaml', 'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: slow }\nprovisioner: csi.example\n');
  put('torn.yaml', 'kind: StorageClass\nkind: again\n');
  put('broken.yaml', `${readFileSync(join(EXAMPLES, 'compliant.yaml'), 'utf8')}\nkind: again\n`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('check', () => {
  test('ends with 0 on a clean set, and says what it has looked at', () => {
    const { status, stdout, stderr } = run(['check', 'good.yaml', ...GRANTS]);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: '3 documents (0 skipped), 1 claim, 1 reference: 0 errors, 0 warnings\n',
      stderr: '',
    });
  });

  test('ends with 1 on an error, and names file, line, rule and remedy', () => {
    const { status, stdout } = run(['check', 'bad.yaml', ...GRANTS]);
    expect(status).toBe(1);
    expect(stdout).toContain(
      "bad.yaml\n  PersistentVolumeClaim dev/data\n    line 22: error accessing prod/mysql of VolumeSnapshot dataSource from dev/data isn't allowed",
    );
    expect(stdout).toContain(
      '(reference-not-granted)\n      Correct ReferenceGrant prod/mysql-to-dev2, or add to namespace prod a ReferenceGrant',
    );
  });

  test('reads standard input, whole and in a pipe', () => {
    const bad = readFileSync(join(folder, 'bad.yaml'));
    expect(run(['check', '-', ...GRANTS], bad)).toMatchObject({ status: 1, stdout: expect.stringContaining('<stdin>\n') });
    const list = { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'x' } }] };
    expect(run(['check', '-', ...GRANTS], JSON.stringify(list))).toMatchObject({ status: 0, stdout: expect.stringContaining('1 claim,') });
  });

  test('says the same of much input as of little, and V8 nothing of how it is told to run', () => {
    const sets = (count: number) => {
      const one = readFileSync(join(folder, 'good.yaml'), 'utf8');
      return Array.from({ length: count }, (_, index) => one.replace(/namespace: (\w+)/g, `namespace: $1-${index}`)).join('\n---\n');
    };
    for (const count of [1, 300]) {
      expect(sets(count).length > 128 * 1024).toBe(count > 1);
      expect(run(['check', '-', ...GRANTS], sets(count))).toEqual({
        status: 0,
        stdout: `${3 * count} documents (0 skipped), ${count} claim${count > 1 ? 's' : ''}, ${count} reference${count > 1 ? 's' : ''}: 0 errors, 0 warnings\n`,
        stderr: '',
      });
    }
  });

  test('walks folders, also one that is called like a file, and links that lead back; reads each file once', () => {
    const { status, stdout } = run(['check', 'tree', 'tree/dev/claim.yml', 'folder.yaml', ...GRANTS]);
    expect(status).toBe(1);
    expect(stdout).toContain('5 documents (1 skipped), 1 claim,');
  });

  test('knows globs', () => {
    expect(run(['check', 'tree/**/*.yml', ...GRANTS])).toMatchObject({ status: 1, stdout: expect.stringContaining('tree/dev/claim.yml') });
    expect(run(['check', '{good,nothing}.yaml', ...GRANTS])).toMatchObject({ status: 0 });
  });

  test.each([
    ['a missing path', ['missing.yaml'], 'missing.yaml: does not exist'],
    ['a glob without a match', ['*.nothing'], '*.nothing: matches no file'],
    ['a folder without manifests', ['empty'], 'empty: is a folder without a .yaml, .yml or .json file'],
    ['empty input', ['-'], '<stdin>: holds no document: there is nothing to check'],
    ['a broken file beside a good one', ['good.yaml', 'broken.yaml'], 'broken.yaml:24: is not valid YAML: duplicated mapping key'],
    ['a path through a file', ['good.yaml/x'], 'good.yaml/x: does not exist'],
  ])('ends with 2 on %s', (_, paths, problem) => {
    for (const format of ['text', 'json', 'sarif', 'junit', 'github']) {
      const { status, stdout, stderr } = run(['check', '--format', format, ...paths, ...GRANTS]);
      expect(status).toBe(2);
      expect(format === 'text' ? stdout : stderr).toContain(problem);
    }
  });

  test('a problem outweighs findings, and does not hide them', () => {
    const { status, stdout } = run(['check', 'bad.yaml', 'torn.yaml', ...GRANTS]);
    expect(status).toBe(2);
    expect(stdout).toContain('reference-not-granted');
  });

  test('a line of 100 MB is a problem, in bounded memory', () => {
    put('long.yaml', Buffer.concat([Buffer.from('kind: PersistentVolumeClaim\nx: '), Buffer.alloc(100 * 1024 * 1024, 'x')]));
    const { status, stderr } = spawnSync(process.execPath, ['--max-old-space-size=64', COMMAND, 'check', '--format', 'json', 'long.yaml'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'snapshot-clone: long.yaml:1: holds a document of more than 32 MiB, which is not read; split it\n',
    });
  });

  test('--external, --skip, --namespace and --fail-on change what is found and how it ends', () => {
    expect(run(['check', 'bad.yaml', ...GRANTS, '--external', 'prod', '--external', 'other']).status).toBe(0);
    expect(run(['check', 'bad.yaml', ...GRANTS, '--skip', 'reference-not-granted']).status).toBe(0);
    expect(run(['check', 'bad.yaml', ...GRANTS, '--fail-on=warning']).status).toBe(1);
    const claim =
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: x }\nspec: { dataSourceRef: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, namespace: prod, name: z } }\n';
    expect(run(['check', '-', ...GRANTS], claim)).toMatchObject({ status: 1, stdout: expect.stringContaining('default/x') });
    expect(run(['check', '-', ...GRANTS, '--namespace', 'prod'], claim).status).toBe(0);
  });

  test('--external with a namespace that nothing is about is no reason to fail, but most likely a slip of the pen, which check and graph say', () => {
    const note = "--external is 'prdo', but nothing that a rule reads is in that namespace or names it; did you mean prod?\n";
    expect(run(['check', 'good.yaml', ...GRANTS, '--external', 'prdo'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`note: ${note}`),
      stderr: '',
    });
    expect(run(['graph', 'good.yaml', '--external', 'prdo'])).toMatchObject({ status: 0, stderr: `snapshot-clone: ${note}` });
    expect(run(['graph', 'good.yaml', '--external', 'prod'])).toMatchObject({ status: 0, stderr: '' });
  });

  test('a report for which there is no room is told in a line, and so is a file that has no name any more', () => {
    const inShell = (line: string) => spawnSync('bash', ['-c', line, 'bash', process.execPath, COMMAND], { cwd: folder, encoding: 'utf8' });
    expect(inShell('"$1" "$2" check good.yaml >/dev/full')).toMatchObject({
      status: 2,
      stderr: 'snapshot-clone: the report cannot be written: ENOSPC\n',
    });
    const nameless = inShell('cp good.yaml gone.yaml; exec 6<gone.yaml; rm gone.yaml; "$1" "$2" check /dev/fd/6');
    expect(`${nameless.stdout}${nameless.stderr}`).toMatch(/^3 documents|\n3 documents/);
  });

  test.each([
    ['check --format json broken.yaml', 2],
    ['check --output=/dev/full good.yaml', 2],
    ['check --output=out.json bad.yaml', 1],
    ['check --output=out.json good.yaml', 0],
    ['check --nonsense', 2],
  ])('a standard error that cannot be written changes no exit code: %s', (words, status) => {
    const line = `"$1" "$2" ${words} 2>/dev/full`;
    expect(spawnSync('bash', ['-c', line, 'bash', process.execPath, COMMAND], { cwd: folder, encoding: 'utf8' }).status).toBe(status);
  });

  test('--output writes the report, leaves standard output alone, and says on standard error what came of it', () => {
    expect(run(['check', 'bad.yaml', ...GRANTS, '--format', 'json', '--output', 'report.json'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'snapshot-clone: 3 documents (0 skipped), 1 claim, 1 reference: 1 error, 0 warnings; the report is in report.json\n',
    });
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).findings).toHaveLength(1);
    expect(run(['check', 'bad.yaml', '--output', 'missing/report.json'])).toMatchObject({
      status: 2,
      stderr: 'snapshot-clone: --output missing/report.json cannot be written: its folder does not exist\n',
    });
    expect(run(['check', 'bad.yaml', '--output', '.'])).toMatchObject({
      status: 2,
      stderr: 'snapshot-clone: --output . cannot be written: it is a folder\n',
    });
  });

  test.each([
    ['check', ['bad.yaml'], './bad.yaml'],
    ['check', ['.'], 'bad.yaml'],
    ['graph', ['bad.yaml'], 'link.yaml'],
  ])('--output of %s %j never writes over a manifest: %s', (command, paths, output) => {
    const before = readFileSync(join(folder, 'bad.yaml'), 'utf8');
    symlinkSync('bad.yaml', join(folder, 'link.yaml'));
    expect(run([command, ...paths, '--output', output])).toEqual({
      status: 2,
      stdout: '',
      stderr: `snapshot-clone: --output ${output} is one of the files that are read, and would be written over; name another file\n`,
    });
    expect(readFileSync(join(folder, 'bad.yaml'), 'utf8')).toBe(before);
    rmSync(join(folder, 'link.yaml'));
  });

  test('--output writes over an old report', () => {
    for (let times = 0; times < 2; times++) {
      expect(run(['check', 'bad.yaml', '--output', 'old.txt'])).toMatchObject({ status: 1, stdout: '' });
    }
    rmSync(join(folder, 'old.txt'));
  });
});

describe('usage', () => {
  test.each([
    [['chek', 'x'], "there is no command 'chek'; did you mean check?; see: snapshot-clone --help"],
    [['check'], 'check needs a PATH, or - for standard input; see: snapshot-clone check --help'],
    [['check', '--formt', 'json', 'x'], 'check has no option --formt; did you mean --format?; see: snapshot-clone check --help'],
    [['check', '--format', 'jsn', 'x'], "--format is 'jsn', but must be one of: text, json, sarif, junit, github; did you mean json?"],
    [['check', 'x', '--output'], '--output needs a value: FILE'],
    [
      ['check', 'x', '--skip', 'reference-not-granted,source-missing'],
      "there is no rule 'reference-not-granted,source-missing'; name each rule on its own; they are listed by: snapshot-clone rules",
    ],
    [
      ['check', 'x', '--skip', 'reference-not-grantd'],
      "there is no rule 'reference-not-grantd'; did you mean reference-not-granted?; they are listed by: snapshot-clone rules",
    ],
    [
      ['check', 'x', '--skip', 'wrong-type'],
      "--skip is 'wrong-type', but that rule cannot be skipped: without it no other rule's verdict means anything",
    ],
    [
      ['check', 'x', '--external', 'Prod'],
      "--external is 'Prod', but must be a DNS label: 1 to 63 of a-z, 0-9 and '-', beginning and ending with a letter or digit",
    ],
    [['explain'], 'explain needs one RULE; they are listed by: snapshot-clone rules'],
    [['graph'], 'graph needs a PATH, or - for standard input; see: snapshot-clone graph --help'],
  ])('%j is refused in one line', (args, message) => {
    expect(run(args)).toEqual({ status: 2, stdout: '', stderr: `snapshot-clone: ${message}\n` });
  });

  test.each(['check', 'graph', 'explain', 'rules'])('%s --help says what it takes', (command) => {
    const { status, stdout } = run([command, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^usage: snapshot-clone ${command} `));
    expect(run(['help', command]).stdout).toBe(stdout);
    expect(run(['--help']).stdout).toContain(`\n  ${command} `);
  });

  test('--version says which version it is', () => {
    const { version } = JSON.parse(readFileSync(resolve(__dirname, '..', '..', 'package.json'), 'utf8'));
    expect(run(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n` });
  });
});

describe('rules, explain and graph', () => {
  test('every rule is listed, and explained', () => {
    const { stdout } = run(['rules']);
    const rules = JSON.parse(run(['rules', '--format', 'json']).stdout);
    expect(rules.map(({ id }: { id: string }) => id)).toEqual(ALL_RULES.map(({ id }) => id));
    for (const { id } of ALL_RULES) expect(stdout).toContain(id);
    const explained = run(['explain', 'reference-not-granted']).stdout;
    expect(explained).toContain('reference-not-granted (error)');
    expect(explained).toContain('cdk8s-snapshot-clone/skip.reference-not-granted: REASON');
  });

  test('the picture is drawn from the same files, and written where a report would be', () => {
    expect(run(['graph', 'bad.yaml'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^flowchart LR\n[\s\S]*refused: no grant/),
    });
    expect(run(['graph', 'good.yaml', '--format', 'dot'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^digraph [\s\S]*granted/),
    });
    expect(run(['graph', 'bad.yaml', '--output', 'picture.mmd'])).toEqual({
      status: 0,
      stdout: '',
      stderr: 'snapshot-clone: the picture is in picture.mmd\n',
    });
    expect(readFileSync(join(folder, 'picture.mmd'), 'utf8')).toBe(run(['graph', 'bad.yaml']).stdout);
    expect(run(['graph', 'bad.yaml', '--output', 'missing/picture.mmd'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'snapshot-clone: --output missing/picture.mmd cannot be written: its folder does not exist\n',
    });
    expect(run(['graph', 'broken.yaml'])).toMatchObject({ status: 2, stderr: expect.stringContaining('broken.yaml:24: ') });
  });
});
