import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { TEMPORARY_PREFIX } from '../components/surroundings';
import { CACHE } from '../tools/go-tools';

/** The processes of clusters that run right now, as "pid command line": of a built tool, or at work in the folder of a cluster. */
export function clusterProcesses(): string[] {
  const all = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  const lines = all.split('\n').map((line) => line.trim());
  return lines.filter((line) => line.includes(join(CACHE, 'bin')) || line.includes(TEMPORARY_PREFIX));
}
