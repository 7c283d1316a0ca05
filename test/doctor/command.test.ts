import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveView } from '../../src/doctor/dump';
import { ROOT } from '../docs/page';
import { healthyView } from './healthy-view';

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The doctor as a process, with what is on the PATH. */
function run(args: readonly string[], path = process.env.PATH) {
  const main = join(ROOT, 'src', 'doctor', 'main.ts');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['-r', require.resolve('ts-node/register/transpile-only'), main, ...args],
    { encoding: 'utf8', cwd: ROOT, env: { ...process.env, PATH: path } },
  );
  return { status, stdout, stderr };
}

function saved(name: string, view: ReturnType<typeof healthyView>): string {
  const file = join(folder, name);
  saveView(file, view);
  return file;
}

test('a saved view of a healthy cluster: silence and 0', () => {
  expect(run(['--dump', saved('healthy.json', healthyView())])).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('a saved view with an error in it: 1, and the report on the standard output', () => {
  const view = healthyView({ gateReadings: [{ known: { process: '1', on: false } }] });
  const { status, stdout, stderr } = run(['--dump', saved('off.json', view), '--format', 'json']);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule)).toEqual(['api-server-gate']);
});

test('a saved view with a gap: 2, and 0 where that is allowed', () => {
  const file = saved('gap.json', healthyView({ gateReadings: [{ unknown: 'forbidden' }] }));
  expect(run(['--dump', file]).status).toBe(2);
  expect(run(['--dump', file, '--allow-unknown']).status).toBe(0);
});

test('a file that is no dump: 2, and what it should be', () => {
  const file = join(folder, 'other.json');
  writeFileSync(file, '{"apiVersion": "v1", "kind": "List", "items": []}');
  expect(run(['--dump', file])).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining('write it with --save') });
  expect(run(['--dump', join(folder, 'none.json')])).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('cannot read the dump'),
  });
});

test('no kubectl: 2, and what to do', () => {
  expect(run([], folder)).toEqual({ status: 2, stdout: '', stderr: 'kubectl is not on the PATH; install it, or use a saved dump\n' });
});

test.each([[['--format', 'xml']], [['--no-such-option']]])('%j: 2, and how it is called', (args) => {
  expect(run(args)).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining('Usage: doctor') });
});

test('--help: how it is called, and 0', () => {
  expect(run(['--help'])).toEqual({ status: 0, stdout: expect.stringContaining('Usage: doctor'), stderr: '' });
});
