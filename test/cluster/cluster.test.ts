import { claimMustBeBound } from './claims';
import { claim, namespace } from './manifests';
import { runningCluster } from './running-cluster';

const cluster = runningCluster();

describe('a cluster', () => {
  test('gives up waiting at once when one of its processes dies, and names the process and its log', async () => {
    const [provisioner] = cluster().storage.services;
    process.kill(provisioner.pid, 'SIGKILL');
    const waiting = claim('waiting', 'data');
    await cluster().api.applyAll([namespace('waiting'), waiting]);
    await expect(claimMustBeBound(cluster(), waiting)).rejects.toThrow(
      /Cannot wait for: PersistentVolumeClaim waiting\/data to be Bound\ncsi-provisioner ended by itself \(signal SIGKILL\), log: .*csi-provisioner\.log/,
    );
  });
});
