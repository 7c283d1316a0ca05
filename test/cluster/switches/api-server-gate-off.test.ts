import { readdir } from 'node:fs/promises';
import { claimMustBeBound } from '../claims';
import { SourceVolume } from '../grants/source-volume';
import { claim, cloneOf, grant, grantSpec } from '../manifests';
import { runningCluster } from '../running-cluster';
import { documented } from '../troubleshooting';

const SNAP = SourceVolume.SNAPSHOT;
const METRIC = 'kubernetes_feature_enabled{name="CrossNamespaceVolumeDataSource",stage="ALPHA"}';

const cluster = runningCluster({ apiServerGate: false });

describe('with the gate of the API server off', () => {
  test('a clone across namespaces is bound and empty, without any error', async () => {
    const source = await SourceVolume.make(cluster(), 'empty');
    const { prod, dev } = source.sides;
    const clone = cloneOf(prod, SNAP, dev, 'clone');
    await cluster().api.applyAll([grant(prod, 'dev', grantSpec(dev, SNAP)), clone]);
    await claimMustBeBound(cluster(), clone);
    expect((await cluster().api.get(clone)).spec).not.toHaveProperty('dataSourceRef');
    expect(await readdir(await cluster().dataOf(dev, 'clone'))).toEqual([]);
  });

  test('a dry run returns the claim without its dataSourceRef, which is how to find out', async () => {
    const { prod, dev } = (await SourceVolume.make(cluster(), 'dry-run')).sides;
    const returned = await cluster().api.apply(cloneOf(prod, SNAP, dev, 'clone'), 'dryRun=All');
    expect(returned.spec).not.toHaveProperty('dataSourceRef');
  });

  test('the metric of the API server says so', async () => {
    const off = documented('kubernetes_feature_enabled{name="CrossNamespaceVolumeDataSource",stage="ALPHA"} 0');
    expect(`${METRIC} ${await cluster().api.metric(METRIC)}`).toBe(off);
  });

  test('a dataSource beside the dataSourceRef brings the data of the wrong namespace', async () => {
    const wanted = await SourceVolume.make(cluster(), 'wanted');
    const wrong = await SourceVolume.make(cluster(), 'wrong');
    const { dataSourceRef } = cloneOf(wanted.sides.prod, SNAP, wrong.sides.prod, 'clone').spec;
    const { apiGroup, kind, name } = dataSourceRef;
    const both = claim(wrong.sides.prod, 'clone', { dataSource: { apiGroup, kind, name }, dataSourceRef });
    await cluster().api.create(both);
    await wrong.mustBeClonedInto(both);
  });
});

describe('when the gate of the API server is turned on later', () => {
  test('an empty clone does not heal: applying it again is refused, it has to be made anew', async () => {
    const source = await SourceVolume.make(cluster(), 'too-late');
    const { prod, dev } = source.sides;
    const clone = cloneOf(prod, SNAP, dev, 'clone');
    await cluster().api.applyAll([grant(prod, 'dev', grantSpec(dev, SNAP)), clone]);
    await claimMustBeBound(cluster(), clone);

    await cluster().controlPlane.restartApiserver(true);
    expect(await cluster().api.metric(METRIC)).toBe('1');
    await expect(cluster().api.apply(clone)).rejects.toThrow(
      documented('spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims'),
    );

    const anew = cloneOf(prod, SNAP, dev, 'anew');
    await cluster().api.apply(anew);
    await source.mustBeClonedInto(anew);
  });
});
