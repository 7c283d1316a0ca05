import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '..', '..', 'examples', 'wordpress', 'take-over', 'check-copy.sh');
const volume = mkdtempSync(join(tmpdir(), 'volume-'));
const data = join(volume, 'data');

const check = () => spawnSync('bash', [SCRIPT, data], { encoding: 'utf8' });

afterAll(() => rmSync(volume, { recursive: true }));

test('MySQL does not start on a volume that was not filled, and is told which gate may be off', () => {
  for (const make of [() => undefined, () => mkdirSync(data)]) {
    make();
    const { status, stderr } = check();
    expect(status).toBe(1);
    expect(stderr).toContain('the claim is bound, but was not filled. Is the feature gate CrossNamespaceVolumeDataSource on?');
  }
});

test('prod’s keys and server id are taken out of a filled volume, and nothing else is', () => {
  mkdirSync(join(data, 'mysql'), { recursive: true });
  for (const file of ['server-key.pem', 'ca.pem', 'auto.cnf', 'ibdata1']) writeFileSync(join(data, file), file);
  expect(check().status).toBe(0);
  expect(['server-key.pem', 'ca.pem', 'auto.cnf', 'ibdata1'].filter((file) => existsSync(join(data, file)))).toEqual(['ibdata1']);
});
