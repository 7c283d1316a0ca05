import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, synthesize } from '../examples/synthesis';

const folder = mkdtempSync(join(tmpdir(), 'demo-'));
const SNAPSHOT = 'share/VolumeSnapshot.mysql-2026-11-22.k8s.yaml';
const GRANT = 'share/ReferenceGrant.mysql-to-dev.k8s.yaml';
const CLAIM = 'dev/PersistentVolumeClaim.mysql-data-2026-11-22.k8s.yaml';

let whole: ReturnType<typeof demo>;

beforeAll(() => {
  synthesize('wordpress', folder);
  whole = demo('--read', folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('what the example writes is read back, resolved and granted', () => {
  expect(whole.lines.at(-1)).toBe('demo: 1 reference, resolved and granted');
  expect(whole.status).toBe(0);
});

test('it shows the files by side, who may copy what, and the handshake', () => {
  const steady = whole.lines.filter((line) => !/ in \d+\.\d s$/.test(line) && !line.startsWith('Files in '));
  expect(steady.join('\n')).toMatchSnapshot();
});

test('it fits a terminal of 100 columns, and has no colour where there is no terminal', () => {
  for (const line of whole.lines.filter((line) => !line.startsWith('Files in '))) expect(line.length).toBeLessThanOrEqual(100);
  expect(whole.lines.join('\n')).not.toContain('\u001b');
});

test('it names every file once', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  for (const file of files) expect(whole.lines.join('\n').split(file.replaceAll('\\', '/'))).toHaveLength(2);
});

describe('one wrong string of the eight is seen', () => {
  const misses = "accessing prod/mysql-2026-11-22 of VolumeSnapshot dataSource from dev/mysql-data-2026-11-22 isn't allowed";
  const gone = 'the set holds no VolumeSnapshot prod/mysql-2026-11-22, which dev/mysql-data-2026-11-22 is to be filled from';

  test.each([
    ['namespace of the snapshot', SNAPSHOT, 'namespace: prod', 'namespace: prot', gone],
    ['name of the snapshot', SNAPSHOT, 'name: mysql-2026-11-22', 'name: mysql-2026-11-23', gone],
    [
      'namespace of the grant',
      GRANT,
      'namespace: prod',
      'namespace: prot',
      `${misses}: grant prot/mysql-to-dev is in namespace prot, it has to`,
    ],
    ["namespace in the grant's from", GRANT, 'namespace: dev', 'namespace: den', `${misses}: grant prod/mysql-to-dev allows namespace den`],
    ["name in the grant's to", GRANT, 'name: mysql-2026-11-22', 'name: mysql-2026-11-2w', `${misses}: grant prod/mysql-to-dev allows`],
    [
      'namespace of the claim',
      CLAIM,
      'namespace: dev',
      'namespace: den',
      'grant prod/mysql-to-dev allows namespace dev, the claim is in den',
    ],
    [
      "namespace in the claim's reference",
      CLAIM,
      'namespace: prod',
      'namespace: prot',
      'the set holds no VolumeSnapshot prot/mysql-2026-11-22',
    ],
    ["name in the claim's reference", CLAIM, '    name: mysql-2026-11-22', '    name: nysql-2026-11-22', 'no VolumeSnapshot prod/nysql-'],
  ])('%s', (_string, file, right, wrong, fault) => {
    const { status, lines } = changed(file, right, wrong);
    expect(lines.join('\n')).toContain(fault);
    expect(lines.at(-1)).toMatch(/^demo: [1-3] faults?$/);
    expect(status).toBe(1);
  });
});

test('a claim that no longer is one is seen', () => {
  const { status, lines } = changed(CLAIM, 'kind: PersistentVolumeClaim', 'kind: PersistentVolumeclaim');
  expect(lines).toContain('- no claim here is filled from another namespace');
  expect(status).toBe(1);
});

test('a file that is no YAML is seen', () => {
  const { status, lines } = changed(GRANT, 'kind: ReferenceGrant', 'kind; ReferenceGrant');
  expect(lines.join('\n')).toContain(`- ${GRANT} is no YAML: `);
  expect(status).toBe(1);
});

test('a folder without YAML is a fault', () => {
  const { status, lines } = demo('--read', join(folder, 'nowhere'));
  expect(lines.slice(-3)).toEqual(['- there is no YAML to read', '', 'demo: 1 fault']);
  expect(status).toBe(1);
});

test('an option that it does not know is an error of its own', () => {
  expect(demo('--raed', folder).status).toBe(2);
});

function changed(file: string, right: string, wrong: string) {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  expect(before.split(right)).toHaveLength(2);
  writeFileSync(path, before.replace(right, wrong));
  try {
    return demo('--read', folder);
  } finally {
    writeFileSync(path, before);
  }
}

function demo(...args: string[]): { readonly status: number | null; readonly lines: string[] } {
  const tsNode = join(ROOT, 'node_modules', 'ts-node', 'dist', 'bin.js');
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsNode, '--transpile-only', '--project', 'projenrc/tsconfig.json', 'projenrc/demo/run.ts', ...args],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return { status, lines: stdout.trimEnd().split('\n') };
}
