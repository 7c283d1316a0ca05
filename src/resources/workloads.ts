import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { CLAIM_KIND } from '../reference/reference';
import { Inventory } from './inventory';

const POD_SPEC: { readonly [kind: string]: readonly string[] } = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

interface RenderedPod {
  readonly volumes?: { readonly name: string; readonly persistentVolumeClaim?: { readonly claimName: string } }[];
  readonly containers?: RenderedContainer[];
  readonly initContainers?: RenderedContainer[];
}

interface RenderedContainer {
  readonly volumeMounts?: { readonly name: string }[];
}

/** Where a kind of workload keeps the spec of its pods, as a JSON path. */
export function podSpecPath(kind: string): string | undefined {
  return Object.hasOwn(POD_SPEC, kind) ? `/${POD_SPEC[kind].join('/')}` : undefined;
}

/** Who in a chart creates, uses and mounts which claim. */
export class Workloads {
  private static readonly byChart = new WeakMap<Chart, { readonly pass: number; readonly workloads: Workloads }>();
  private static readonly byRoot = new WeakMap<IConstruct, { readonly pass: number; readonly workloads: Workloads[] }>();

  /**
   * The workloads of a chart have to be rendered to be read, so it is done once for each pass of synthesis, and only where somebody asks.
   *
   * While they are being rendered the answer is empty: one of them may itself want to know, for its own annotations.
   */
  public static of(chart: Chart): Workloads {
    const { pass } = Inventory.of(chart);
    const known = Workloads.byChart.get(chart);
    if (known?.pass === pass) return known.workloads;
    const workloads = new Workloads();
    Workloads.byChart.set(chart, { pass, workloads: new Workloads() });
    for (const node of chart.node.findAll()) {
      if (ApiObject.isApiObject(node) && Chart.of(node) === chart) workloads.read(node);
    }
    Workloads.byChart.set(chart, { pass, workloads });
    return workloads;
  }

  /** The workloads of every chart of an App. */
  public static everywhere(root: IConstruct): Workloads[] {
    const { pass } = Inventory.of(root);
    const known = Workloads.byRoot.get(root);
    if (known?.pass === pass) return known.workloads;
    const charts = root.node.findAll().filter((node): node is Chart => Chart.isChart(node));
    const workloads = charts.map((chart) => Workloads.of(chart));
    Workloads.byRoot.set(root, { pass, workloads });
    return workloads;
  }

  private readonly claims = new Map<string, ApiObject[]>();
  private readonly makers: { readonly prefix: string; readonly object: ApiObject }[] = [];
  private readonly users = new Map<string, ApiObject[]>();
  private readonly mounters = new Map<string, ApiObject[]>();

  /** The objects through which the chart creates a claim and puts data into it. None: the chart does not create the claim. */
  public creatorsOf(namespace: string, claimName: string): ApiObject[] {
    const claims = find(this.claims, namespace, claimName);
    const makers = keysOf(namespace, claimName).flatMap((key) =>
      this.makers.filter(({ prefix }) => key.startsWith(prefix) && /^\d+$/.test(key.slice(prefix.length))).map(({ object }) => object),
    );
    return claims.length + makers.length === 0 ? [] : [...claims, ...makers, ...this.usersOf(namespace, claimName)];
  }

  /** The workloads whose pods use a claim. */
  public usersOf(namespace: string, claimName: string): ApiObject[] {
    return find(this.users, namespace, claimName);
  }

  /** The workloads in which some container sees the claim as files. */
  public mountersOf(namespace: string, claimName: string): ApiObject[] {
    return find(this.mounters, namespace, claimName);
  }

  /** Every claim that pods use, by the namespace of their workload, which is empty where the workload names none. */
  public *uses(): Generator<{ readonly namespace: string; readonly claimName: string; readonly users: readonly ApiObject[] }> {
    for (const [key, users] of this.users) {
      const [namespace, claimName] = key.split(' ');
      yield { namespace, claimName, users };
    }
  }

  private read(object: ApiObject): void {
    if (object.kind === CLAIM_KIND) add(this.claims, `${object.metadata.namespace ?? ''} ${object.name}`, object);
    if (!Object.hasOwn(POD_SPEC, object.kind)) return;
    const manifest = object.toJson();
    const namespace = manifest.metadata?.namespace ?? '';
    const pod: RenderedPod = POD_SPEC[object.kind].reduce((node, step) => node?.[step], manifest) ?? {};
    const claimOf = new Map<string, string>();
    for (const { name, persistentVolumeClaim } of pod.volumes ?? []) {
      if (!persistentVolumeClaim) continue;
      const key = `${namespace} ${persistentVolumeClaim.claimName}`;
      claimOf.set(name, key);
      add(this.users, key, object);
    }
    for (const container of [...(pod.containers ?? []), ...(pod.initContainers ?? [])]) {
      for (const { name } of container.volumeMounts ?? []) {
        const key = claimOf.get(name);
        if (key) add(this.mounters, key, object);
      }
    }
    // A StatefulSet names its claims after the template, itself and the number of the pod.
    for (const template of manifest.spec?.volumeClaimTemplates ?? []) {
      this.makers.push({ prefix: `${namespace} ${template.metadata?.name}-${object.name}-`, object });
    }
  }
}

/** An object without a namespace lands in the one that the delivery chooses; it may be this one. */
function keysOf(namespace: string, name: string): string[] {
  return [`${namespace} ${name}`, ` ${name}`];
}

function find(index: ReadonlyMap<string, ApiObject[]>, namespace: string, name: string): ApiObject[] {
  return keysOf(namespace, name).flatMap((key) => index.get(key) ?? []);
}

function add(index: Map<string, ApiObject[]>, key: string, object: ApiObject): void {
  const known = index.get(key);
  if (known) known.push(object);
  else index.set(key, [object]);
}
