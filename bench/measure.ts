import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Case, Work } from './cases';

/** The median of the rounds, in milliseconds of CPU time, and of the quotients of each round. */
export interface Measured {
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
  /** Half of the rounds had a quotient between these two. */
  readonly quartiles: readonly [number, number];
}

const REPOSITORY = resolve(__dirname, '..');

/** A copy of what is measured: compiling meanwhile changes nothing in it. */
export class Workshop {
  private readonly folder = mkdtempSync(join(tmpdir(), 'snapshot-clone-bench-'));

  constructor() {
    cpSync(join(REPOSITORY, 'lib'), join(this.folder, 'lib'), { recursive: true });
    cpSync(join(REPOSITORY, 'bench', 'programs'), join(this.folder, 'bench', 'programs'), { recursive: true });
    // A junction needs no special right on Windows; elsewhere the word is ignored.
    symlinkSync(join(REPOSITORY, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Ours and theirs in turn, so that whatever else the machine does hits both alike. */
  public measure(one: Case, rounds: number): Measured {
    // The first run of each warms the file cache and shows what it writes; its time does not count.
    this.run(one.ours, one.count);
    this.run(one.theirs, one.count);
    this.compareOutput(one);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(this.run(one.ours, one.count));
      theirs.push(this.run(one.theirs, one.count));
    }
    const ratios = ours.map((time, round) => time / theirs[round]!);
    return {
      ours: quantile(ours, 0.5),
      theirs: quantile(theirs, 0.5),
      ratio: quantile(ratios, 0.5),
      quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    };
  }

  private run(work: Work, count: number): number {
    const outdir = this.outdir(work);
    rmSync(outdir, { recursive: true, force: true });
    const program = join(this.folder, 'bench', 'programs', `${work.program}.js`);
    const { status, output } = spawnSync(
      process.execPath,
      ['--require', join(__dirname, 'report-cpu.js'), program, work.shape, String(count)],
      {
        env: { ...process.env, CDK8S_OUTDIR: outdir, NODE_OPTIONS: '' },
        stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
        encoding: 'utf8',
      },
    );
    const microseconds = Number(output?.[3]);
    if (status === 0 && microseconds > 0) return microseconds / 1000;
    throw new Error(`${work.program}.js ${work.shape} ${count} ended with ${status} instead of a time:\n${output?.[2]}`);
  }

  private compareOutput(one: Case): void {
    if (one.output === 'different') return;
    const [ours, theirs] = [this.written(one, one.ours), this.written(one, one.theirs)];
    if (ours.size > 0 && ours.size === theirs.size && [...ours].every(([file, text]) => theirs.get(file) === text)) return;
    throw new Error(`${one.count} ${one.title}: the library does not write what was written by hand; bring bench/programs into line`);
  }

  private written(one: Case, work: Work): Map<string, string> {
    const outdir = this.outdir(work);
    return new Map(
      readdirSync(outdir).map((file) => {
        const text = readFileSync(join(outdir, file), 'utf8');
        return [file, one.output === 'same' ? text : text.replace(/-c8[0-9a-f]{6}/g, '-HASH')];
      }),
    );
  }

  private outdir(work: Work): string {
    return join(this.folder, 'dist', `${work.program}-${work.shape}`);
  }
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}
