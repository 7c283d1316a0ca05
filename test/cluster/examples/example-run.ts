import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceOfHandedOver } from '../../../src/reference/pre-provisioned';
import { ofKind, podOf, Synthesis, waveOf } from '../../examples/synthesis';
import { type ApiObject, addressOf, describe, type Json } from '../api/api-object';
import { claimMustBeBound, snapshotMustBeReady } from '../claims';
import type { Cluster } from '../cluster';
import { seedBlock, seedDirectory } from '../volume-content';
import { KeptContent } from './kept-content';

// A typing mistake in a field is an error, not a field that is left out.
const STRICT = 'fieldValidation=Strict';

/**
 * The objects that the cdk8s CLI writes for an example. It takes seconds, in which this process does nothing else: before a cluster starts.
 *
 * @param switched Whether its shares are switched to pre-provisioned snapshots.
 */
export function objectsOf(example: string, switched = false): (folder?: string) => ApiObject[] {
  // Their types are checked by the tests of the examples; it takes longer than the rest.
  process.env.TS_NODE_TRANSPILE_ONLY = 'true';
  const synthesis = new Synthesis(example, switched);
  return (folder) => synthesis.objects(folder && `${folder}/`) as ApiObject[];
}

/** An example in a cluster: one Application after the other, with data where its programs would have written some. */
export class ExampleRun {
  private readonly applied: ApiObject[] = [];
  private readonly kept = new Map<string, KeptContent>();

  public constructor(private readonly cluster: Cluster) {}

  /** Applies the objects of one Application in the order of its waves; claims are bound, and snapshots taken, before the next wave. */
  public async apply(objects: readonly ApiObject[]): Promise<void> {
    await this.expect(objects);
    for (const wave of [...new Set(objects.map(waveOf))].sort((a, b) => a - b)) {
      const now = objects.filter((object) => waveOf(object) === wave);
      // A handed-over snapshot is not taken.
      const snapshots = (ofKind('VolumeSnapshot', now) as ApiObject[]).filter(({ spec }) => spec.source.persistentVolumeClaimName);
      for (const object of now.filter((each) => !snapshots.includes(each))) {
        await this.cluster.api.apply(object, STRICT);
      }
      for (const claim of ofKind('PersistentVolumeClaim', now) as ApiObject[]) {
        await claimMustBeBound(this.cluster, claim);
      }
      for (const snapshot of snapshots.sort(byName)) {
        await this.take(snapshot);
      }
    }
  }

  /** Makes the namespaces of objects that somebody else will apply. */
  public async expect(objects: readonly ApiObject[]): Promise<void> {
    for (const namespace of new Set(objects.map(({ metadata }) => metadata.namespace))) {
      // A content has none.
      if (namespace) {
        await this.makeNamespace(namespace);
      }
    }
    this.applied.push(...objects);
  }

  /** Makes what people make by hand. */
  public async makeByHand(...objects: readonly ApiObject[]): Promise<void> {
    for (const object of objects) {
      await this.makeNamespace(object.metadata.namespace!);
      await this.cluster.api.apply(object, STRICT);
      if (object.kind === 'PersistentVolumeClaim') {
        await claimMustBeBound(this.cluster, object);
      }
    }
  }

  /** Writes new data to the source of a snapshot, and takes it: no two snapshots hold the same. */
  public async take(snapshot: ApiObject): Promise<void> {
    const { name } = snapshot.metadata;
    const namespace = snapshot.metadata.namespace!;
    const data = await this.cluster.dataOf(namespace, snapshot.spec.source.persistentVolumeClaimName);
    await write(data, `what ${namespace}/${name} holds`);
    this.kept.set(`${namespace}/${name}`, await KeptContent.of(data, join(this.cluster.folder, `${namespace}-${name}`)));
    await this.cluster.api.apply(snapshot, STRICT);
    await snapshotMustBeReady(this.cluster, snapshot);
  }

  /** Every clone is bound, and holds what the source held when its snapshot was taken. Says which holds what. */
  public async clonesMustBeEqual(): Promise<string[]> {
    const clones = (ofKind('PersistentVolumeClaim', this.applied) as ApiObject[]).filter(({ spec }) => spec.dataSourceRef);
    const found: string[] = [];
    for (const clone of clones) {
      const { namespace, name } = sourceOfHandedOver(clone.spec.dataSourceRef.name) ?? clone.spec.dataSourceRef;
      await claimMustBeBound(this.cluster, clone);
      await this.kept.get(`${namespace}/${name}`)!.mustBeAllOf(await this.cluster.dataOf(clone.metadata.namespace!, clone.metadata.name));
      found.push(`${clone.metadata.namespace}/${clone.metadata.name} = ${namespace}/${name}`);
    }
    return found.sort();
  }

  /** The API server takes the pods of every workload, by the rules of its namespace, and what they mount is there. */
  public async podsMustBeAdmitted(): Promise<void> {
    for (const workload of this.applied.filter(podOf)) {
      const { namespace, name } = workload.metadata;
      const { metadata, spec } = workload.spec.template;
      const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: `${name}-tried`, namespace }, spec };
      await this.cluster.api.create(pod, `dryRun=All&${STRICT}`);
      for (const volume of spec.volumes ?? []) {
        await this.mustExist(volume, workload);
      }
    }
  }

  private async mustExist(volume: Json, { metadata: { namespace }, ...workload }: ApiObject): Promise<void> {
    const mounted = [
      ['PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName],
      ['ConfigMap', volume.configMap?.name],
      ['Secret', volume.secret?.secretName],
    ].filter(([, name]) => name);
    for (const [kind, name] of mounted) {
      const address = addressOf('v1', kind, name, namespace);
      if (!(await this.cluster.api.find(address))) {
        throw new Error(`${describe(address)} is missing, which ${workload.kind} mounts`);
      }
    }
  }

  private async makeNamespace(name: string): Promise<void> {
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
    await this.cluster.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
  }
}

/** Generations are named so that the older comes first. */
function byName(one: ApiObject, other: ApiObject): number {
  return one.metadata.name.localeCompare(other.metadata.name);
}

async function write(data: string, words: string): Promise<void> {
  if (!(await stat(data)).isDirectory()) {
    await seedBlock(data, words);
    return;
  }
  for (const entry of await readdir(data)) {
    await rm(join(data, entry), { recursive: true });
  }
  await seedDirectory(data, words);
}
