import { claimMustBeBound } from '../claims';
import { SourceVolume } from '../grants/source-volume';
import { claim, cloneOf, grant, grantSpec, namespace } from '../manifests';
import { runningCluster } from '../running-cluster';
import { allProvisioningMustStall } from './stalled-provisioner';

const SNAP = SourceVolume.SNAPSHOT;
const RBAC = 'rbac.authorization.k8s.io';

const cluster = runningCluster({ provisionerAccess: 'stock' });

describe('with the gate of the provisioner on and its stock rights, which do not let it read ReferenceGrants', () => {
  test('even a claim without any source waits in silence until the right is given', async () => {
    const plain = claim('plain', 'data');
    await cluster().api.applyAll([namespace('plain'), plain]);
    await allProvisioningMustStall(
      cluster(),
      plain,
      'User "system:serviceaccount:default:csi-provisioner" cannot list resource "referencegrants" in API group "gateway.networking.k8s.io" at the cluster scope',
    );

    const name = 'provisioner-reads-reference-grants';
    await cluster().api.applyAll([
      {
        apiVersion: `${RBAC}/v1`,
        kind: 'ClusterRole',
        metadata: { name },
        rules: [{ apiGroups: ['gateway.networking.k8s.io'], resources: ['referencegrants'], verbs: ['get', 'list', 'watch'] }],
      },
      {
        apiVersion: `${RBAC}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
        subjects: [{ kind: 'ServiceAccount', name: 'csi-provisioner', namespace: 'default' }],
      },
    ]);
    await cluster().storage.stopProvisioner();
    await cluster().storage.startProvisioner();
    await claimMustBeBound(cluster(), plain);

    // Nothing else is missing from the stock rights.
    const source = await SourceVolume.make(cluster(), 'with-access');
    const { prod, dev } = source.sides;
    const clone = cloneOf(prod, SNAP, dev, 'clone');
    await cluster().api.applyAll([grant(prod, 'dev', grantSpec(dev, SNAP)), clone]);
    await source.mustBeClonedInto(clone);
  });
});
