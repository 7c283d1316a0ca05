import { Size } from 'cdk8s';
import { ClonedVolumeClaim, CloneGuard, DataSource, Delivery, GuardAction, ReferenceGrant, SharedSnapshot } from '../../../src';
import { INTENT_ANNOTATION } from '../../../src/reference/intent';
import type { ApiObject } from '../api/api-object';
import { claimMustBeBound } from '../claims';
import { synthesized } from '../constructs';
import { SourceVolume } from '../grants/source-volume';
import { kubectl } from '../kubectl';
import { claim, cloneOf, grant, grantSpec } from '../manifests';
import { runningCluster } from '../running-cluster';
import { STORAGE_CLASS } from '../storage-classes';
import { checksumOf } from '../volume-content';
import { emptyText } from './guard-texts';
import { guardOfBlock, standingGuard } from './standing-guard';

const SNAP = SourceVolume.SNAPSHOT;
const WAYS = {
  'kubectl apply': ['apply'],
  'kubectl apply --server-side': ['apply', '--server-side'],
  'kubectl create': ['create'],
  'kubectl apply --dry-run=server': ['apply', '--dry-run=server'],
};

/** The library's own claim on an existing snapshot. */
function ourClaim(source: SourceVolume, name: string): ApiObject {
  const [found] = synthesized((chart) => {
    SharedSnapshot.fromName(chart, 'share', { namespace: source.sides.prod, snapshotName: SNAP }).cloneInto(chart, 'clone', {
      namespace: source.sides.dev,
      storageClassName: STORAGE_CLASS,
      storage: Size.gibibytes(1),
      metadata: { name },
      delivery: Delivery.plain(),
    });
  });
  return found;
}

const saying = (object: ApiObject, intent: string): ApiObject => ({
  ...object,
  metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [INTENT_ANNOTATION]: intent } },
});

const intentOf = (source: SourceVolume) => `VolumeSnapshot.snapshot.storage.k8s.io/${source.sides.prod}/${SNAP}`;

describe('with the gate of the API server off', () => {
  const cluster = runningCluster({ apiServerGate: false });

  async function mustNotExist(object: ApiObject): Promise<void> {
    expect(await cluster().api.find(object)).toBeUndefined();
  }

  describe('the guard without recording', () => {
    guardOfBlock(cluster, { recordIntent: false });

    test.each(Object.entries(WAYS))('refuses a claim of the library by %s, and no volume is made', async (way, args) => {
      const source = await SourceVolume.make(cluster(), way.replace(/[^a-z]+/g, '-'));
      const clone = ourClaim(source, 'clone');
      const { status, text } = kubectl(cluster(), args, clone);
      expect(status).not.toBe(0);
      expect(text).toContain(emptyText(clone, intentOf(source)));
      await mustNotExist(clone);
    });

    test('lets plain claims and restores in the own namespace pass', async () => {
      const source = await SourceVolume.make(cluster(), 'plain-and-local');
      const { prod, dev } = source.sides;
      const plain = claim(dev, 'plain');
      const local = claim(prod, 'local', { dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: SNAP } });
      await cluster().api.applyAll([plain, local]);
      await claimMustBeBound(cluster(), plain);
      await source.mustBeClonedInto(local);
    });

    test('refuses a claim whose annotation was made to name a local source', async () => {
      const source = await SourceVolume.make(cluster(), 'tampered');
      const tampered = saying(ourClaim(source, 'clone'), `VolumeSnapshot.snapshot.storage.k8s.io/${source.sides.dev}/${SNAP}`);
      await expect(cluster().api.create(tampered)).rejects.toThrow('its volume would be EMPTY');
      await mustNotExist(tampered);
    });

    test('does not see a claim of another author, which is bound and empty: the reason to record', async () => {
      const source = await SourceVolume.make(cluster(), 'foreign');
      const foreign = cloneOf(source.sides.prod, SNAP, source.sides.dev, 'clone');
      await cluster().api.applyAll([grant(source.sides.prod, 'dev', grantSpec(source.sides.dev, SNAP)), foreign]);
      await claimMustBeBound(cluster(), foreign);
      const empty = await checksumOf(await cluster().dataOf(source.sides.dev, 'clone'));
      await expect(source.mustBeClonedInto(foreign)).rejects.toThrow(empty);
    });
  });

  describe('the guard that records', () => {
    guardOfBlock(cluster, { recordIntent: true, metadata: { name: 'recording-guard' } });

    test.each(Object.entries(WAYS))('refuses a claim of another author by %s', async (way, args) => {
      const source = await SourceVolume.make(cluster(), `foreign-${way.replace(/[^a-z]+/g, '-')}`);
      const foreign = cloneOf(source.sides.prod, SNAP, source.sides.dev, 'clone');
      const { status, text } = kubectl(cluster(), args, foreign);
      expect(status).not.toBe(0);
      expect(text).toContain(emptyText(foreign, intentOf(source)));
      await mustNotExist(foreign);
    });

    test('never writes over an annotation, so that a tampered one is refused as before', async () => {
      const source = await SourceVolume.make(cluster(), 'tampered-recorded');
      const tampered = saying(ourClaim(source, 'clone'), 'VolumeSnapshot.snapshot.storage.k8s.io/other/other');
      await expect(cluster().api.create(tampered)).rejects.toThrow(
        'is to be filled from VolumeSnapshot.snapshot.storage.k8s.io/other/other',
      );
    });

    test('refuses a reference to the own namespace written out, which the API server drops as well', async () => {
      const source = await SourceVolume.make(cluster(), 'own-written-out');
      const own = cloneOf(source.sides.prod, SNAP, source.sides.prod, 'clone');
      await expect(cluster().api.create(own)).rejects.toThrow('its volume would be EMPTY');
    });

    test('refuses the claims that a reference to another claim makes', async () => {
      const source = await SourceVolume.make(cluster(), 'claim-source');
      const { prod, dev } = source.sides;
      const copy = claim(dev, 'copy', { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'data', namespace: prod } });
      await expect(cluster().api.create(copy)).rejects.toThrow(emptyText(copy, `PersistentVolumeClaim/${prod}/data`));
    });
  });
});

