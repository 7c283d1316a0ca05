import { join } from 'node:path';
import type { ServiceProps } from '../processes/service';
import { goService, type Surroundings, UNTHROTTLED } from './surroundings';

// Claims and volumes; clean-up of namespaces and of owned objects; the workloads that hold claims in the tests; and the type
// check of admission policies. Nothing that needs a node.
const CONTROLLERS = [
  'persistentvolume-binder-controller',
  'persistentvolumeclaim-protection-controller',
  'persistentvolume-protection-controller',
  'namespace-controller',
  'garbage-collector-controller',
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'job-controller',
  'validatingadmissionpolicy-status-controller',
];

export function kubeControllerManager(at: Surroundings, kubeconfig: string): ServiceProps {
  return goService('kube-controller-manager', at, [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--secure-port=0',
    `--cert-dir=${join(at.folder, 'kube-controller-manager')}`,
    `--controllers=${CONTROLLERS.join(',')}`,
    // The binder's own second look; its default of 15 s would be the rhythm of every test that frees a volume.
    '--pvclaimbinder-sync-period=1s',
    ...UNTHROTTLED,
  ]);
}
