import { at, list, text } from '../rules/fields';
import { ObjectSet } from '../rules/object-set';
import { type Doubt, type ObjectName, READ_RIGHTS } from './check';
import { type ClusterView, type KindName, WATCHED } from './cluster-view';
import { isProvisioner, isSnapshotController, wordsOf } from './sidecars';

/** A container that a workload runs. */
export interface RunningContainer {
  readonly object: ObjectName;
  /** Whether any of its pods is ready. Absent: nobody has looked yet. */
  readonly ready?: boolean;
}

/** A container of csi-provisioner, where a workload says how it is started. */
export interface Provisioner extends RunningContainer {
  readonly container: string;
  readonly image: string;
  /** Command and arguments. */
  readonly words: readonly string[];
  readonly serviceAccount: string;
}

const WORKLOADS = ['deployments', 'statefulsets', 'daemonsets', 'pods'] as const satisfies readonly KindName[];

/** A view of a cluster, and what several questions want to know of it. */
export class Evidence {
  public readonly provisioners: readonly Provisioner[];
  public readonly snapshotControllers: readonly RunningContainer[];
  /** Claims, what they can be filled from, grants and events. */
  public readonly set: ObjectSet;

  constructor(public readonly view: ClusterView) {
    const containers = WORKLOADS.flatMap((name) => this.objects(name))
      .filter(isRunning)
      .flatMap(sidecarsIn);
    this.provisioners = containers.filter(({ container }) => isProvisioner(container)).map(provisionerOf);
    this.snapshotControllers = containers
      .filter(({ container }) => isSnapshotController(container))
      .map(({ workload }) => ({ object: nameOf(workload), ready: readyOf(workload) }));
    const kinds = ['persistentvolumeclaims', 'volumesnapshots', 'referencegrants', 'storageclasses', 'events'] as const;
    this.set = new ObjectSet(kinds.flatMap((name) => this.objects(name)).map((manifest) => ({ manifest })));
  }

  /** The objects of a kind; none where there is no answer, which `doubts` tells. */
  public objects(name: KindName): readonly unknown[] {
    const answer = this.view.objects[name];
    return 'known' in answer ? answer.known : [];
  }

  /** Why the objects of these kinds are not known. */
  public *doubts(...names: readonly KindName[]): Generator<Doubt> {
    for (const name of names) {
      const answer = this.view.objects[name];
      if ('unknown' in answer) yield { because: answer.unknown, remediation: READ_RIGHTS };
    }
  }

  /** Why not every workload is known that could be a sidecar's. */
  public workloadDoubts(): Doubt[] {
    return [...this.doubts(...WORKLOADS)];
  }

  /** Whether grants can be read at all; where their definition is missing, that alone is said. */
  public get servesGrants(): boolean {
    const versions = this.view.versions.referencegrants;
    return 'known' in versions && versions.known.includes(WATCHED.referencegrants.version);
  }
}

export function nameOf(manifest: unknown): ObjectName {
  return {
    apiVersion: text(at(manifest, 'apiVersion')),
    kind: text(at(manifest, 'kind')),
    namespace: text(at(manifest, 'metadata', 'namespace')),
    name: text(at(manifest, 'metadata', 'name')),
  };
}

interface Sidecar {
  readonly workload: unknown;
  readonly pod: unknown;
  readonly container: unknown;
}

function sidecarsIn(workload: unknown): Sidecar[] {
  const pod = at(workload, 'spec', 'template', 'spec') ?? at(workload, 'spec');
  return list(at(pod, 'containers')).map((container) => ({ workload, pod, container }));
}

/** Scaled to nothing, it provisions nothing. */
function isRunning(workload: unknown): boolean {
  return at(workload, 'spec', 'replicas') !== 0;
}

/** A status that no controller or kubelet has written yet says nothing. */
function readyOf(workload: unknown): boolean | undefined {
  const status = at(workload, 'status');
  const conditions = at(status, 'conditions');
  if (Array.isArray(conditions)) return conditions.some((each) => at(each, 'type') === 'Ready' && at(each, 'status') === 'True');
  if (at(status, 'observedGeneration') === undefined) return undefined;
  return [at(status, 'readyReplicas'), at(status, 'numberReady')].some((count) => typeof count === 'number' && count > 0);
}

function provisionerOf({ workload, pod, container }: Sidecar): Provisioner {
  return {
    object: nameOf(workload),
    ready: readyOf(workload),
    container: text(at(container, 'name')),
    image: text(at(container, 'image')),
    words: wordsOf(container),
    serviceAccount: text(at(pod, 'serviceAccountName')),
  };
}
