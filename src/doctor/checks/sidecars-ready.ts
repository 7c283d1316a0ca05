import { type Check, type Fault, page } from '../check';
import type { RunningContainer } from '../evidence';

const PROVISIONER = {
  effect: "Nothing of its driver is provisioned: claims stay Pending, and say 'Waiting for a volume to be created'.",
  page: page('docs/consumer.md#why-a-claim-stays-pending'),
};

const CONTROLLER = {
  effect: "No new snapshot gets ready. A claim that is to be filled from one stays Pending: 'snapshot NAME not bound'.",
  page: page('docs/troubleshooting.md#the-snapshot-cannot-be-read'),
};

/** A workload that is there need not run. */
export const sidecarsReady: Check = {
  id: 'sidecars-ready',
  question: 'whether csi-provisioner and snapshot-controller run',

  *judge({ provisioners, snapshotControllers }) {
    yield* idle('csi-provisioner', provisioners, PROVISIONER);
    yield* idle('snapshot-controller', snapshotControllers, CONTROLLER);
  },
};

/** Each driver has a provisioner of its own, so others that run may be all that is wanted. */
function* idle(what: string, containers: readonly RunningContainer[], consequence: Pick<Fault, 'effect' | 'page'>): Generator<Fault> {
  const someRun = containers.some(({ ready }) => ready !== false);
  for (const { object, ready } of containers) {
    if (ready !== false) continue;
    const { kind, namespace, name } = object;
    yield {
      severity: someRun ? 'warning' : 'error',
      object,
      message: `${kind} ${namespace}/${name}, which runs ${what}, has no pod that is ready.`,
      remediation: `kubectl -n ${namespace} describe ${kind.toLowerCase()} ${name}, and look at its pods and their logs`,
      ...consequence,
    };
  }
}
