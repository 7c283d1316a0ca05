import { Size } from 'cdk8s';
import { SharedSnapshot } from '../../../src';
import { claimMustBeBound } from '../claims';
import { synthesizedApart, theOnly } from '../constructs';
import { stockProvisionerDeployment } from '../definitions';
import { SourceVolume } from '../grants/source-volume';
import { claim, namespace } from '../manifests';
import { runningCluster } from '../running-cluster';
import { STORAGE_CLASS } from '../storage-classes';
import { FollowedPage } from './followed-page';

const CAN_LIST = 'kubectl auth can-i list referencegrants.gateway.networking.k8s.io --as=system:serviceaccount:default:csi-provisioner';
const PROBE = `kubectl create -f probe.yaml --dry-run=server -o jsonpath='{.spec.dataSourceRef.namespace}'`;

/** The cluster of somebody who has never heard of the feature. */
const cluster = runningCluster({
  apiServerGate: false,
  provisionerGate: false,
  referenceGrantKind: false,
  provisionerAccess: 'stock',
});

/** A claim without any source, which must be bound at every moment of the way. */
async function plainClaimMustBind(name: string): Promise<void> {
  const plain = claim('dev', name);
  await cluster().api.apply(plain);
  await claimMustBeBound(cluster(), plain);
}

describe('docs/enable.md, done step by step on a control plane of plain processes,', () => {
  test('turns the feature on without stopping anybody, and turns it off without losing anything', async () => {
    const page = new FollowedPage(cluster(), 'docs/enable.md');
    // The Deployment stands for the process: a test restarts that with the arguments that the page has put there.
    await cluster().api.applyAll([namespace('dev'), ...stockProvisionerDeployment()]);
    await plainClaimMustBind('before');

    await page.follow('1. The kind ReferenceGrant');
    // The API server hears of a right a moment after it was given.
    await page.follow("2. The provisioner's rights, and the guard", CAN_LIST);
    await plainClaimMustBind('after-the-rights');

    const patched = await page.follow('3. The gate of csi-provisioner');
    const flag = (JSON.parse(patched.at(-1)!) as string[]).find((argument) => argument.startsWith('--feature-gates='));
    await cluster().storage.stopProvisioner();
    await cluster().storage.startProvisioner(flag!);
    await plainClaimMustBind('after-the-provisioner');

    // What the page shows is not so yet, and the guard says why.
    await expect(page.follow('5. See that it works')).rejects.toThrow('stage="ALPHA"} 0');
    await expect(page.execute(PROBE)).rejects.toThrow('its volume would be EMPTY');

    const [argument] = page.step('4. The gate of the API server');
    await cluster().controlPlane.restartApiserver(argument.text.trim());
    const seen = await page.follow('5. See that it works');
    expect(seen.at(-1)).toBe('prod');
    expect(page.step('5. See that it works').at(-2)?.text.trim()).toBe(PROBE);
    await plainClaimMustBind('after-the-api-server');

    const { source, clone } = await shared();
    await source.mustBeClonedInto(clone);

    await cluster().controlPlane.restartApiserver(false);
    await expect(page.execute(PROBE)).rejects.toThrow('its volume would be EMPTY');
    expect((await cluster().api.get(clone)).spec.dataSourceRef.namespace).toBe(source.sides.prod);
    await source.mustBeClonedInto(clone);
  });
});

async function shared() {
  const source = await SourceVolume.make(cluster(), 'enabled');
  const { prod, dev } = source.sides;
  const { owner, consumer } = synthesizedApart((ownerChart, consumerChart) => {
    const share = new SharedSnapshot(ownerChart, 'share', { namespace: prod, snapshotName: SourceVolume.SNAPSHOT });
    share.cloneInto(consumerChart, 'clone', { namespace: dev, storageClassName: STORAGE_CLASS, storage: Size.gibibytes(1) });
  });
  await cluster().api.applyAll([...owner, ...consumer]);
  return { source, clone: theOnly('PersistentVolumeClaim', consumer) };
}
