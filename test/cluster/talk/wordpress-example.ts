import { join } from 'node:path';
import { Synthesis } from '../../examples/synthesis';
import { type ApiObject, addressOf } from '../api/api-object';
import type { Cluster } from '../cluster';
import { application, applicationMustBeHealthy, CLAIM, DEPLOYMENT, GRANT, type Kind, project, SNAPSHOT } from '../delivery/applications';
import { DRIVER_NAME } from '../driver/identity';
import { GitRepository } from '../git-repository';
import { namespace } from '../manifests';

const PODS: readonly Kind[] = [
  CLAIM,
  DEPLOYMENT,
  { group: 'apps', kind: 'StatefulSet' },
  { group: '', kind: 'Service' },
  { group: '', kind: 'ConfigMap' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
];

/** The passwords of one side, under the names of the keys in its Secret. */
export interface Passwords {
  readonly 'root-password': string;
  readonly password: string;
  readonly 'site-password'?: string;
}

/**
 * The example `wordpress`, as the cdk8s CLI writes it, in a Git repository with an Application for each of its folders. Not one manifest is
 * changed; the StorageClass and the VolumeSnapshotClass that it names are made for the test driver.
 */
export class WordPressExample {
  /** Everything that comes before the first Application: classes, namespaces, the Secrets that are made by hand, the commit. */
  public static async prepare(
    cluster: Cluster,
    passwords: { readonly prod: Passwords; readonly dev: Passwords },
  ): Promise<WordPressExample> {
    const synthesis = new Synthesis('wordpress');
    const repository = await GitRepository.init(join(cluster.folder, 'git', 'wordpress'));
    const folders = synthesis.folders.map((folder) => [`${folder}/${folder}.yaml`, synthesis.objects(`${folder}/`)] as const);
    await repository.commit('The blog, its share, and its copy', Object.fromEntries(folders) as Record<string, ApiObject[]>);
    await cluster.api.applyAll([
      { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'csi-fast' }, provisioner: DRIVER_NAME },
      {
        apiVersion: 'snapshot.storage.k8s.io/v1',
        kind: 'VolumeSnapshotClass',
        metadata: { name: 'csi-fast' },
        driver: DRIVER_NAME,
        deletionPolicy: 'Delete',
      },
      namespace('prod'),
      namespace('dev'),
      secret('prod', 'prod-mysql-credentials', passwords.prod),
      secret('dev', 'dev-mysql-credentials', passwords.dev),
      project('prod', ['prod'], PODS),
      project('share', ['prod'], [SNAPSHOT, GRANT]),
      project('dev', ['dev'], PODS),
    ]);
    return new WordPressExample(cluster, synthesis, repository.url);
  }

  private constructor(
    private readonly cluster: Cluster,
    private readonly synthesis: Synthesis,
    private readonly repoURL: string,
  ) {}

  /** Dev's one claim, whose name carries the generation. */
  public get clone(): ApiObject {
    return this.synthesis.objects('dev/').find(({ kind }) => kind === 'PersistentVolumeClaim') as ApiObject;
  }

  public get snapshots(): ApiObject[] {
    return this.synthesis.objects('share/').filter(({ kind }) => kind === 'VolumeSnapshot') as ApiObject[];
  }

  public workload(side: 'prod' | 'dev', name: 'mysql' | 'wordpress') {
    return addressOf('apps/v1', side === 'prod' && name === 'mysql' ? 'StatefulSet' : 'Deployment', name, side);
  }

  /** Creates the Application of a folder, and waits until it is synced and healthy. */
  public async sync(folder: 'prod' | 'share' | 'dev'): Promise<void> {
    const target = folder === 'dev' ? 'dev' : 'prod';
    const app = application(folder, { project: folder, repoURL: this.repoURL, path: folder, namespace: target });
    await this.cluster.api.apply(app);
    await applicationMustBeHealthy(this.cluster, app);
  }
}

function secret(inNamespace: string, name: string, passwords: Passwords): ApiObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: inNamespace }, stringData: passwords };
}
