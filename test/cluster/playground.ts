import { once } from 'node:events';
import { Cluster } from './cluster';
import { SNAPSHOT_CLASS, STORAGE_CLASS } from './storage-classes';
import build from './tools/build';
import { binary } from './tools/go-tools';

/** A cluster for a person: it runs until this process is told to end. */
async function main(): Promise<void> {
  build();
  const cluster = await Cluster.start('playground', { argocd: true, pods: true });
  console.log(`
A Kubernetes without nodes is running.

  export KUBECONFIG=${cluster.kubeconfig}
  alias kubectl=${binary('kubectl')}

Inside: the API server with CrossNamespaceVolumeDataSource on, snapshots, ReferenceGrants, a CSI driver that keeps each volume in a
folder, the StorageClass ${STORAGE_CLASS} and the VolumeSnapshotClass ${SNAPSHOT_CLASS}; Argo CD (Applications in the namespace argocd, file:// repositories work).
The volumes are in ${cluster.driver.volumes.folder}, the logs in ${cluster.logs}.

To stop it: Ctrl-C, or kill ${process.pid}
`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await cluster.stop();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
