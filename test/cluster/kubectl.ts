import { spawnSync } from 'node:child_process';
import type { ApiObject } from './api/api-object';
import type { Cluster } from './cluster';
import { binary } from './tools/go-tools';

/** What kubectl said, and how it ended. */
export interface KubectlAnswer {
  readonly status: number | null;
  readonly stdout: string;
  /** All that it wrote, warnings too. */
  readonly text: string;
}

/** Runs the real kubectl with an object on its standard input. */
export function kubectl(cluster: Cluster, args: readonly string[], object: ApiObject): KubectlAnswer {
  const { status, stdout, stderr } = spawnSync(binary('kubectl'), ['--kubeconfig', cluster.kubeconfig, ...args, '--filename', '-'], {
    encoding: 'utf8',
    input: JSON.stringify(object),
  });
  return { status, stdout, text: stdout + stderr };
}
