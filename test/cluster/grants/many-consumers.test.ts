import { App, Chart, Size } from 'cdk8s';
import { SharedSnapshot } from '../../../src';
import type { ApiObject } from '../api/api-object';
import { theOnly } from '../constructs';
import { eventsAbout } from '../events';
import { namespace } from '../manifests';
import { refusalOf, verdict } from '../predicate';
import { runningCluster } from '../running-cluster';
import { STORAGE_CLASS } from '../storage-classes';
import { grantsMustBeKnown } from './grant-barrier';
import { SourceVolume } from './source-volume';

const cluster = runningCluster();

/** One share, and a chart for each of its consumers. */
function emitted(prod: string, consumers: readonly string[]): { readonly grants: ApiObject[]; readonly clones: ApiObject[] } {
  const app = new App();
  const owner = new Chart(app, 'owner');
  const share = new SharedSnapshot(owner, 'share', { namespace: prod, snapshotName: SourceVolume.SNAPSHOT });
  const charts = consumers.map((consumer) => {
    const chart = new Chart(app, consumer);
    share.cloneInto(chart, 'clone', { namespace: consumer, storageClassName: STORAGE_CLASS, storage: Size.gibibytes(1) });
    return chart;
  });
  return { grants: owner.toJson(), clones: charts.map((chart) => theOnly('PersistentVolumeClaim', chart.toJson())) };
}

describe('one snapshot', () => {
  test.each([17, 40])('fills claims in %i namespaces at their first try, with a grant for each', async (count) => {
    const source = await SourceVolume.make(cluster(), `consumers-${count}`);
    const { prod, dev } = source.sides;
    const consumers = Array.from({ length: count }, (_, index) => `${dev}-${index}`);
    const { grants, clones } = emitted(prod, consumers);
    expect(grants.map(({ kind }) => kind)).toEqual(consumers.map(() => 'ReferenceGrant'));
    expect(verdict([...clones, ...grants])).toBe(true);

    await cluster().api.applyAll([...consumers.map(namespace), ...grants]);
    await grantsMustBeKnown(cluster());
    await cluster().api.applyAll(clones);
    for (const clone of clones) {
      await source.mustBeClonedInto(clone);
      const failures = await eventsAbout(cluster(), clone, 'ProvisioningFailed');
      // Two claims at once may be in each other's way when the provisioner protects their source.
      expect(failures.filter((each) => each.includes(refusalOf(clone)))).toEqual([]);
    }
  });
});
