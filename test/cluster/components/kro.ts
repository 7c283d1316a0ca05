import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { mustAccept } from '../processes/must-accept';
import type { ServiceProps } from '../processes/service';
import { goService, type Surroundings } from './surroundings';

export interface KroProps {
  /** Whose owner may impersonate. */
  readonly adminKubeconfig: string;
  /** As whom kro works. */
  readonly user: string;
  readonly metricsPort: number;
  readonly probePort: number;
}

/** The controller of kro, as a user of its own: what that user may do is under test too. */
export function kro(at: Surroundings, props: KroProps): ServiceProps {
  const { adminKubeconfig, user, metricsPort, probePort } = props;
  const args = [
    `--metrics-bind-address=127.0.0.1:${metricsPort}`,
    `--health-probe-bind-address=127.0.0.1:${probePort}`,
    // The pauses after which it looks again: 3 s by default.
    '--instance-requeue-interval=200ms',
    '--rgd-progress-requeue-delay=200ms',
    '--zap-devel=false',
  ];
  const env = { KUBECONFIG: impersonating(at, adminKubeconfig, user) };
  return { ...goService('kro', at, args), env, ready: () => mustAccept(probePort) };
}

function impersonating(at: Surroundings, adminKubeconfig: string, user: string): string {
  const config = load(readFileSync(adminKubeconfig, 'utf8')) as { users: { user: { as?: string } }[] };
  config.users[0].user.as = user;
  const file = join(at.folder, 'kro.kubeconfig');
  writeFileSync(file, dump(config), { mode: 0o600 });
  return file;
}
