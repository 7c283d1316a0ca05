import { join } from 'node:path';
import type { ApiObject } from '../api/api-object';
import type { Cluster } from '../cluster';
import { GitRepository } from '../git-repository';
import { SourceVolume } from '../grants/source-volume';
import { application, CLAIM, CONTENT, DEPLOYMENT, GRANT, project, SNAPSHOT } from './applications';

/** The folders of the owner and of the consumer in the repository. */
export const SHARE = 'share';
export const CONSUMER = 'consumer';

/** An owner and a consumer: each with a namespace, a folder in Git, an AppProject for what it needs, and an Application. */
export interface TwoSides {
  readonly prod: string;
  readonly dev: string;
  readonly source: SourceVolume;
  readonly repository: GitRepository;
  /** The owner's Application. */
  readonly share: ApiObject;
  /** The consumer's Application. */
  readonly consumer: ApiObject;
}

/** @param handedOver Whether the consumer may have pre-provisioned snapshots. */
export async function twoSides(cluster: Cluster, test: string, handedOver = false): Promise<TwoSides> {
  const source = await SourceVolume.make(cluster, test);
  const { prod, dev } = source.sides;
  const repository = await GitRepository.init(join(cluster.folder, 'git', test));
  const repoURL = repository.url;
  const projects = { share: `owner-${test}`, consumer: `consumer-${test}` };
  await cluster.api.applyAll([
    project(projects.share, [prod], [SNAPSHOT, GRANT]),
    handedOver
      ? project(projects.consumer, [dev], [CLAIM, DEPLOYMENT, SNAPSHOT], [CONTENT])
      : project(projects.consumer, [dev], [CLAIM, DEPLOYMENT]),
  ]);
  return {
    prod,
    dev,
    source,
    repository,
    share: application(`share-${test}`, { repoURL, project: projects.share, path: SHARE, namespace: prod }),
    consumer: application(`consumer-${test}`, { repoURL, project: projects.consumer, path: CONSUMER, namespace: dev }),
  };
}
