import { setTimeout as pause } from 'node:timers/promises';
import { type ApiObject, addressOf, type Json } from './api/api-object';
import type { KubernetesApi } from './api/kubernetes-api';
import { STORAGE_CLASS_WHEN_USED } from './storage-classes';

const NODE = 'stand-in';
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

/** What it needs to know of a cluster. */
export interface PodRunnerProps {
  readonly api: KubernetesApi;
  dataOf(namespace: string, claim: string): Promise<string>;
}

/** What the containers of a pod do; the pod is ready when it is done. `folderOf` finds the data of a claim that the pod mounts. */
export type Program = (pod: ApiObject, folderOf: (claim: string) => Promise<string>) => Promise<void>;

/**
 * Stands in for scheduler and kubelet, as far as claims can tell: it gives pods a node, tells waiting claims which, runs a program when
 * all claims of a pod are bound, and says that the pod is ready, or done if it is that of a Job. Nothing is mounted and no container runs.
 */
export class PodRunner {
  public static async start(cluster: PodRunnerProps): Promise<PodRunner> {
    await cluster.api.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: NODE } });
    const runner = new PodRunner(cluster);
    runner.ended = runner
      .run()
      .catch((error) => runner.mishaps.push(error))
      .then(() => undefined);
    return runner;
  }

  private readonly programs = new Map<string, Program>();
  private readonly busy = new Map<string, Promise<void>>();
  private readonly mishaps: unknown[] = [];
  private readonly held = new Set<string>();
  private readonly started = new Set<string>();
  private stopping = false;
  private ended?: Promise<void>;

  private constructor(private readonly cluster: PodRunnerProps) {}

  /** From now on, the pods of this namespace with this label `app` run this program. */
  public program(namespace: string, app: string, program: Program): void {
    this.programs.set(`${namespace}/${app}`, program);
  }

  /** The deleted pods of a namespace stay until they are released, like pods that take long to end. */
  public hold(namespace: string): void {
    this.held.add(namespace);
  }

  public release(namespace: string): void {
    this.held.delete(namespace);
  }

  /** What a program or the runner itself failed with. */
  public get mishap(): unknown {
    return this.mishaps[0];
  }

  public async stop(): Promise<void> {
    this.stopping = true;
    await this.ended;
    await Promise.all(this.busy.values());
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      for (const pod of await this.cluster.api.list('v1', 'Pod')) {
        const uid = pod.metadata.uid!;
        // What the list says of a pod may be older than what was done to it.
        if (!this.busy.has(uid) && (pod.metadata.deletionTimestamp || !this.started.has(uid))) {
          const work = this.attend(pod)
            // A pod may change or go at any moment; what is true then is seen in the next round.
            .catch((error) => void (isOvertaken(error) || this.mishaps.push(error)))
            .finally(() => this.busy.delete(uid));
          this.busy.set(uid, work);
        }
      }
      await pause(100);
    }
  }

  private async attend(pod: ApiObject): Promise<void> {
    const { namespace } = pod.metadata;
    if (pod.metadata.deletionTimestamp) {
      if (!this.held.has(namespace!)) {
        await this.cluster.api.delete(pod, 'gracePeriodSeconds=0');
      }
      return;
    }
    if (pod.status?.phase === 'Running' || pod.status?.phase === 'Succeeded') {
      return;
    }
    if (!pod.spec.nodeName) {
      const target = { apiVersion: 'v1', kind: 'Node', name: NODE };
      await this.cluster.api.createBelow(pod, 'binding', { apiVersion: 'v1', kind: 'Binding', metadata: pod.metadata, target });
    }
    const claims: string[] = (pod.spec.volumes ?? []).map((volume: Json) => volume.persistentVolumeClaim?.claimName).filter(Boolean);
    const bound = await Promise.all(claims.map((name) => this.isBound(namespace!, name)));
    if (bound.every(Boolean)) {
      const program = this.programs.get(`${namespace}/${pod.metadata.labels?.app}`);
      await program?.(pod, (claim) => this.cluster.dataOf(namespace!, claim));
      // The pod of a Job ends when its work is done.
      const ends = pod.spec.restartPolicy !== 'Always';
      const status = ends ? { phase: 'Succeeded' } : { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
      await this.cluster.api.patch(pod, { status }, '/status');
      this.started.add(pod.metadata.uid!);
    }
  }

  private async isBound(namespace: string, name: string): Promise<boolean> {
    const claim = await this.cluster.api.find(addressOf('v1', 'PersistentVolumeClaim', name, namespace));
    const waits = claim?.spec.storageClassName === STORAGE_CLASS_WHEN_USED && !claim.metadata.annotations?.[SELECTED_NODE];
    if (claim && waits) {
      await this.cluster.api.patch(claim, { metadata: { annotations: { [SELECTED_NODE]: NODE } } });
    }
    return claim?.status?.phase === 'Bound';
  }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 404 || error.code === 409);
}
