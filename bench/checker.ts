import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { quantile } from './measure';
import { build, commandOf, type Peer } from './peers';

const COMMAND = resolve(__dirname, '..', 'lib', 'cli', 'snapshot-clone.js');
const PROGRAMS = join(__dirname, 'programs');
const SHAPES = { '3000 sets': ['sets', '3000'], haystack: ['haystack'], 'one set': ['sets', '1'] } as const;
type Shape = keyof typeof SHAPES;

/** The checker beside one other program on one file. */
export interface CheckerRow {
  readonly shape: Shape;
  readonly other: string;
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
  readonly limit?: number;
}

export interface CheckerResults {
  readonly rows: readonly CheckerRow[];
  /** The most that the checker has held on the haystack, in megabytes. */
  readonly megabytes: number;
  readonly absent: readonly Peer[];
}

const LIMITS: Readonly<Record<string, number>> = {
  '3000 sets kubeconform': 0.75,
  '3000 sets conftest': 0.3,
  'haystack kubeconform': 0.06,
  'haystack conftest': 0.02,
  'haystack byte scan on Node': 1.7,
  'one set node -e 0': 1.25,
};

/** All of them in turn, round by round. */
export function measureChecker(rounds: number): CheckerResults {
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-clone-checker-'));
  try {
    const peers = (['kubeconform', 'conftest'] as const).map((peer) => ({ peer, binary: build(peer) }));
    for (const { peer, binary } of peers) if (peer === 'conftest' && binary) mustFindTheSame(folder, binary);
    const rows = (Object.keys(SHAPES) as Shape[]).flatMap((shape) => {
      const file = write(folder, shape);
      const others = new Map<string, string[]>();
      for (const { peer, binary } of peers) if (binary) others.set(peer, commandOf(peer, binary, file));
      others.set('byte scan on Node', [process.execPath, join(PROGRAMS, 'byte-scan.js'), file]);
      others.set('node -e 0', [process.execPath, '-e', '0']);
      return rowsOf(shape, { own: [process.execPath, COMMAND, 'check', file], others, output: join(folder, 'output') }, rounds);
    });
    const absent = peers.filter(({ binary }) => !binary).map(({ peer }) => peer);
    return { rows, megabytes: memoryOf(write(folder, 'haystack')), absent };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Race {
  readonly own: readonly string[];
  readonly others: ReadonlyMap<string, readonly string[]>;
  /** Where they all write to. */
  readonly output: string;
}

function rowsOf(shape: Shape, { own, others, output }: Race, rounds: number): CheckerRow[] {
  for (const command of [own, ...others.values()]) cpuOf(command, output);
  const ours: number[] = [];
  const theirs = new Map([...others.keys()].map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    ours.push(cpuOf(own, output));
    for (const [name, command] of others) theirs.get(name)!.push(cpuOf(command, output));
  }
  return [...theirs].map(([other, times]) => ({
    shape,
    other,
    ours: quantile(ours, 0.5),
    theirs: quantile(times, 0.5),
    ratio: quantile(
      ours.map((time, round) => time / times[round]!),
      0.5,
    ),
    limit: LIMITS[`${shape} ${other}`],
  }));
}

/** Milliseconds of CPU time of a whole process and its children, as the shell counts them. It writes into a file, as in a pipeline. */
function cpuOf(command: readonly string[], output: string): number {
  const { stdout, stderr, status } = spawnSync('bash', ['-c', '"$@" > "$OUTPUT" || exit 1; times', 'bash', ...command], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', LC_ALL: 'C', OUTPUT: output },
  });
  const times = [...(stdout.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, seconds]) => {
    return 60_000 * Number(minutes) + 1000 * Number(seconds);
  });
  if (status !== 0 || times.length !== 2) throw new Error(`${command.join(' ')} ended with ${status} instead of a time:\n${stderr}`);
  return times[0]! + times[1]!;
}

function memoryOf(file: string): number {
  const { output } = spawnSync(process.execPath, ['--require', join(__dirname, 'report-memory.js'), COMMAND, 'check', file], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return Number(output[3]) / 1024;
}

function write(folder: string, shape: Shape): string {
  const file = join(folder, `${shape.replace(' ', '-')}.yaml`);
  writeFileSync(file, manifests(SHAPES[shape]));
  return file;
}

function manifests(args: readonly string[]): string {
  return spawnSync(process.execPath, [join(PROGRAMS, 'manifest-sets.js'), ...args], { encoding: 'utf8', maxBuffer: 1 << 27 }).stdout;
}

/** On a twin with mistakes in it conftest, with our policy for it, must refuse the claims that we refuse. */
function mustFindTheSame(folder: string, conftest: string): void {
  const file = join(folder, 'broken.yaml');
  const broken = manifests(['sets', '50'])
    .replace('      namespace: dev-5\n', '      namespace: dev-x\n')
    .replace(/( {4}namespace: prod-7\n {4}name: )data-7\n/, '$1data-x\n')
    .replace(/(metadata:\n {2}name: data-9-to-dev-9\n {2}namespace: )prod-9\n/, '$1prod-x\n');
  writeFileSync(file, broken);
  const run = (command: readonly string[]) => spawnSync(command[0]!, command.slice(1), { encoding: 'utf8' }).stdout;
  const findings: { rule: string; object: { namespace: string; name: string } }[] = JSON.parse(
    run([process.execPath, COMMAND, 'check', '--format', 'json', file]),
  ).findings;
  const words: Readonly<Record<string, string>> = { 'reference-not-granted': 'ungranted', 'source-missing': 'missing' };
  const ours = findings.flatMap(({ rule, object }) => (words[rule] ? [`${words[rule]} ${object.namespace}/${object.name}`] : []));
  const theirs = [...run(commandOf('conftest', conftest, file)).matchAll(/(ungranted|missing) \S+/g)].map(([fault]) => fault);
  if (readFileSync(file, 'utf8').includes('dev-x') && ours.length === 4 && ours.sort().join() === theirs.sort().join()) return;
  throw new Error(`the checker finds ${ours.sort().join(', ')}, and conftest ${theirs.sort().join(', ')}`);
}
