import type { ApiObject } from '../api/api-object';
import { SourceVolume } from '../grants/source-volume';
import { kubectl } from '../kubectl';
import { cloneOf, grant, grantSpec, namespace, snapshot } from '../manifests';
import { verdict } from '../predicate';
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
import { clusterWithKro } from './running-kro';

const SNAP = SourceVolume.SNAPSHOT;
const cluster = clusterWithKro();

describe('what a consumer can do:', () => {
  test('an instance in a third namespace hands nothing over to the granted one, nor to its own', async () => {
    const { prod, dev, grant } = await sidesOf(cluster(), 'third');
    const third = handoff('third', 'orders', prod, SNAP);
    await cluster().api.applyAll([namespace('third'), grant, third]);
    await handoffMustSay(cluster(), third, 'False', 'False');
    await nothingMustBeHandedOver(cluster(), third);
    await nothingMustBeHandedOver(cluster(), { ...third, metadata: { name: 'orders', namespace: dev } });
    const aimed = { ...third, spec: { ...third.spec, targetNamespace: dev } };
    await expect(cluster().api.apply(aimed, 'fieldValidation=Strict')).rejects.toThrow(
      '.spec.targetNamespace: field not declared in schema',
    );
  });

  test('a consumer needs no right beyond the instances of its own namespace', async () => {
    const { dev, grant, instance } = await sidesOf(cluster(), 'rights');
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'snapshothandoff-edit' };
    const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'anna', namespace: dev } };
    await cluster().api.applyAll([grant, { ...binding, roleRef, subjects: [{ kind: 'User', name: 'anna' }] }, namespace('rights-third')]);
    const asAnna = (object: ApiObject) => kubectl(cluster(), ['create', '--as', 'anna'], object);
    expect(asAnna({ ...instance, metadata: { name: 'orders', namespace: 'rights-third' } }).text).toContain('is forbidden');
    expect(asAnna({ ...handedOverContent(instance), spec: {} } as ApiObject).text).toContain('is forbidden');
    await cluster().eventually('anna to be allowed', () => expect(asAnna(instance)).toMatchObject({ status: 0 }));
    await handoffMustSay(cluster(), instance, 'True', 'True');
  });
});

