import { join } from 'node:path';
import type { ApiObject } from '../api/api-object';
import { mustBeGone } from '../claims';
import type { Cluster } from '../cluster';
import { application, applicationMustBeHealthy, IGNORED_UID, type Kind, type Mode, project } from '../delivery/applications';
import { GitRepository } from '../git-repository';

/** The Applications of an example; each has a folder in one repository, and a project that allows what is in it and nothing else. */
export class ArgoCdRun {
  public static async init(cluster: Cluster, example: string): Promise<ArgoCdRun> {
    return new ArgoCdRun(cluster, example, await GitRepository.init(join(cluster.folder, 'git', example)));
  }

  private constructor(
    private readonly cluster: Cluster,
    private readonly example: string,
    private readonly repository: GitRepository,
  ) {}

  /** Creates an Application for the objects of each folder, and waits until all are Synced and Healthy. */
  public async deliver(folders: Readonly<Record<string, readonly ApiObject[]>>, mode: Mode): Promise<ApiObject[]> {
    const files = Object.entries(folders).map(([folder, objects]) => [`${folder}/all.yaml`, objects]);
    await this.repository.commit(`Deliver ${Object.keys(folders)}`, Object.fromEntries(files));
    const made = Object.entries(folders).map(([folder, objects]) => this.applicationFor(folder, objects, mode));
    await this.cluster.api.applyAll(made.flat());
    const apps = made.map(([, app]) => app);
    for (const app of apps) await applicationMustBeHealthy(this.cluster, app);
    return apps;
  }

  /** Deletes an Application and all that belongs to it. */
  public async remove(app: ApiObject, objects: readonly ApiObject[]): Promise<void> {
    await this.cluster.api.delete(app);
    for (const each of [app, ...objects]) await mustBeGone(this.cluster, each);
    await this.repository.commit(`Remove ${app.metadata.name}`, { [`${app.spec.source.path}/all.yaml`]: undefined });
  }

  private applicationFor(path: string, objects: readonly ApiObject[], mode: Mode): [project: ApiObject, app: ApiObject] {
    const name = `${this.example}-${path}`;
    const namespaces = [...new Set(objects.map(({ metadata }) => metadata.namespace).filter((each) => each !== undefined))];
    const [ofNamespaces, ofCluster] = [true, false].map((inOne) => kindsOf(objects.filter(hasNamespace(inOne))));
    const app = application(name, { project: name, repoURL: this.repository.url, path, namespace: namespaces[0], mode });
    const ignoring = mode.serverSideApply && !mode.serverSideDiff ? { ignoreDifferences: IGNORED_UID } : {};
    return [project(name, namespaces, ofNamespaces, ofCluster), { ...app, spec: { ...app.spec, ...ignoring } }];
  }
}

function hasNamespace(wanted: boolean) {
  return ({ metadata }: ApiObject) => (metadata.namespace !== undefined) === wanted;
}

function kindsOf(objects: readonly ApiObject[]): Kind[] {
  const kinds = objects.map(({ apiVersion, kind }) => ({ group: apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind }));
  return [...new Map(kinds.map((each) => [JSON.stringify(each), each])).values()];
}
