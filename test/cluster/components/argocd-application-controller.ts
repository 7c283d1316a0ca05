import { mustAccept } from '../processes/must-accept';
import type { ServiceProps } from '../processes/service';
import { ARGOCD_NAMESPACE, argocdService } from './argocd-surroundings';
import type { Surroundings } from './surroundings';

export interface ApplicationControllerProps {
  readonly kubeconfig: string;
  readonly metricsPort: number;
  readonly redisPort: number;
  readonly repoServerPort: number;
}

/** Argo CD's part that compares and syncs. */
export function argocdApplicationController(at: Surroundings, props: ApplicationControllerProps): ServiceProps {
  const args = [
    `--kubeconfig=${props.kubeconfig}`,
    `--namespace=${ARGOCD_NAMESPACE}`,
    // The one port that is open beyond loopback: there is no option for its address.
    `--metrics-port=${props.metricsPort}`,
    `--redis=127.0.0.1:${props.redisPort}`,
    `--repo-server=127.0.0.1:${props.repoServerPort}`,
    '--repo-server-plaintext',
    '--app-resync=10',
    '--app-resync-jitter=0',
  ];
  // The destination "the cluster that Argo CD runs in" is this one although it does not run in it.
  const env = { ARGOCD_FAKE_IN_CLUSTER: 'true', KUBECONFIG: props.kubeconfig };
  return { ...argocdService('argocd-application-controller', at, args, env), ready: () => mustAccept(props.metricsPort) };
}
