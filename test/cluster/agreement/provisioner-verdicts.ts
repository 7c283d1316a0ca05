import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { binary } from '../tools/go-tools';
import type { ManifestSet } from './manifest-sets';

/** What the code of the real provisioner says about one set. */
export interface ProvisionerVerdict {
  /** IsGranted alone; absent when the claim's dataSourceRef has no namespace. */
  readonly function?: boolean;
  /** The whole Provision call. */
  readonly provision: boolean;
  readonly reason?: string;
}

/** Asks the provisioner's code about each set and hands over its verdicts in the same order. */
export async function askProvisioner(
  sets: Iterable<ManifestSet>,
  gate: boolean,
  hear: (set: ManifestSet, verdict: ProvisionerVerdict) => void,
): Promise<void> {
  const program = spawn(binary('provisioner-verdict'), [`-gate=${gate}`], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  program.stderr.on('data', (text) => {
    complaint += text;
  });
  const ended = once(program, 'exit');
  const asked: ManifestSet[] = [];
  const telling = (async () => {
    for (const set of sets) {
      asked.push(set);
      if (!program.stdin.write(`${JSON.stringify({ claim: set.claim, grants: set.grants })}\n`)) {
        await once(program.stdin, 'drain');
      }
    }
    program.stdin.end();
  })();
  let heard = 0;
  for await (const line of createInterface({ input: program.stdout })) {
    hear(asked[heard++], JSON.parse(line));
  }
  await telling;
  const [code] = await ended;
  if (code !== 0 || heard !== asked.length) {
    throw new Error(`provisioner-verdict answered ${heard} of ${asked.length} sets and ended with exit code ${code}: ${complaint}`);
  }
}
