import type { ServiceProps } from '../processes/service';
import { type Gate, gateArgument, goService, type Surroundings, UNTHROTTLED } from './surroundings';

export interface CsiProvisionerProps {
  readonly kubeconfig: string;
  readonly csiSocket: string;
  readonly crossNamespaceGate: Gate;
}

export function csiProvisioner(at: Surroundings, props: CsiProvisionerProps): ServiceProps {
  return goService('csi-provisioner', at, [
    `--kubeconfig=${props.kubeconfig}`,
    `--csi-address=${props.csiSocket}`,
    gateArgument(props.crossNamespaceGate),
    '--extra-create-metadata',
    // A grant that comes late is noticed by the next retry only: 1 s, 2 s ... 5 min by default.
    '--retry-interval-start=200ms',
    '--retry-interval-max=2s',
    // After a clone across namespaces the source snapshot keeps a finalizer until this sweep: 5 min by default.
    '--snapshot-orphan-sweep-interval=2s',
    ...UNTHROTTLED,
  ]);
}
