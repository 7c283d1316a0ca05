import { claimMustBePending } from '../claims';
import { eventMustSay } from '../events';
import { SourceVolume } from '../grants/source-volume';
import { cloneOf, grant, grantSpec } from '../manifests';
import { runningCluster } from '../running-cluster';
import { documented } from '../troubleshooting';

const SNAP = SourceVolume.SNAPSHOT;

const cluster = runningCluster({ provisionerGate: false });

describe('with the gate of the provisioner off', () => {
  test('a clone across namespaces waits and says why, and is filled when the gate is turned on', async () => {
    const source = await SourceVolume.make(cluster(), 'waiting');
    const { prod, dev } = source.sides;
    const clone = cloneOf(prod, SNAP, dev, 'clone');
    await cluster().api.applyAll([grant(prod, 'dev', grantSpec(dev, SNAP)), clone]);
    const words = documented('dataSourceRef namespace specified but the CrossNamespaceVolumeDataSource feature is disabled');
    await eventMustSay(cluster(), clone, 'ProvisioningFailed', words);
    await claimMustBePending(cluster(), clone);

    await cluster().storage.stopProvisioner();
    await cluster().storage.startProvisioner(true);
    await source.mustBeClonedInto(clone);
  });
});
