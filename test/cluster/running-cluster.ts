import { basename } from 'node:path';
import { Cluster, type ClusterOptions } from './cluster';

/** A cluster for the tests of one file, started before the first and stopped after the last. */
export function runningCluster(options: ClusterOptions = {}): () => Cluster {
  let cluster: Cluster | undefined;

  beforeAll(async () => {
    cluster = await Cluster.start(basename(expect.getState().testPath!, '.test.ts'), options);
  });

  afterAll(async () => {
    await cluster?.stop();
  });

  return () => {
    if (!cluster) {
      throw new Error('The cluster runs only inside of tests and hooks, and only if it could be started.');
    }
    return cluster;
  };
}
