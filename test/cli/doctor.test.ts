import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { saveView } from '../../src/doctor/dump';
import { healthyView } from '../doctor/healthy-view';

// The command as users have it: one file, run as a program of its own. What the doctor thinks of a cluster is tested with the doctor.
const COMMAND = resolve(__dirname, '..', '..', 'lib', 'cli', 'snapshot-clone.js');
const folder = mkdtempSync(join(tmpdir(), 'snapshot-clone-doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, 'doctor', ...args], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('a saved view of a healthy cluster ends with 0, and with a line that says so', () => {
  saveView(join(folder, 'healthy.json'), healthyView());
  const { status, stdout, stderr } = run('--dump', 'healthy.json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^\d+ checks, 0 clones seen: nothing is wrong\n$/);
});

test('an error ends with 1, and the report is on the standard output, for people or for programs', () => {
  saveView(join(folder, 'off.json'), healthyView({ gateReadings: [{ known: { process: '1', on: false } }] }));
  const text = run('--dump', 'off.json');
  expect({ status: text.status, stderr: text.stderr }).toEqual({ status: 1, stderr: '' });
  expect(text.stdout).toMatch(/^error api-server-gate: /);
  const { stdout } = run('--dump', 'off.json', '--format', 'json');
  expect(JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule)).toEqual(['api-server-gate']);
});

test('what cannot be told ends with 2, unless that is allowed', () => {
  saveView(join(folder, 'gap.json'), healthyView({ gateReadings: [{ unknown: 'forbidden' }] }));
  expect(run('--dump', 'gap.json').status).toBe(2);
  expect(run('--dump', 'gap.json', '--allow-unknown').status).toBe(0);
});

test('a wrong call ends with 2 and says how it is called', () => {
  expect(run('prod')).toMatchObject({ status: 2, stderr: expect.stringContaining('doctor takes no operand') });
  expect(run('--dump', '')).toMatchObject({ status: 2, stderr: expect.stringContaining('--dump needs a value: FILE') });
  expect(run('--save=')).toMatchObject({ status: 2, stderr: expect.stringContaining('--save needs a value: FILE') });
  expect(run('--format', 'xml')).toMatchObject({ status: 2, stderr: expect.stringContaining('must be one of: text, json') });
});
