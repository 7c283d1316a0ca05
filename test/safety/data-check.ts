import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REQUIRED_DATA_SCRIPT } from '../../src/safety/required-data-script';

/** The programs that the script calls. */
const PROGRAMS = ['find', 'id', 'ls', 'readlink', 'sh'];
const NOBODY = 65534;

/** As whom the script runs: never as root, for whom no directory is closed. */
export const USER = process.getuid?.() === 0 ? NOBODY : process.getuid!();

export type Shell = 'sh' | 'busybox sh';

export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program]).status === 0;
}

/** A temporary folder that everybody may enter; that of a test run is its owner's alone. */
export function openFolder(name: string): string {
  const folder = mkdtempSync(join(USER === NOBODY ? '/tmp' : tmpdir(), name));
  chmodSync(folder, 0o755);
  return folder;
}

/** The shell of the init container, without any program but those of the shell's own project. */
export class DataCheck {
  private readonly programs: string | undefined;

  constructor(shell: Shell) {
    if (shell === 'sh') return;
    this.programs = openFolder('programs-');
    const busybox = spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).stdout.trim();
    if (!busybox) throw new Error('busybox is not installed');
    for (const name of PROGRAMS) symlinkSync(busybox, join(this.programs, name));
  }

  /** Looks at a folder as the init container looks at the mounted volume. */
  public look(volume: string, file: string): { readonly status: number | null; readonly said: string } {
    const shell = this.programs ? join(this.programs, 'sh') : 'sh';
    const { status, stdout, stderr } = spawnSync(shell, ['-c', REQUIRED_DATA_SCRIPT, 'require-data', volume, file, 'dev/mysql', 'ADVICE'], {
      encoding: 'utf8',
      cwd: '/',
      env: { PATH: this.programs ?? process.env.PATH },
      ...(USER === NOBODY ? { uid: USER, gid: USER } : {}),
    });
    return { status, said: stdout + stderr };
  }

  public end(): void {
    if (this.programs) rmSync(this.programs, { recursive: true });
  }
}
