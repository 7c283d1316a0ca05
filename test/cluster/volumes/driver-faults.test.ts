import { status } from '@grpc/grpc-js';
import { claimMustBeBound } from '../claims';
import { eventMustSay } from '../events';
import { SourceVolume } from '../grants/source-volume';
import { claim, cloneOf, grant, grantSpec, namespace } from '../manifests';
import { runningCluster } from '../running-cluster';

const SNAP = SourceVolume.SNAPSHOT;

const cluster = runningCluster();

afterEach(() => cluster().driver.faults.clear());

/** How many volumes the driver keeps for the PersistentVolume of this claim. */
async function volumesOf(uid: string): Promise<number> {
  const volumes = await cluster().driver.volumes.all();
  return volumes.filter(({ name }) => name === `pvc-${uid}`).length;
}

function createCallsFor(uid: string): number {
  return cluster().driver.faults.calls.filter(({ method, request }) => method === 'CreateVolume' && request.name === `pvc-${uid}`).length;
}

describe('a clone is made once, with the right bytes', () => {
  test.each([
    ['before', false],
    ['after', true],
  ])('when the driver fails twice %s it did its work', async (when, afterWork) => {
    const source = await SourceVolume.make(cluster(), `fails-${when}`);
    const { prod, dev } = source.sides;
    const clone = cloneOf(prod, SNAP, dev, 'clone');
    cluster().driver.faults.set('CreateVolume', { times: 2, code: status.UNAVAILABLE, afterWork });
    await cluster().api.applyAll([grant(prod, 'dev', grantSpec(dev, SNAP)), clone]);
    await source.mustBeClonedInto(clone);
    const uid = (await cluster().api.get(clone)).metadata.uid!;
    expect(createCallsFor(uid)).toBe(3);
    expect(await volumesOf(uid)).toBe(1);
  });

  test('when the driver is gone while the claim is made', async () => {
    const source = await SourceVolume.make(cluster(), 'gone');
    const { prod, dev } = source.sides;
    const clone = cloneOf(prod, SNAP, dev, 'clone');
    await cluster().storage.withoutDriver(async () => {
      await cluster().api.applyAll([grant(prod, 'dev', grantSpec(dev, SNAP)), clone]);
      await eventMustSay(cluster(), clone, 'ExternalProvisioning', 'Waiting for a volume to be created');
    });
    await source.mustBeClonedInto(clone);
    expect(await volumesOf((await cluster().api.get(clone)).metadata.uid!)).toBe(1);
  });

  test('when the driver is slow', async () => {
    const plain = claim('slow', 'data');
    cluster().driver.faults.set('CreateVolume', { times: 1, delayMs: 1500 });
    await cluster().api.applyAll([namespace('slow'), plain]);
    await claimMustBeBound(cluster(), plain);
    expect(await volumesOf((await cluster().api.get(plain)).metadata.uid!)).toBe(1);
  });
});
