import { eventsAbout } from '../events';
import { cloneOf, grant, grantSpec, namespace } from '../manifests';
import { verdict } from '../predicate';
import { runningCluster } from '../running-cluster';
import { grantsMustBeKnown } from './grant-barrier';
import { SourceVolume } from './source-volume';

const SNAP = SourceVolume.SNAPSHOT;

const cluster = runningCluster();

describe('one snapshot', () => {
  test.each([17, 40])('fills claims in %i namespaces at their first try, with a grant for each', async (count) => {
    const source = await SourceVolume.make(cluster(), `consumers-${count}`);
    const { prod, dev } = source.sides;
    const consumers = Array.from({ length: count }, (_, index) => `${dev}-${index}`);
    const grants = consumers.map((consumer) => grant(prod, consumer, grantSpec(consumer, SNAP)));
    const clones = consumers.map((consumer) => cloneOf(prod, SNAP, consumer, 'clone'));
    expect(verdict([...clones, ...grants])).toBe(true);

    await cluster().api.applyAll([...consumers.map(namespace), ...grants]);
    await grantsMustBeKnown(cluster());
    await cluster().api.applyAll(clones);
    for (const clone of clones) {
      await source.mustBeClonedInto(clone);
      expect(await eventsAbout(cluster(), clone, 'ProvisioningFailed')).toEqual([]);
    }
  });
});
