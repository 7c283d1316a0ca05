import { at, list, strings, text } from '../rules/fields';
import { podsIn } from '../rules/pod-template';
import type { KindName } from './cluster-view';
import { fieldsOf } from './kept-fields';
import { decidingWords, isProvisioner, isSnapshotController, wordsOf } from './sidecars';

const WORKLOADS: readonly KindName[] = ['pods', 'deployments', 'statefulsets', 'daemonsets'];

/**
 * What is kept of an object that was read: the fields that a check looks at. Of workloads only those of the sidecars, and of their containers
 * only the words that a check looks at: there can be ten thousand pods, and their arguments and environment hold passwords.
 */
export function keptOf(name: KindName, object: unknown): unknown {
  if (!WORKLOADS.includes(name)) return fieldsOf(name, object);
  const metadata = at(object, 'metadata');
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

/** Variables are filled in here already, so that none has to be kept. */
function containerOf(container: unknown): unknown {
  const { name, image } = strings(container);
  return { name, image, args: isProvisioner(container) ? decidingWords(wordsOf(container)) : [] };
}