describe('a guard that warns, with the gate of the API server off', () => {
  const cluster = runningCluster({ apiServerGate: false });

  test('lets the claim through, and tells its author', async () => {
    const source = await SourceVolume.make(cluster(), 'warned');
    const objects = synthesizedWarning();
    await cluster().api.applyAll(objects);
    const clone = ourClaim(source, 'clone');
    await cluster().eventually('the guard to warn', () => {
      const { status, text } = kubectl(cluster(), ['create', '--dry-run=server'], clone);
      if (status !== 0 || !text.includes('Warning:')) throw new Error(`kubectl ended with ${status}: ${text}`);
    });
    const { status, text } = kubectl(cluster(), ['apply'], clone);
    expect({ status, warned: text.includes(emptyText(clone, intentOf(source))) }).toEqual({ status: 0, warned: true });
    await claimMustBeBound(cluster(), clone);
  });
});

describe('with the gate of the API server on', () => {
  const cluster = runningCluster();

  beforeAll(() => standingGuard(cluster(), { recordIntent: true, refuseUnannotated: true }));

  test('claims of the library and of others are filled; what the others meant is written down', async () => {
    const source = await SourceVolume.make(cluster(), 'both');
    const { prod, dev } = source.sides;
    const ours = ourClaim(source, 'ours');
    const theirs = cloneOf(prod, SNAP, dev, 'theirs');
    await cluster().api.applyAll([grant(prod, 'dev', grantSpec(dev, SNAP)), ours, theirs]);
    await source.mustBeClonedInto(ours);
    await source.mustBeClonedInto(theirs);
    expect((await cluster().api.get(theirs)).metadata.annotations).toMatchObject({ [INTENT_ANNOTATION]: intentOf(source) });
  });

  test('a copy of another claim is filled: the core group has no name', async () => {
    const source = await SourceVolume.make(cluster(), 'claim-to-claim');
    const { prod, dev } = source.sides;
    const [ours] = synthesized((chart) => {
      const dataSource = DataSource.claim(prod, 'data');
      const metadata = { name: 'ours', namespace: dev };
      new ClonedVolumeClaim(chart, 'ours', { metadata, dataSource, storageClassName: STORAGE_CLASS, storage: Size.gibibytes(1) });
    });
    const [open] = synthesized((chart) => {
      new ReferenceGrant(chart, 'open', { metadata: { name: 'dev', namespace: prod }, fromNamespaces: [dev], toClaims: ['data'] });
    });
    const theirs = claim(dev, 'theirs', { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'data', namespace: prod } });
    await cluster().api.applyAll([open, ours, theirs]);
    await source.mustBeClonedInto(ours);
    await source.mustBeClonedInto(theirs);
  });

  test.each([
    ['a volume that exists already', 'bound-by-hand', { volumeName: 'some-volume' }],
    ['no StorageClass at all', 'no-class', { storageClassName: '' }],
  ])('a claim of the library that asks for %s is refused: nothing would fill it', async (_, test, change) => {
    const source = await SourceVolume.make(cluster(), test);
    const clone = ourClaim(source, 'clone');
    const unfillable = { ...clone, spec: { ...clone.spec, ...change } };
    await expect(cluster().api.create(unfillable)).rejects.toThrow(
      `is to be filled from ${intentOf(source)}, but asks for a volume that exists already (spec.volumeName), or for none to be made (spec.storageClassName is empty): no provisioner would fill it.`,
    );
    expect(await cluster().api.find(unfillable)).toBeUndefined();
  });

  test('a claim that says one source and names another is refused', async () => {
    const source = await SourceVolume.make(cluster(), 'contradiction');
    const said = `VolumeSnapshot.snapshot.storage.k8s.io/${source.sides.prod}/other`;
    await expect(cluster().api.create(saying(ourClaim(source, 'clone'), said))).rejects.toThrow(
      `is to be filled from ${said} by its annotation ${INTENT_ANNOTATION}, but names ${intentOf(source)}: correct the one that is wrong`,
    );
  });
});

function synthesizedWarning(): ApiObject[] {
  return synthesized((chart) => new CloneGuard(chart, 'guard', { recordIntent: false, action: GuardAction.WARN }));
}