describe('grants', () => {
  const pvc = (consumer: string) => ({ group: '', kind: 'PersistentVolumeClaim', namespace: consumer });
  const snap = (name?: string) => ({ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', ...(name ? { name } : {}) });
  const CONSUMER = 'dev-grants';

  /** By their name, which becomes a part of the source's namespace: the grants, as `[from, to]`. */
  const shapes: Readonly<Record<string, readonly (readonly [object, object])[]>> = {
    none: [],
    exact: [[pvc(CONSUMER), snap(SNAP)]],
    'every-snapshot': [[pvc(CONSUMER), snap()]],
    'other-snapshot': [[pvc(CONSUMER), snap('other')]],
    'longer-name': [[pvc(CONSUMER), snap(`${SNAP}-2`)]],
    'other-consumer': [[pvc('dev-other'), snap(SNAP)]],
    'other-claimant': [[{ group: 'apps', kind: 'StatefulSet', namespace: CONSUMER }, snap(SNAP)]],
    'claimant-of-another-group': [[{ group: 'v1', kind: 'PersistentVolumeClaim', namespace: CONSUMER }, snap(SNAP)]],
    'source-of-another-group': [[pvc(CONSUMER), { group: 'example.com', kind: 'VolumeSnapshot', name: SNAP }]],
    'source-of-another-kind': [[pvc(CONSUMER), { group: 'snapshot.storage.k8s.io', kind: 'VolumeGroupSnapshot', name: SNAP }]],
    'two-halves': [
      [pvc(CONSUMER), snap('other')],
      [pvc('dev-other'), snap(SNAP)],
    ],
    'one-of-two': [
      [pvc('dev-other'), snap('other')],
      [pvc(CONSUMER), snap(SNAP)],
    ],
  };

  test('allow and refuse what they allow and refuse everywhere else in this library', async () => {
    await cluster().api.apply(namespace(CONSUMER));
    const said: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [shape, pairs] of Object.entries(shapes)) {
      const prod = `prod-${shape}`;
      const grants = pairs.map(([from, to], index) => grant(prod, `grant-${index}`, { from: [from], to: [to] }));
      await cluster().api.applyAll([namespace(prod), ...grants, handoff(CONSUMER, shape, prod, SNAP)]);
      expected[shape] = verdict([cloneOf(prod, SNAP, CONSUMER, 'clone'), ...grants]) ? 'True' : 'False';
    }
    expect(
      Object.entries(expected)
        .filter(([, word]) => word === 'True')
        .map(([shape]) => shape),
    ).toEqual(['exact', 'every-snapshot', 'one-of-two']);
    for (const shape of Object.keys(shapes)) {
      said[shape] = await conditionOf(handoff(CONSUMER, shape, '', ''), 'Granted');
    }
    expect(said).toEqual(expected);
  });

  test("of the consumer's own namespace, and of no namespace, do not count", async () => {
    const { dev, instance } = await sidesOf(cluster(), 'own-grant');
    await cluster().api.applyAll([grant(dev, 'mine', grantSpec(dev, SNAP)), instance]);
    await handoffMustSay(cluster(), instance, 'False', 'False');
    await nothingMustBeHandedOver(cluster(), instance);
    // kro reads an empty namespace as all of them.
    for (const spec of [{ sourceNamespace: '', sourceName: SNAP }, { sourceName: SNAP }]) {
      await expect(cluster().api.apply({ ...handoff(dev, 'unnamed', '', ''), spec })).rejects.toThrow('spec.sourceNamespace');
    }
  });

  async function conditionOf(instance: ApiObject, type: string): Promise<string> {
    return cluster().eventually(`the condition ${type} of ${instance.metadata.name}`, async () => {
      const { status } = await cluster().api.get(instance);
      const { status: word } = status.conditions.find((condition: { type: string }) => condition.type === type);
      return word;
    });
  }
});

test('a consumer can hand on what it was given, by a grant of its own', async () => {
  const { source, dev, instance } = await handedOver(cluster(), 'hand-on');
  const name = handedOverSnapshot(instance).metadata.name;
  const next = handoff('next', 'orders', dev, name);
  await cluster().api.applyAll([namespace('next'), grant(dev, 'next', grantSpec('next', name)), next]);
  await handoffMustSay(cluster(), next, 'True', 'True');
  const clone = claimFrom(next, 'clone');
  await cluster().api.apply(clone);
  await source.mustBeClonedInto(clone);
});

test("a snapshot whose forged status names somebody else's content is not handed over", async () => {
  const { source, dev } = await sidesOf(cluster(), 'forged');
  const { status } = await cluster().api.get(source.snapshot);
  const forged = snapshot(dev, 'forged', 'none');
  const instance = handoff(dev, 'forged', dev, 'forged');
  await cluster().api.applyAll([forged, grant(dev, 'mine', grantSpec(dev, 'forged')), instance]);
  await handoffMustSay(cluster(), instance, 'True', 'False');
  const claimed = { boundVolumeSnapshotContentName: status.boundVolumeSnapshotContentName, readyToUse: true, error: null };
  // It would undo the forgery at once.
  await cluster().storage.stopSnapshotController();
  await cluster().api.patch(forged, { status: claimed }, '/status');
  await cluster().eventually('kro to take the snapshot for one that is ready', async () => {
    const words = await handoffMustSay(cluster(), instance, 'True', 'False', 'waiting for external reference "made"');
    expect(words).not.toContain('"source"');
  });
  await nothingMustBeHandedOver(cluster(), instance);
  await cluster().storage.startSnapshotController();
});
