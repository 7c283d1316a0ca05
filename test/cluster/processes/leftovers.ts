import { execFileSync } from 'node:child_process';
import { guardName } from './service';

/** The services that run and were started with this folder for temporary files, as "pid command line" of their guards. */
export function servicesStartedIn(temporary: string): string[] {
  const all = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  const lines = all.split('\n').map((line) => line.trim());
  return lines.filter((line) => line.includes(`${guardName(temporary)} `));
}
