import { claimMustBeBound } from '../claims';
import { installDefinitions, referenceGrantDefinition } from '../definitions';
import { claim, namespace } from '../manifests';
import { runningCluster } from '../running-cluster';
import { documented } from '../troubleshooting';
import { allProvisioningMustStall } from './stalled-provisioner';

const cluster = runningCluster({ referenceGrantKind: false });

describe('with the gate of the provisioner on and without the ReferenceGrant kind', () => {
  test('even a claim without any source waits in silence until the kind is installed', async () => {
    const plain = claim('plain', 'data');
    await cluster().api.applyAll([namespace('plain'), plain]);
    await allProvisioningMustStall(
      cluster(),
      plain,
      documented('the server could not find the requested resource (get referencegrants.gateway.networking.k8s.io)'),
    );

    await installDefinitions(cluster().api, referenceGrantDefinition());
    // It notices by itself, but its client's pause between two attempts has grown to up to a minute.
    await cluster().storage.stopProvisioner();
    await cluster().storage.startProvisioner();
    await claimMustBeBound(cluster(), plain);
  });
});
