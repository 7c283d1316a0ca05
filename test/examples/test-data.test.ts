import { App, Chart } from 'cdk8s';
import { Runner } from '../../examples/test-data/runner';
import { TestData } from '../../examples/test-data/test-data';
import { setOf, verdictsOf } from '../../projenrc/demo/verdicts';
import { itsPodsAreFitForProduction } from './pod-rules';
import { type KubernetesObject, mountersOf, ofKind, podOf, Synthesis, waveOf } from './synthesis';

const synthesis = new Synthesis('test-data');
const all = synthesis.objects();
const owner = synthesis.objects('test-data/');
const runners = synthesis.folders.filter((folder) => folder !== 'test-data');
const [firstRunner] = runners;

test.each([...synthesis.files].filter(([path]) => !path.startsWith('ci-') || path.startsWith(`${firstRunner}/`)))(
  '%s is what it was',
  (_path, text) => {
    expect(text).toMatchSnapshot();
  },
);

test('runners differ in nothing but their namespace', () => {
  const first = anonymous(firstRunner);
  for (const runner of runners) expect(anonymous(runner)).toEqual(first);
});

test('there are more runners than one ReferenceGrant could list, each in a namespace and a folder of its own', () => {
  expect(runners.length).toBeGreaterThan(16);
  for (const runner of runners) {
    for (const { metadata } of synthesis.objects(`${runner}/`)) expect(metadata.namespace).toBe(runner);
  }
});

test('every reference resolves and is granted', () => {
  const verdicts = verdictsOf(setOf(all));
  expect(verdicts.map(({ reference }) => reference.claim.namespace).sort()).toEqual(runners);
  expect(verdicts.flatMap((verdict) => verdict.faults)).toEqual([]);
});

test('each runner has a grant of its own, for the builds on offer and nothing else', () => {
  const grants = ofKind('ReferenceGrant', owner);
  expect(grants.map(({ metadata }) => metadata.name).sort()).toEqual(runners.map((runner) => `orders-to-${runner}`));
  const snapshots = ofKind('VolumeSnapshot', owner).map(({ metadata }) => metadata.name);
  for (const { spec } of grants) expect(spec.to.map(({ name }: { name: string }) => name).sort()).toEqual(snapshots.sort());
});

test('the database is built, then copied: the snapshot comes a wave after the Job that fills its source', () => {
  const [source] = ofKind('PersistentVolumeClaim', owner);
  const mounters = mountersOf(source, owner);
  expect(mounters.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Job prepare-2026-11']);
  expect(new Set([source, ...mounters].map(waveOf))).toEqual(new Set([0]));
  expect(new Set(ofKind('VolumeSnapshot', owner).map(waveOf))).toEqual(new Set([1]));
  expect(new Set(ofKind('ReferenceGrant', owner).map(waveOf))).toEqual(new Set([-1]));
});

test.each(runners)('%s mounts its copy, in the wave of the claim', (runner) => {
  const objects = synthesis.objects(`${runner}/`);
  const [claim] = ofKind('PersistentVolumeClaim', objects);
  const mounters = mountersOf(claim, objects);
  expect(mounters.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Deployment orders']);
  expect(mounters.map(waveOf)).toEqual([waveOf(claim)]);
  for (const { spec } of mounters) expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
});

test('both sides run the same PostgreSQL', () => {
  const images = new Set(all.flatMap((object) => podOf(object)?.containers ?? []).map(({ image }) => image));
  expect(images.size).toBe(1);
});

test('an empty volume is no database to a runner: the entrypoint that would make one is not run', () => {
  for (const deployment of ofKind('Deployment', all)) {
    const [{ command }] = podOf(deployment).containers;
    expect(command).toEqual(['bash', '/etc/test-data/serve.sh']);
  }
});

test('nobody outside of its namespace reaches a database', () => {
  for (const { spec } of ofKind('NetworkPolicy', all)) {
    expect(spec.ingress).toEqual([{ from: [{ podSelector: {} }], ports: [{ port: 5432, protocol: 'TCP' }] }]);
  }
  expect(ofKind('NetworkPolicy', all)).toHaveLength(runners.length);
});

itsPodsAreFitForProduction(() => all);

describe('a change of the list of runners', () => {
  test('by one who leaves removes that namespace and that grant, and changes nothing else', () => {
    const [before, after] = [made(['2026-11'], ['ash', 'elm', 'oak']), made(['2026-11'], ['oak', 'ash'])];
    const gone = [...before.keys()].filter((key) => !after.has(key));
    expect(gone.filter((key) => !key.includes(' ci-elm/'))).toEqual(['ReferenceGrant test-data/orders-to-ci-elm']);
    for (const [key, object] of after) expect(object).toEqual(before.get(key));
  });
});

describe('a new build', () => {
  const [before, after] = [made(['b', 'a'], ['ash']), made(['c', 'b'], ['ash'])];

  test('is another Job and another claim, and no other workload', () => {
    expect([...before.keys()].filter((key) => !after.has(key))).toEqual([
      'Job test-data/prepare-b',
      'VolumeSnapshot test-data/orders-a',
      'PersistentVolumeClaim ci-ash/orders-b',
    ]);
    expect([...after.keys()].filter((key) => !before.has(key))).toEqual([
      'Job test-data/prepare-c',
      'VolumeSnapshot test-data/orders-c',
      'PersistentVolumeClaim ci-ash/orders-c',
    ]);
  });

  test('resolves and is granted', () => {
    expect(verdictsOf(setOf([...after.values()])).flatMap((verdict) => verdict.faults)).toEqual([]);
  });
});

/** The files of a runner, without what says whose they are: its name, and the hash of it in the selectors. */
function anonymous(runner: string): [path: string, text: string][] {
  return [...synthesis.files]
    .filter(([path]) => path.startsWith(`${runner}/`))
    .map(
      ([path, text]) =>
        [path, text].map((each) => each.replaceAll(new RegExp(`${runner}(-database-\\w{8})?`, 'g'), 'ci')) as [string, string],
    );
}

function made(generations: string[], runnerNames: string[]): Map<string, KubernetesObject> {
  const app = new App();
  const { orders } = new TestData(app, 'test-data', generations);
  for (const name of runnerNames) new Runner(app, `ci-${name}`, orders);
  const objects: KubernetesObject[] = app.node.children.filter(Chart.isChart).flatMap((chart) => chart.toJson());
  return new Map(objects.map((object) => [`${object.kind} ${object.metadata.namespace}/${object.metadata.name}`, object]));
}
