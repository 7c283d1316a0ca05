import { setOf, verdictsOf } from '../../projenrc/demo/verdicts';
import { itsPodsAreFitForProduction } from './pod-rules';
import { mountersOf, ofKind, Synthesis, waveOf } from './synthesis';

const owner = new Synthesis('initial-data/owner');
const consumer = new Synthesis('initial-data/consumer');

/** Neither repository makes them: a job of the owner's does. */
const EXISTING = ['geodata-2026-10', 'geodata-2026-04'].map((name) => ({
  apiVersion: 'snapshot.storage.k8s.io/v1',
  kind: 'VolumeSnapshot',
  metadata: { name, namespace: 'geodata' },
}));

test.each([...owner.files])('%s of the owner is what it was', (_path, text) => {
  expect(text).toMatchSnapshot();
});

test.each([...consumer.files])('%s of the consumer is what it was', (_path, text) => {
  expect(text).toMatchSnapshot();
});

test('both repositories and the existing snapshots together: every reference resolves and is granted', () => {
  const verdicts = verdictsOf(setOf([...EXISTING, ...owner.objects(), ...consumer.objects()]));
  expect(verdicts.map(({ reference }) => reference.claim.namespace)).toEqual(['routing-dev', 'routing-staging']);
  expect(verdicts.flatMap((verdict) => verdict.faults)).toEqual([]);
});

test('the owner makes grants alone, one for each consumer namespace', () => {
  expect(owner.objects().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'ReferenceGrant geodata-to-routing-dev',
    'ReferenceGrant geodata-to-routing-staging',
    'ReferenceGrant geodata-to-search-dev',
  ]);
});

test('grants name the snapshots', () => {
  for (const { spec } of owner.objects()) {
    expect(spec.to.map(({ name }: { name: string }) => name)).toEqual(EXISTING.map(({ metadata }) => metadata.name));
  }
});

test("the consumer makes nothing in the owner's namespace", () => {
  expect(consumer.folders).toEqual(['routing-dev', 'routing-staging']);
  for (const folder of consumer.folders) {
    for (const { metadata } of consumer.objects(`${folder}/`)) expect(metadata.namespace).toBe(folder);
  }
});

test('the claim and the workload that mounts it are in one wave', () => {
  for (const claim of ofKind('PersistentVolumeClaim', consumer.objects())) {
    const mounters = mountersOf(claim, consumer.objects());
    expect(mounters.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Deployment postgis']);
    expect(mounters.map(waveOf)).toEqual([waveOf(claim)]);
    for (const { spec } of mounters) expect(spec.strategy).toEqual({ type: 'Recreate' });
  }
});

test('no Secret is committed', () => {
  expect(ofKind('Secret', [...owner.objects(), ...consumer.objects()])).toEqual([]);
});

itsPodsAreFitForProduction(() => consumer.objects());
