import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { GO_MODULES } from '../tools/go-tools';

const ROOT = resolve(__dirname, '..', '..', '..');

/** Runs the task that makes imports/, into another folder. */
function regenerate(folder: string): void {
  const args = [require.resolve('ts-node/dist/bin.js'), '-T', '--project', 'projenrc/tsconfig.json', 'projenrc/import-crds.ts', folder];
  const PATH = [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', env: { ...process.env, PATH } });
  if (status !== 0) {
    throw new Error(`${stdout}${stderr}`);
  }
}

/** The contents of a folder by file name. */
function filesIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

/** The version of a Go module in the module of the cluster. */
function versionInCluster(path: string): string | undefined {
  const lines = readFileSync(join(GO_MODULES.kubernetes, 'go.mod'), 'utf8').split('\n');
  return lines.map((line) => line.trim().split(' ')).find(([name]) => name === path)?.[1];
}

describe('the typed objects in imports/', () => {
  const committed = filesIn(join(ROOT, 'imports'));

  test('are what the definitions in the Go modules make', () => {
    const folder = mkdtempSync(join(tmpdir(), 'imports-'));
    try {
      regenerate(folder);
      expect(filesIn(folder)).toEqual(committed);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('are made from the definitions that the cluster of these tests serves', () => {
    const rows = [...committed['README.md'].matchAll(/^\| `(\S+)` \| `(\S+)` \| (v\S+) \|$/gm)];
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.map(([, , module]) => [module, versionInCluster(module)])).toEqual(rows.map(([, , module, version]) => [module, version]));
  });
});
