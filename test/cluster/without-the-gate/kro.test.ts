import { handedOverContentName, handedOverSnapshotName } from '../../../src/reference/pre-provisioned';
import { readPage } from '../../docs/page';
import { ofKind, waveOf } from '../../examples/synthesis';
import { type ApiObject, addressOf } from '../api/api-object';
import { claimMustBeBound, claimMustBePending, mustBeGone, snapshotMustBeReady } from '../claims';
import { DRIVER_NAME } from '../driver/identity';
import { eventMustSay } from '../events';
import { SourceVolume } from '../grants/source-volume';
import { claim, grant, grantSpec, namespace, snapshot } from '../manifests';
import { STORAGE_CLASS_WHEN_USED } from '../storage-classes';
import { checksumOf, seedDirectory } from '../volume-content';
import {
  claimFrom,
  handedOver,
  handedOverContent,
  handedOverSnapshot,
  handoff,
  handoffMustSay,
  nothingMustBeHandedOver,
  sidesOf,
} from './handoffs';
import { clusterWithKro, example } from './running-kro';

const SNAP = SourceVolume.SNAPSHOT;
const cluster = clusterWithKro();

describe('with both gates off, and kro with the rights of its chart and of the example alone', () => {
  test('the example, as the cdk8s CLI writes it: the claim is bound and equal to the last byte', async () => {
    const classes = ['StorageClass', 'VolumeSnapshotClass'];
    const [storageClass, snapshotClass] = classes.map((kind) => ({ kind, metadata: { name: 'csi-fast' } }));
    const orders = claim('prod', 'orders', { storageClassName: 'csi-fast', resources: { requests: { storage: '10Gi' } } });
    await cluster().api.applyAll([
      { ...storageClass, apiVersion: 'storage.k8s.io/v1', provisioner: DRIVER_NAME },
      { ...snapshotClass, apiVersion: 'snapshot.storage.k8s.io/v1', driver: DRIVER_NAME, deletionPolicy: 'Delete' },
      ...['prod', 'dev'].map(namespace),
      orders,
    ]);
    await claimMustBeBound(cluster(), orders);
    const data = await cluster().dataOf('prod', 'orders');
    await seedDirectory(data, 'the orders of the example');

    await cluster().api.applyAll(example('prod'));
    const dev = example('dev').sort((one, other) => waveOf(one) - waveOf(other));
    expect(dev.map(({ kind }) => kind)).toEqual(['SnapshotHandoff', 'PersistentVolumeClaim']);
    await cluster().api.applyAll(dev);
    await claimMustBeBound(cluster(), dev[1]);
    expect(await checksumOf(await cluster().dataOf('dev', dev[1].metadata.name))).toBe(await checksumOf(data));
    await handoffMustSay(cluster(), dev[0], 'True', 'True');
  });

  test("the names are the library's, and the copy of the content keeps what is in the storage system", async () => {
    const { prod, dev, instance } = await handedOver(cluster(), 'names');
    const source = { namespace: prod, name: SNAP };
    const content = await cluster().api.get(handedOverContent(instance));
    expect(content.metadata.name).toBe(handedOverContentName(dev, source));
    expect(content.spec).toMatchObject({
      deletionPolicy: 'Retain',
      volumeSnapshotRef: { namespace: dev, name: handedOverSnapshotName(source) },
    });
  });

  test('kro sets back what would delete the snapshot of the owner', async () => {
    const { instance } = await handedOver(cluster(), 'set-back');
    await cluster().api.patch(handedOverContent(instance), { spec: { deletionPolicy: 'Delete' } });
    await cluster().eventually('the content to be retained again', async () => {
      const { spec } = await cluster().api.get(handedOverContent(instance));
      if (spec.deletionPolicy !== 'Retain') throw new Error(`its deletionPolicy is ${spec.deletionPolicy}`);
    });
  });

  test('a namespace without a grant gets nothing, and the instance says so; a grant that comes later is enough', async () => {
    const { source, prod, dev, instance, grant } = await sidesOf(cluster(), 'late-grant');
    const clone = claimFrom(instance, 'clone');
    await cluster().api.applyAll([instance, clone]);
    const [{ text }] = readPage('docs/kro.md').blocks.filter(({ language }) => language === 'text');
    const words = text.trimEnd().replace('prod/orders-2026-11-22', `${prod}/${SNAP}`).replace('from dev', `from ${dev}`);
    expect(await handoffMustSay(cluster(), instance, 'False', 'False')).toBe(words);
    await nothingMustBeHandedOver(cluster(), instance);
    await eventMustSay(cluster(), clone, 'ProvisioningFailed', 'not found');
    await claimMustBePending(cluster(), clone);

    await cluster().api.apply(grant);
    await source.mustBeClonedInto(clone);
    await handoffMustSay(cluster(), instance, 'True', 'True');
  });
});

