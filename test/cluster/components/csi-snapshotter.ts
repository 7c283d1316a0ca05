import type { ServiceProps } from '../processes/service';
import { QUICK_RETRIES } from './snapshot-controller';
import { goService, type Surroundings, UNTHROTTLED } from './surroundings';

export function csiSnapshotter(at: Surroundings, kubeconfig: string, csiSocket: string): ServiceProps {
  return goService('csi-snapshotter', at, [`--kubeconfig=${kubeconfig}`, `--csi-address=${csiSocket}`, ...QUICK_RETRIES, ...UNTHROTTLED]);
}
