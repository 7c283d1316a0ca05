/**
 * The WordPress example, from its TypeScript to YAML on disk, and back: what was written is read again and judged, as a stranger would.
 *
 *   ts-node projenrc/demo/run.ts                 synthesize examples/wordpress, read back, verify, show
 *   ts-node projenrc/demo/run.ts --read FOLDER   read, verify and show what is in a folder
 */
import { spawnSync } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { crossesNamespace } from '../../src/reference/reference';
import type { ObjectSet } from '../../src/rules/object-set';
import { readFolder, type WrittenFile } from './files';
import { picture } from './picture';
import { copies, filesBySide } from './tables';
import { bold, green, red } from './terminal';
import { setOf, verdictsOf } from './verdicts';

const ROOT = resolve(__dirname, '..', '..');
const EXAMPLE = join(ROOT, 'examples', 'wordpress');

process.exitCode = run(process.argv.slice(2));

function run(args: readonly string[]): number {
  const [option, given] = args;
  if (args.length > 0 && (option !== '--read' || !given || args.length > 2)) {
    console.error('usage: demo [--read FOLDER]');
    return 2;
  }
  if (!given && !timed('examples/wordpress synthesized by the cdk8s CLI', synthesize)) return closing(1);
  const folder = given ? resolve(given) : join(EXAMPLE, 'dist');

  const { files, faults: unreadable } = timed('YAML read back from disk', () => readFolder(folder));
  const set = setOf(files.flatMap((file) => file.documents));
  const faults = [...unreadable, ...timed('references verified', () => faultsOf(set, files))];
  if (faults.length > 0) {
    console.log(['', ...faults.map((fault) => red(`- ${fault}`)), ''].join('\n'));
    return closing(faults.length);
  }
  show(relative(process.cwd(), folder) || '.', files, set);
  const count = verdictsOf(set).filter(({ reference }) => crossesNamespace(reference)).length;
  console.log(green(`demo: ${count === 1 ? '1 reference' : `${count} references`}, resolved and granted`));
  return 0;
}

function closing(faults: number): number {
  console.log(red(`demo: ${faults === 1 ? '1 fault' : `${faults} faults`}`));
  return 1;
}

function faultsOf(set: ObjectSet, files: readonly WrittenFile[]): string[] {
  if (files.length === 0) return ['there is no YAML to read'];
  // A letter can also turn a claim into something that nobody recognizes as one; then nothing is left to be wrong.
  const verdicts = verdictsOf(set);
  if (!verdicts.some(({ reference }) => crossesNamespace(reference))) return ['no claim here is filled from another namespace'];
  return verdicts.flatMap((verdict) => verdict.faults);
}

function synthesize(): boolean {
  const cli = join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'synth'], {
    cwd: EXAMPLE,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
  });
  if (status !== 0) console.log(stdout + stderr);
  return status === 0;
}

function timed<T>(what: string, work: () => T): T {
  const started = performance.now();
  const result = work();
  console.log(`${what} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

function show(folder: string, files: readonly WrittenFile[], set: ObjectSet): void {
  const sections = [
    [`Files in ${folder}, by side`, filesBySide(files, set)],
    ['Who may copy what', copies(set)],
    ['The handshake', picture(set, files)],
  ] as const;
  for (const [title, lines] of sections) console.log(['', bold(title), ...lines].join('\n'));
  console.log();
}
