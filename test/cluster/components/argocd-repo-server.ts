import { mustAccept } from '../processes/must-accept';
import type { ServiceProps } from '../processes/service';
import { argocdService } from './argocd-surroundings';
import type { Surroundings } from './surroundings';

export interface RepoServerProps {
  readonly kubeconfig: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly redisPort: number;
}

/** Argo CD's part that reads Git repositories. */
export function argocdRepoServer(at: Surroundings, props: RepoServerProps): ServiceProps {
  const args = [
    '--address=127.0.0.1',
    `--port=${props.port}`,
    '--metrics-address=127.0.0.1',
    `--metrics-port=${props.metricsPort}`,
    `--redis=127.0.0.1:${props.redisPort}`,
    '--disable-tls',
    // A branch is looked up anew for each comparison; the default would show a commit minutes later.
    '--revision-cache-expiration=1s',
  ];
  return { ...argocdService('argocd-repo-server', at, args, { KUBECONFIG: props.kubeconfig }), ready: () => mustAccept(props.port) };
}