describe('a revocation', () => {
  test('takes the content and the snapshot away, leaves the bound clone its data, and the owner the snapshot', async () => {
    const { source, instance, grant } = await handedOver(cluster(), 'revoked');
    const clone = claimFrom(instance, 'clone');
    await cluster().api.apply(clone);
    await source.mustBeClonedInto(clone);
    await cluster().api.delete(grant);
    await mustBeGone(cluster(), handedOverContent(instance));
    await mustBeGone(cluster(), handedOverSnapshot(instance));
    await handoffMustSay(cluster(), instance, 'False', 'False');
    await source.mustBeClonedInto(clone);

    // Given again, the data is still there.
    await cluster().api.apply(grant);
    const again = claimFrom(instance, 'again');
    await cluster().api.apply(again);
    await source.mustBeClonedInto(again);
  });

  test('does not wait for a source that is gone', async () => {
    const { source, instance, grant } = await handedOver(cluster(), 'gone');
    await cluster().api.delete(source.snapshot);
    await handoffMustSay(cluster(), instance, 'True', 'False', 'waiting for external reference "source": not found');
    await snapshotMustBeReady(cluster(), handedOverSnapshot(instance) as ApiObject);
    const tooLate = claimFrom(instance, 'too-late');
    await cluster().api.apply(tooLate);
    await eventMustSay(cluster(), tooLate, 'ProvisioningFailed', 'NotFound');
    await cluster().api.delete(tooLate);
    await cluster().api.delete(grant);
    await mustBeGone(cluster(), handedOverContent(instance));
    await mustBeGone(cluster(), handedOverSnapshot(instance));
  });

  test('with a claim that still waits: the snapshot stays until that claim is deleted, and the claim is not filled', async () => {
    const { instance, grant } = await handedOver(cluster(), 'waiting');
    const waiting = claimFrom(instance, 'waiting', { storageClassName: STORAGE_CLASS_WHEN_USED });
    const late = claimFrom(instance, 'late');
    await cluster().api.apply(waiting);
    // The snapshot controller knows of this claim once it has taken a snapshot of one that was made later.
    await SourceVolume.make(cluster(), 'made-later');
    await cluster().api.delete(grant);
    await cluster().eventually('the snapshot to be on its way out', async () => {
      expect((await cluster().api.get(handedOverSnapshot(instance))).metadata.deletionTimestamp).toBeDefined();
    });
    await cluster().api.apply(late);
    await eventMustSay(cluster(), late, 'ProvisioningFailed', 'is being deleted');
    await cluster().api.delete(waiting);
    await cluster().api.delete(late);
    await mustBeGone(cluster(), handedOverSnapshot(instance));
    await mustBeGone(cluster(), handedOverContent(instance));
  });
});

