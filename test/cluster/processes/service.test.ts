import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually';
import { servicesStartedIn } from './leftovers';
import { Service } from './service';

describe('a service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'service-'));
  const logFile = join(folder, 'service.log');
  const pidFile = join(folder, 'pids');

  beforeEach(() => {
    rmSync(pidFile, { force: true });
    rmSync(logFile, { force: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A shell with a child in the background; both pids are in the file when it is ready. */
  function withChild(): Promise<Service> {
    const script = 'sleep 1000 & echo $$ $! > "$1"; wait';
    return Service.start({ name: 'parent', program: 'sh', args: ['-c', script, 'sh', pidFile], logFile, ready: async () => void pids() });
  }

  function pids(): number[] {
    const found = readFileSync(pidFile, 'utf8').trim().split(' ').map(Number);
    if (found.length !== 2) {
      throw new Error(`the file of pids holds ${found}`);
    }
    return found;
  }

  function allMustBeDead(which: readonly number[]): Promise<void> {
    return eventually(`the processes ${which} to be dead`, () => {
      // A dead process that nobody has asked about yet is listed as Z.
      const alive = which.filter((pid) => /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout));
      if (alive.length > 0) {
        throw new Error(`${alive} live`);
      }
    });
  }

  test('is found by the folder for temporary files that it was started with, while it runs', async () => {
    const service = await withChild();
    // For a moment its own child is called the same.
    await eventually('the guard to be found', () => {
      expect(servicesStartedIn(tmpdir()).filter((line) => line.includes(pidFile))).toHaveLength(1);
    });
    await service.stop();
    await allMustBeDead(pids());
    await eventually('the guard to be gone', () => {
      expect(servicesStartedIn(tmpdir()).filter((line) => line.includes(pidFile))).toEqual([]);
    });
  });

  test.each(['stop', 'kill'] as const)('takes its children along on %s', async (way) => {
    const service = await withChild();
    const started = pids();
    await service[way]();
    await allMustBeDead(started);
    expect(service.accident).toBeUndefined();
  });

  test('does not survive the sudden death of the process that started it, and neither do its children', async () => {
    const maker = spawn(process.execPath, ['-r', 'ts-node/register/transpile-only', join(__dirname, 'orphan-maker.ts'), pidFile]);
    const started = await eventually('the orphan maker to write its pids', pids);
    maker.kill('SIGKILL');
    await once(maker, 'exit');
    await allMustBeDead(started);
  });

  test('that ends before it is ready is reported at once, with its last words and its log file', async () => {
    const starting = Service.start({
      name: 'broken',
      program: 'sh',
      args: ['-c', 'echo no such flag; exit 3'],
      logFile,
      ready: () => Promise.reject(new Error('not yet')),
    });
    await expect(starting).rejects.toThrow(/broken ended by itself \(exit code 3\), log: .*service\.log[\s\S]*no such flag/);
  });

  test('that ends by itself later is known to have had an accident', async () => {
    const service = await Service.start({ name: 'brief', program: 'true', args: [], logFile });
    await eventually('the service to end', () => expect(service.running).toBe(false));
    expect(service.accident).toContain('brief ended by itself (exit code 0)');
  });
});
