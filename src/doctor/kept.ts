import { at, list, strings, text } from '../rules/fields';
import { podsIn } from '../rules/pod-template';
import type { KindName } from './cluster-view';
import { isProvisioner, isSnapshotController } from './sidecars';

const WORKLOADS: readonly KindName[] = ['pods', 'deployments', 'statefulsets', 'daemonsets'];

/**
 * What is kept of an object that was read. Of workloads only those of the sidecars, and of their containers only what is looked at: there can
 * be ten thousand pods, and their environment holds passwords. Of the others everything but, where they say
 * nothing, the records of who set which field.
 */
export function keptOf(name: KindName, object: unknown): unknown {
  const metadata = at(object, 'metadata');
  // Of a claim without a source they say whether it once had one.
  if (name === 'persistentvolumeclaims' && !at(object, 'spec', 'dataSourceRef')) return object;
  if (!WORKLOADS.includes(name)) {
    return { ...(object as object), metadata: { ...(metadata as object), managedFields: undefined } };
  }
  const containers = podSpecs(object).flatMap(containersOf).filter(isSidecar).map(containerOf);
  if (containers.length === 0 || isCopyOf(object)) return undefined;
  const [spec] = podSpecs(object);
  const pod = { serviceAccountName: text(at(spec, 'serviceAccountName')) || 'default', containers };
  return {
    apiVersion: at(object, 'apiVersion'),
    kind: at(object, 'kind'),
    metadata: { name: at(metadata, 'name'), namespace: at(metadata, 'namespace') },
    spec: name === 'pods' ? pod : { replicas: at(object, 'spec', 'replicas'), template: { spec: pod } },
    status: readinessOf(name, at(object, 'status')),
  };
}

/** Whether it runs, and no more. */
function readinessOf(name: KindName, status: unknown): unknown {
  if (name === 'pods') {
    const ready = list(at(status, 'conditions')).filter((condition) => at(condition, 'type') === 'Ready');
    return { conditions: ready.map((condition) => ({ type: 'Ready', status: at(condition, 'status') })) };
  }
  return {
    observedGeneration: at(status, 'observedGeneration'),
    readyReplicas: at(status, 'readyReplicas'),
    numberReady: at(status, 'numberReady'),
  };
}

function podSpecs(manifest: unknown): unknown[] {
  return podsIn({ apiVersion: '', group: '', kind: '', namespace: '', name: '', manifest, annotations: undefined }).map(({ spec }) => spec);
}

/** A sidecar may be an init container that goes on running. */
function containersOf(spec: unknown): readonly unknown[] {
  return [...list(at(spec, 'containers')), ...list(at(spec, 'initContainers'))];
}

function isSidecar(container: unknown): boolean {
  return isProvisioner(container) || isSnapshotController(container);
}

/** A pod that one of the workloads has made says nothing that the workload does not. */
function isCopyOf(pod: unknown): boolean {
  const owners = list(at(pod, 'metadata', 'ownerReferences')).map((owner) => text(at(owner, 'kind')));
  return owners.some((kind) => ['ReplicaSet', 'StatefulSet', 'DaemonSet'].includes(kind));
}

/** Of the environment only what the arguments mention. */
function containerOf(container: unknown): unknown {
  const words = [...list(at(container, 'command')), ...list(at(container, 'args'))].map(text);
  const env = list(at(container, 'env')).filter((variable) => words.some((word) => word.includes(`$(${text(at(variable, 'name'))})`)));
  const { name, image } = strings(container);
  return { name, image, command: at(container, 'command'), args: at(container, 'args'), env };
}
