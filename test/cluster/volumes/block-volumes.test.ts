import { stat } from 'node:fs/promises';
import { claimMustBeBound, snapshotMustBeReady } from '../claims';
import { eventMustSay } from '../events';
import { claim, cloneOf, grant, grantSpec, namespace, snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';
import { checksumOf, seedBlock } from '../volume-content';

const BLOCK = { volumeMode: 'Block', resources: { requests: { storage: '64Mi' } } };

const cluster = runningCluster();

describe('a block volume', () => {
  test('is cloned across namespaces byte by byte, holes included; a claim for a file system is refused', async () => {
    const source = claim('prod', 'disk', BLOCK);
    const taken = snapshot('prod', 'snap', 'disk');
    await cluster().api.applyAll([namespace('prod'), namespace('dev'), source]);
    await claimMustBeBound(cluster(), source);
    const disk = await cluster().dataOf('prod', 'disk');
    await seedBlock(disk, 'a boot image');
    await cluster().api.applyAll([taken, grant('prod', 'dev', grantSpec('dev', 'snap'))]);
    await snapshotMustBeReady(cluster(), taken);

    const clone = cloneOf('prod', 'snap', 'dev', 'clone');
    Object.assign(clone.spec, BLOCK);
    await cluster().api.apply(clone);
    await claimMustBeBound(cluster(), clone);
    const copy = await cluster().dataOf('dev', 'clone');
    expect(await checksumOf(copy)).toBe(await checksumOf(disk));
    expect((await stat(copy)).blocks).toBeLessThan((await stat(copy)).size / 512 / 10);

    const files = cloneOf('prod', 'snap', 'dev', 'files');
    await cluster().api.apply(files);
    await eventMustSay(
      cluster(),
      files,
      'ProvisioningFailed',
      'modifies the mode of the source volume but does not have permission to do so',
    );
  });
});
