import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const MODULES = join(ROOT, 'node_modules');

/** How cdk8s.yaml names the plugin. */
export const SYNTH_ENTRY = {
  package: './node_modules/cdk8s-snapshot-clone/lib/plugin',
  class: 'SnapshotCloneValidation',
  version: '0.0.0',
};

/** How `cdk8s synth` ended. */
export interface Synthesis {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What it wrote for --validation-reports-output-file. */
  readonly report: ReportFile;
}

interface ReportFile {
  readonly reports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingConstructs: readonly Violating[];
    }[];
    readonly summary: { readonly status: string; readonly metadata: { readonly [name: string]: string } };
  }[];
}

interface Violating {
  readonly resourceName: string;
  readonly constructPath?: string;
  readonly manifestPath: string;
  readonly locations: readonly string[];
}

/** Runs the real CLI in an app of its own. `program` is its main.js. */
export function synth(program: string, properties: unknown = {}, args: readonly string[] = []): Synthesis {
  const folder = mkdtempSync(join(tmpdir(), 'plugin-app-'));
  try {
    symlinkSync(MODULES, join(folder, 'node_modules'));
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'main.js'), program);
    writeFileSync(
      join(folder, 'cdk8s.yaml'),
      JSON.stringify({ language: 'typescript', app: 'node main.js', validations: [{ ...SYNTH_ENTRY, properties }] }),
    );
    const cli = join(MODULES, 'cdk8s-cli', 'bin', 'cdk8s');
    const words = [cli, 'synth', '--validation-reports-output-file', 'report.json', ...args];
    const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, env, encoding: 'utf8' });
    const file = join(folder, 'report.json');
    const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { reports: [] };
    return { status, stdout: stdout.replaceAll(folder, '.').replaceAll(ROOT, '.'), stderr, report };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the plugin says of an object, under one rule. */
export function violating({ report }: Synthesis, rule: string): readonly Violating[] {
  return report.reports.flatMap(({ violations }) =>
    violations.filter(({ ruleName }) => ruleName === rule).flatMap(({ violatingConstructs }) => violatingConstructs),
  );
}
