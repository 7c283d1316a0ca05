import { ProvisionerGrantAccess } from '../../../src';
import { claimMustBeBound } from '../claims';
import { synthesized } from '../constructs';
import { SourceVolume } from '../grants/source-volume';
import { claim, cloneOf, grant, grantSpec, namespace } from '../manifests';
import { runningCluster } from '../running-cluster';
import { documented } from '../troubleshooting';
import { allProvisioningMustStall } from './stalled-provisioner';

const SNAP = SourceVolume.SNAPSHOT;

const cluster = runningCluster({ provisionerAccess: 'stock' });

describe('with the gate of the provisioner on and its stock rights, which do not let it read ReferenceGrants', () => {
  test('even a claim without any source waits in silence until the right is given', async () => {
    const plain = claim('plain', 'data');
    await cluster().api.applyAll([namespace('plain'), plain]);
    await allProvisioningMustStall(
      cluster(),
      plain,
      documented(
        'User "system:serviceaccount:default:csi-provisioner" cannot list resource "referencegrants" in API group "gateway.networking.k8s.io" at the cluster scope',
      ),
    );

    await cluster().api.applyAll(
      synthesized((chart) => {
        const serviceAccounts = [{ namespace: 'default', serviceAccountName: 'csi-provisioner' }];
        new ProvisionerGrantAccess(chart, 'access', { serviceAccounts });
      }),
    );
    await cluster().storage.stopProvisioner();
    await cluster().storage.startProvisioner();
    await claimMustBeBound(cluster(), plain);

    // What the library gives is all that is missing from the stock rights.
    const source = await SourceVolume.make(cluster(), 'with-access');
    const { prod, dev } = source.sides;
    const clone = cloneOf(prod, SNAP, dev, 'clone');
    await cluster().api.applyAll([grant(prod, 'dev', grantSpec(dev, SNAP)), clone]);
    await source.mustBeClonedInto(clone);
  });
});
