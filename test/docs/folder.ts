import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Block, ROOT } from './page';

/** How a command line ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A reader's folder, in which the package is installed and its command is on the PATH. */
export class Folder {
  public readonly path = mkdtempSync(join(tmpdir(), 'reader-'));
  private readonly programs = join(this.path, 'node_modules', '.bin');

  constructor() {
    mkdirSync(this.programs, { recursive: true });
    symlinkSync(join(ROOT, 'lib', 'cli', 'snapshot-clone.js'), join(this.programs, 'snapshot-clone'));
    // Npx asks nothing of the network where the program is there.
    writeFileSync(join(this.path, 'package.json'), '{ "private": true }');
  }

  /** A file that a block of a page shows under its name. */
  public put({ info, text }: Block): void {
    const file = join(this.path, info);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** A stand-in for a program that is not here: whatever it is asked, it prints these files. */
  public standIn(program: string, ...files: readonly string[]): void {
    const file = join(this.programs, program);
    const shown = files.map((name) => `cat '${join(this.path, name)}'; echo ---`);
    writeFileSync(file, `#!/bin/sh\n${shown.join('\n')}\n`);
    chmodSync(file, 0o755);
  }

  /** Runs a line in bash. */
  public run(line: string, env: NodeJS.ProcessEnv = {}): Ended {
    const PATH = `${this.programs}:${process.env.PATH}`;
    const words = ['-o', 'pipefail', '-c', line];
    const options = { cwd: this.path, env: { ...process.env, ...env, PATH }, encoding: 'utf8', input: '' } as const;
    const { status, stdout, stderr } = spawnSync('bash', words, options);
    return { status, stdout, stderr };
  }

  public remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
