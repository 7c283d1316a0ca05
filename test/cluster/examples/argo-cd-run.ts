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

  /** Creates an Application for objects, and waits until it is Synced and Healthy. */
  public async deliver(name: string, objects: readonly ApiObject[], mode: Mode): Promise<ApiObject> {
    const namespaces = [...new Set(objects.map(({ metadata }) => metadata.namespace).filter((each) => each !== undefined))];
    await this.repository.commit(name, { [`${name}/all.yaml`]: objects });
    const [ofNamespaces, ofCluster] = [true, false].map((inOne) => kindsOf(objects.filter(hasNamespace(inOne))));
    const app = application(`${this.example}-${name}`, {
      project: `${this.example}-${name}`,
      repoURL: this.repository.url,
      path: name,
      namespace: namespaces[0],
      mode,
    });
    const ignoring = mode.serverSideApply && !mode.serverSideDiff ? { ignoreDifferences: IGNORED_UID } : {};
    await this.cluster.api.applyAll([
      project(app.metadata.name, namespaces, ofNamespaces, ofCluster),
      { ...app, spec: { ...app.spec, ...ignoring } },
    ]);
    await applicationMustBeHealthy(this.cluster, app);
    return app;
  }

  /** Deletes an Application and all that belongs to it. */
  public async remove(app: ApiObject, objects: readonly ApiObject[]): Promise<void> {
    await this.cluster.api.delete(app);
    for (const each of [app, ...objects]) await mustBeGone(this.cluster, each);
    await this.repository.commit(`Remove ${app.metadata.name}`, { [`${app.spec.source.path}/all.yaml`]: undefined });
  }
}

function hasNamespace(wanted: boolean) {
  return ({ metadata }: ApiObject) => (metadata.namespace !== undefined) === wanted;
}

function kindsOf(objects: readonly ApiObject[]): Kind[] {
  const kinds = objects.map(({ apiVersion, kind }) => ({ group: apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind }));
  return [...new Map(kinds.map((each) => [JSON.stringify(each), each])).values()];
}
