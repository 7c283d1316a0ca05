import type { ServiceProps } from '../processes/service';
import { goService, type Surroundings, UNTHROTTLED } from './surroundings';

export function snapshotController(at: Surroundings, kubeconfig: string): ServiceProps {
  return goService('snapshot-controller', at, [`--kubeconfig=${kubeconfig}`, ...QUICK_RETRIES, ...UNTHROTTLED]);
}

/** Both snapshot processes retry a failed snapshot at this pace instead of after one second, two, four ... */
export const QUICK_RETRIES = ['--retry-interval-start=200ms', '--retry-interval-max=2s'];