describe('what is not there yet, or no longer', () => {
  test('a source that is taken later is waited for', async () => {
    const { prod, dev } = { prod: 'prod-early', dev: 'dev-early' };
    const instance = handoff(dev, 'orders', prod, SNAP);
    const data = claim(prod, 'data');
    await cluster().api.applyAll([namespace(prod), namespace(dev), data, grant(prod, 'dev', grantSpec(dev, SNAP)), instance]);
    await handoffMustSay(cluster(), instance, 'True', 'False', 'waiting for external reference "source": not found');
    await nothingMustBeHandedOver(cluster(), instance);
    await claimMustBeBound(cluster(), data);
    await cluster().api.apply(snapshot(prod, SNAP, 'data'));
    await handoffMustSay(cluster(), instance, 'True', 'True');
  });

  test('a source that was made anew under its old name is not handed over under that name', async () => {
    const { source, instance } = await handedOver(cluster(), 'anew');
    const { spec } = await cluster().api.get(handedOverContent(instance));
    await cluster().api.delete(source.snapshot);
    await mustBeGone(cluster(), source.snapshot);
    await cluster().api.apply(source.snapshot);
    await snapshotMustBeReady(cluster(), source.snapshot);
    await handoffMustSay(cluster(), instance, 'True', 'False', 'immutable');
    expect((await cluster().api.get(handedOverContent(instance))).spec.source).toEqual(spec.source);
  });

  test('a source whose content does not say its volume mode is waited for', async () => {
    const { source, prod, dev } = await sidesOf(cluster(), 'no-mode');
    const bound = addressOf(
      'snapshot.storage.k8s.io/v1',
      'VolumeSnapshotContent',
      (await cluster().api.get(source.snapshot)).status.boundVolumeSnapshotContentName,
    );
    const { snapshotHandle } = (await cluster().api.get(bound)).status;
    const byHand = { ...snapshot(prod, 'by-hand', ''), spec: { source: { volumeSnapshotContentName: 'by-hand' } } };
    const volumeSnapshotRef = { namespace: prod, name: 'by-hand' };
    const content = { ...bound, metadata: { name: 'by-hand' } };
    const instance = handoff(dev, 'by-hand', prod, 'by-hand');
    await cluster().api.applyAll([
      { ...content, spec: { deletionPolicy: 'Retain', driver: DRIVER_NAME, source: { snapshotHandle }, volumeSnapshotRef } },
      byHand,
      grant(prod, 'dev', grantSpec(dev, 'by-hand')),
      instance,
    ]);
    await snapshotMustBeReady(cluster(), byHand);
    await handoffMustSay(cluster(), instance, 'True', 'False', 'sourceVolumeMode');
    expect(await cluster().api.find(handedOverContent(instance))).toBeUndefined();
  });

  test('a handed-over snapshot that somebody deletes is made again, and bound again', async () => {
    const { source, instance } = await handedOver(cluster(), 'remade');
    const { metadata } = await cluster().api.get(handedOverSnapshot(instance));
    await cluster().api.delete(handedOverSnapshot(instance));
    await cluster().eventually('another snapshot of the name', async () => {
      expect((await cluster().api.get(handedOverSnapshot(instance))).metadata.uid).not.toBe(metadata.uid);
    });
    const clone = claimFrom(instance, 'clone');
    await cluster().api.apply(clone);
    await source.mustBeClonedInto(clone);
  });

  test('with the instance goes what was handed over; the snapshot of the owner stays, and can be handed over again', async () => {
    const { source, instance } = await handedOver(cluster(), 'deleted');
    await cluster().api.delete(instance);
    await mustBeGone(cluster(), instance);
    await mustBeGone(cluster(), handedOverContent(instance));
    await mustBeGone(cluster(), handedOverSnapshot(instance));
    await cluster().api.apply(instance);
    const clone = claimFrom(instance, 'clone');
    await cluster().api.apply(clone);
    await source.mustBeClonedInto(clone);
  });

  test('with the namespace of the consumer goes the content', async () => {
    const { dev, instance } = await handedOver(cluster(), 'namespace');
    await cluster().api.delete(addressOf('v1', 'Namespace', dev));
    await mustBeGone(cluster(), handedOverContent(instance));
  });
});

// The last one: nothing is handed over after it.

test('without its definition, kro leaves what it has handed over', async () => {
  const { source, instance } = await handedOver(cluster(), 'left');
  const [definition] = ofKind('ResourceGraphDefinition', example('platform')) as ApiObject[];
  await cluster().api.delete(definition);
  await mustBeGone(cluster(), definition);
  const clone = claimFrom(instance, 'clone');
  await cluster().api.apply(clone);
  await source.mustBeClonedInto(clone);
});
