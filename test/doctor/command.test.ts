import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKS } from '../../src/doctor/diagnose';
import { type DoctorOptions, doctor } from '../../src/doctor/doctor';
import { saveView } from '../../src/doctor/dump';
import { healthyView } from './healthy-view';

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the doctor does with its options; `path` is where it looks for kubectl. */
async function run(options: DoctorOptions, { path = process.env.PATH, watched = false } = {}) {
  let [stdout, stderr] = ['', ''];
  const write = (text: string) => {
    stdout += text;
  };
  const tell = (line: string) => {
    stderr += `${line}\n`;
  };
  const status = await doctor(options, { env: { PATH: path }, write, tell, watched });
  return { status, stdout, stderr };
}

function saved(name: string, view: ReturnType<typeof healthyView>): string {
  const file = join(folder, name);
  saveView(file, view);
  return file;
}

test('a saved view of a healthy cluster: 0, and a line that says so', async () => {
  expect(await run({ dump: saved('healthy.json', healthyView()) })).toEqual({
    status: 0,
    stdout: `${CHECKS.length} checks, 0 clones seen: nothing is wrong\n`,
    stderr: '',
  });
});

test('a saved view with an error in it: 1, and the report on the standard output', async () => {
  const view = healthyView({ gateReadings: [{ known: { process: '1', on: false } }] });
  const { status, stdout, stderr } = await run({ dump: saved('off.json', view), format: 'json' });
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule)).toEqual(['api-server-gate']);
});

test('a saved view with a gap: 2, and 0 where that is allowed', async () => {
  const file = saved('gap.json', healthyView({ gateReadings: [{ unknown: 'forbidden' }] }));
  expect((await run({ dump: file })).status).toBe(2);
  expect((await run({ dump: file, allowUnknown: true })).status).toBe(0);
});

test('a file that is no dump: 2, and what it should be', async () => {
  const file = join(folder, 'other.json');
  writeFileSync(file, '{"apiVersion": "v1", "kind": "List", "items": []}');
  expect(await run({ dump: file })).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining('write it with --save') });
  expect(await run({ dump: join(folder, 'none.json') })).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('cannot read the dump'),
  });
});

test('a file that others could read is replaced by one that they cannot, also through a link', () => {
  const [file, link] = [join(folder, 'open.json'), join(folder, 'link.json')];
  writeFileSync(file, 'x');
  chmodSync(file, 0o644);
  symlinkSync(file, link);
  saveView(link, healthyView());
  expect([statSync(file).mode & 0o777, lstatSync(link).isSymbolicLink()]).toEqual([0o600, true]);
  expect(readdirSync(folder).filter((name) => name.startsWith('open.json'))).toEqual(['open.json']);
});

test('an empty name is no live cluster', async () => {
  expect(await run({ dump: '' }, { path: folder })).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot read the dump') });
  const saving = { dump: saved('empty.json', healthyView()), save: '' };
  expect(await run(saving)).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot save') });
});

describe('what is told cannot steer the terminal', () => {
  const STEERING = '\u001b[2J\u009b1m\u202e\u2066\u2028';

  test.each([
    ['what kubectl complains of', `printf '%s' "$EVIL" >&2; exit 1`],
    ['what a proxy answers', `printf '%s' "$EVIL"`],
  ])('%s', async (_, script) => {
    const path = mkdtempSync(join(folder, 'bin-'));
    writeFileSync(join(path, 'kubectl'), `#!/bin/sh\nEVIL='no ${STEERING} way'\n${script}\n`, { mode: 0o755 });
    const { status, stderr } = await run({}, { path: `${path}:${process.env.PATH}` });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^kubectl [^\p{Cc}\p{Cf}\p{Zl}]*: no +\[2J 1m +way\n$/u);
  });

  test('a dump that is no JSON', async () => {
    const file = join(folder, 'steering.json');
    writeFileSync(file, STEERING);
    expect((await run({ dump: file })).stderr).toMatch(/^cannot read the dump [^\p{Cc}\p{Cf}\p{Zl}]*\n$/u);
  });
});

test('no kubectl: 2, and what to do', async () => {
  expect(await run({}, { path: folder })).toEqual({
    status: 2,
    stdout: '',
    stderr: 'kubectl is not on the PATH; install it, or use a saved dump\n',
  });
});

test('whoever watches is told the end of it once, for people by the report; whoever does not watch, nothing beside the report', async () => {
  const dump = saved('watched.json', healthyView());
  expect((await run({ dump, format: 'json' }, { watched: true })).stderr).toBe('0 findings, 0 unknown, 0 clones\n');
  expect((await run({ dump, format: 'json' })).stderr).toBe('');
  expect((await run({ dump }, { watched: true })).stderr).toBe('');
});
