import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Case, CLONES, GROWTH, OTHERS } from './cases';
import type { Measured } from './measure';

/** Everything behind this is about the checker. */
export const CHECKER = '## The checker';

/** docs/performance.md. Every number on it comes from `results`. */
export function page(results: ReadonlyMap<Case, Measured>): string {
  const cases = [...CLONES, ...OTHERS];
  return `<!-- Written by \`npm run bench\`. Do not edit. -->
# Performance

How much CPU time an app with this library takes, against an app that makes the same objects with cdk8s alone. A ratio of 1.00 means that
the checks, the matching of names and the constructs cost nothing. What the checker takes is [at the end](#the-checker).

## Targets

${table(['What', 'Target', 'Measured', ''], targets(cases, results))}

## Measured

${table(
  ['N', 'What', 'This library, ms', 'By hand, ms', 'Ratio', 'Half of the rounds'],
  cases.map((one) => rowOf(one, results.get(one)!)),
)}

## Growth

The exponent of the CPU time between two numbers of clones in one chart, less the time of one clone: 1 means twice the clones, twice the
time. Below 1, the compiler of Node is still warming up.

${table(['From', 'To', 'This library', 'By hand'], growthRows(results))}

## How it was measured

- ${machine()}
- CPU time (user and system) of a whole process, from its start to its exit, all threads. The median of the rounds; the ratio is the median
  of each round's ratio.
- The two programs run in turn, after one run each that does not count. The machine may do other work meanwhile: that changes the
  milliseconds more than the ratios.
- [library.js](../bench/programs/library.js) and [by-hand.js](../bench/programs/by-hand.js) are the programs. Their output is compared before
  they are measured: the same bytes, or nothing is written here. Generated names are compared without their hashes. A full set for each
  consumer is more objects on purpose: there a snapshot is taken for each.

Again: \`npm run bench\`, or \`npm run bench -- --quick\` for a third of the rounds.

${CHECKER}
`;
}

/** The exponent between two numbers of clones, for one of the two sides. */
function growth(results: ReadonlyMap<Case, Measured>, side: 'ours' | 'theirs', from: number, to: number): number {
  const time = (count: number) => results.get(CLONES.find((one) => one.count === count)!)![side];
  const work = (count: number) => time(count) - time(1);
  return Math.log(work(to) / work(from)) / Math.log(to / from);
}

function targets(cases: readonly Case[], results: ReadonlyMap<Case, Measured>): string[][] {
  const ratios = cases
    .filter((one) => one.limit !== undefined)
    .map((one) => verdict(nameOf(one), one.limit!, results.get(one)!.ratio, ' x'));
  const { from, to, limit } = GROWTH;
  const exponent = growth(results, 'ours', from, to);
  return [...ratios, verdict(`growth from ${grouped(from)} to ${grouped(to)} clones`, limit, exponent, '')];
}

export function verdict(what: string, limit: number, measured: number, unit: string): string[] {
  return [what, `at most ${limit.toFixed(2)}${unit}`, `${measured.toFixed(2)}${unit}`, measured <= limit ? 'met' : '**missed**'];
}

function rowOf(one: Case, { ours, theirs, ratio, quartiles: [low, high] }: Measured): string[] {
  const range = `${low.toFixed(2)} to ${high.toFixed(2)}`;
  return [grouped(one.count), one.title, ours.toFixed(0), theirs.toFixed(0), ratio.toFixed(2), range];
}

function growthRows(results: ReadonlyMap<Case, Measured>): string[][] {
  const steps = CLONES.map((one) => one.count).filter((count) => count >= GROWTH.from);
  const pairs = [...steps.slice(1).map((to, index) => [steps[index]!, to] as const), [GROWTH.from, GROWTH.to] as const];
  return pairs.map(([from, to]) => [
    grouped(from),
    grouped(to),
    growth(results, 'ours', from, to).toFixed(2),
    growth(results, 'theirs', from, to).toFixed(2),
  ]);
}

function machine(): string {
  const versions = ['cdk8s', 'constructs'].map((name) => `${name} ${versionOf(name)}`);
  return `Node ${process.versions.node} on ${process.platform} ${process.arch}, ${cpus().length} cores; ${versions.join(', ')}.`;
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;
}

export function nameOf(one: Case): string {
  return one.count === 1 ? one.title : `${grouped(one.count)} ${one.title}`;
}

function grouped(count: number): string {
  return count < 10_000 ? String(count) : String(count).replace(/(\d{3})$/, ' $1');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
