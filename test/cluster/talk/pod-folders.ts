import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiObject, Json, ObjectAddress } from '../api/api-object';
import { addressOf } from '../api/api-object';
import type { Cluster } from '../cluster';

/**
 * What a kubelet would have mounted for the pod of a workload, as folders of this machine: the directories of its claims, its Secrets and
 * ConfigMaps as files, and its empty directories. All of it is read from the API server, where Argo CD has put it.
 */
export class PodFolders {
  public static async of(cluster: Cluster, address: ObjectAddress): Promise<PodFolders> {
    const workload = await cluster.api.get(address);
    const { namespace, name } = workload.metadata;
    const pod: Json = workload.spec.template.spec;
    const own = join(cluster.folder, 'pods', namespace!, name);
    const folderOf = new Map<string, string>();
    for (const volume of pod.volumes) {
      const folder = volume.persistentVolumeClaim
        ? await cluster.dataOf(namespace!, volume.persistentVolumeClaim.claimName)
        : await filled(join(own, volume.name), await filesOf(cluster, namespace!, volume));
      folderOf.set(volume.name, folder);
    }
    return new PodFolders(cluster, workload, pod, folderOf);
  }

  private constructor(
    public readonly cluster: Cluster,
    private readonly workload: ApiObject,
    private readonly pod: Json,
    private readonly folderOf: ReadonlyMap<string, string>,
  ) {}

  /** For log files and messages. */
  public get name(): string {
    return `${this.workload.metadata.namespace}-${this.workload.metadata.name}`;
  }

  public get container(): Json {
    return this.pod.containers[0];
  }

  public get initContainers(): readonly Json[] {
    return this.pod.initContainers ?? [];
  }

  /** The value of a variable of the container's environment, if it has one of this name. */
  public variable(name: string): string | undefined {
    return this.container.env?.find((each: Json) => each.name === name)?.value;
  }

  /** A text with the paths of the container in it, with the paths of this machine instead. */
  public here(text: string): string {
    const mounts: Json[] = this.container.volumeMounts;
    const paths = mounts.map(({ mountPath }) => mountPath).sort((a, b) => b.length - a.length);
    // In one pass: a folder of this machine may itself begin like a path of the container.
    return text.replace(
      new RegExp(`(?<![\\w.-])(?:${paths.join('|')})(?![\\w.-])`, 'g'),
      (path) => this.folderOf.get(mounts.find(({ mountPath }) => mountPath === path).name)!,
    );
  }
}

/** The files of a Secret or of a ConfigMap; none for an empty directory. */
async function filesOf(cluster: Cluster, namespace: string, { secret, configMap }: Json): Promise<Record<string, string>> {
  if (configMap) {
    return (await cluster.api.get(addressOf('v1', 'ConfigMap', configMap.name, namespace))).data;
  }
  if (secret) {
    const { data } = await cluster.api.get(addressOf('v1', 'Secret', secret.secretName, namespace));
    const keys: { key: string; path: string }[] = secret.items ?? Object.keys(data).map((key) => ({ key, path: key }));
    return Object.fromEntries(keys.map(({ key, path }) => [path, Buffer.from(data[key], 'base64').toString()]));
  }
  return {};
}

async function filled(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  await mkdir(folder, { recursive: true });
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}
