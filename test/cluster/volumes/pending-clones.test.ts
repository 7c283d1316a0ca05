import { claimMustBePending, snapshotMustBeReady } from '../claims';
import { eventMustSay } from '../events';
import { SourceVolume } from '../grants/source-volume';
import { claim, cloneOf, grant, grantSpec, snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';
import { documented } from '../troubleshooting';

const cluster = runningCluster();

describe('a clone that is granted waits and says why', () => {
  test('while its snapshot has no content, because the source claim is missing', async () => {
    const { prod, dev } = (await SourceVolume.make(cluster(), 'no-content')).sides;
    const clone = cloneOf(prod, 'unbound', dev, 'clone');
    await cluster().api.applyAll([snapshot(prod, 'unbound', 'missing'), grant(prod, 'dev', grantSpec(dev, 'unbound')), clone]);
    const words = documented('error getting handle for DataSource Type VolumeSnapshot by Name snap: snapshot snap not bound', {
      snap: 'unbound',
    });
    await eventMustSay(cluster(), clone, 'ProvisioningFailed', words);
    await claimMustBePending(cluster(), clone);
  });

  test('while its snapshot is not ready, and is filled as soon as it is', async () => {
    const source = await SourceVolume.make(cluster(), 'not-ready');
    const { prod, dev } = source.sides;
    const clone = cloneOf(prod, 'unready', dev, 'clone');
    await cluster().storage.stopSnapshotter();
    await cluster().api.applyAll([snapshot(prod, 'unready', 'data'), grant(prod, 'dev', grantSpec(dev, 'unready')), clone]);
    const words = documented('error getting handle for DataSource Type VolumeSnapshot by Name snap: snapshot snap is not Ready', {
      snap: 'unready',
    });
    await eventMustSay(cluster(), clone, 'ProvisioningFailed', words);
    await claimMustBePending(cluster(), clone);

    await cluster().storage.startSnapshotter();
    await source.mustBeClonedInto(clone);
  });

  test('when it asks for less than its snapshot holds', async () => {
    const { prod, dev } = (await SourceVolume.make(cluster(), 'too-small')).sides;
    const big = snapshot(prod, 'big', 'big');
    await cluster().api.applyAll([claim(prod, 'big', { resources: { requests: { storage: '2Gi' } } }), big]);
    await snapshotMustBeReady(cluster(), big);
    const clone = cloneOf(prod, 'big', dev, 'clone');
    await cluster().api.applyAll([grant(prod, 'dev', grantSpec(dev, 'big')), clone]);
    const words = documented(
      'error getting handle for DataSource Type VolumeSnapshot by Name snap: requested volume size 1073741824 is less than the size 2147483648 for the source snapshot snap',
      { snap: 'big' },
    );
    await eventMustSay(cluster(), clone, 'ProvisioningFailed', words);
    await claimMustBePending(cluster(), clone);
  });
});
