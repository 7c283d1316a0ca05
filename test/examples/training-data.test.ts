import { App, Chart } from 'cdk8s';
import { Tickets } from '../../examples/training-data/tickets';
import { Training } from '../../examples/training-data/training';
import { setOf, verdictsOf } from '../../projenrc/demo/verdicts';
import { itsPodsAreFitForProduction } from './pod-rules';
import { type KubernetesObject, mountersOf, ofKind, podOf, Synthesis, waveOf } from './synthesis';

const synthesis = new Synthesis('training-data');
const all = synthesis.objects();
const owner = synthesis.objects('tickets/');
const TRAININGS = ['triage-next', 'triage-release'];
const jobs = ofKind('Job', all);

test.each([...synthesis.files])('%s is what it was', (_path, text) => {
  expect(text).toMatchSnapshot();
});

test('the share and each training are folders of their own, for Applications of their own', () => {
  expect(synthesis.folders).toEqual(['tickets', ...TRAININGS]);
  for (const { metadata } of owner) expect(metadata.namespace).toBe('datasets');
  for (const training of TRAININGS) for (const { metadata } of synthesis.objects(`${training}/`)) expect(metadata.namespace).toBe(training);
});

test('every reference resolves and is granted', () => {
  const verdicts = verdictsOf(setOf(all));
  expect(verdicts.map(({ reference }) => reference.claim.namespace)).toEqual(TRAININGS);
  expect(verdicts.flatMap((verdict) => verdict.faults)).toEqual([]);
});

test('the share is snapshots and grants alone, in one wave, before the claims', () => {
  expect(new Set(owner.map(({ kind }) => kind))).toEqual(new Set(['ReferenceGrant', 'VolumeSnapshot']));
  expect(new Set(owner.map(waveOf))).toEqual(new Set([-1]));
});

test('one training follows the newest version, the other one stays with the version that it pins', () => {
  expect(sourcesOf(all)).toEqual({ 'triage-next': 'tickets-v7', 'triage-release': 'tickets-v6' });
});

test('many pods read one copy at once, and nobody can write', () => {
  for (const training of TRAININGS) {
    const objects = synthesis.objects(`${training}/`);
    const [claim] = ofKind('PersistentVolumeClaim', objects);
    expect(claim.spec.accessModes).toEqual(['ReadOnlyMany']);
    const [job, ...others] = mountersOf(claim, objects);
    expect(others).toEqual([]);
    expect(waveOf(job)).toBe(waveOf(claim));
    expect(job.spec).toMatchObject({ completionMode: 'Indexed', completions: 10, parallelism: 10 });
    const { containers, volumes } = podOf(job);
    expect(volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: claim.metadata.name, readOnly: true } });
    expect(containers[0].volumeMounts).toContainEqual({ name: 'data', mountPath: '/data', readOnly: true });
  }
});

test('a Job tells its pods which version they read, and in how many parts', () => {
  for (const { metadata, spec } of jobs) {
    const env = Object.fromEntries(
      spec.template.spec.containers[0].env.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    expect(metadata.name).toBe(`train-1-${env.DATASET}`);
    expect(env.FOLDS).toBe(String(spec.completions));
  }
});

itsPodsAreFitForProduction(() => all);

describe('a new version', () => {
  const [before, after] = [made(['v7', 'v6']), made(['v8', 'v7', 'v6'])];
  const namesIn = (objects: KubernetesObject[], namespace: string) =>
    objects.filter(({ metadata }) => metadata.namespace === namespace).map(({ kind, metadata }) => `${kind} ${metadata.name}`);

  test('is a new claim and a new Job for who follows the newest: the template of a Job never changes', () => {
    expect(namesIn(before, 'next').filter((name) => !namesIn(after, 'next').includes(name))).toEqual([
      'PersistentVolumeClaim tickets-v7',
      'Job train-1-tickets-v7',
    ]);
    expect(namesIn(after, 'next').filter((name) => !namesIn(before, 'next').includes(name))).toEqual([
      'PersistentVolumeClaim tickets-v8',
      'Job train-1-tickets-v8',
    ]);
  });

  test('changes nothing for who has pinned one', () => {
    const [then, now] = [before, after].map((objects) => objects.filter(({ metadata }) => metadata.namespace === 'pinned'));
    expect(now).toEqual(then);
  });

  test('resolves and is granted', () => {
    expect(verdictsOf(setOf(after)).flatMap((verdict) => verdict.faults)).toEqual([]);
  });
});

test('a pin on a version that is not on offer is an error at synthesis', () => {
  expect(() => made(['v8', 'v7'])).toThrow("does not offer the generation 'v6', it offers 'v8', 'v7'");
});

function sourcesOf(objects: KubernetesObject[]): Record<string, string> {
  return Object.fromEntries(
    ofKind('PersistentVolumeClaim', objects).map(({ metadata, spec }) => [metadata.namespace, spec.dataSourceRef.name]),
  );
}

function made(versions: string[]): KubernetesObject[] {
  const app = new App();
  const { share } = new Tickets(app, 'tickets', versions);
  new Training(app, 'next', { tickets: share });
  new Training(app, 'pinned', { tickets: share, version: 'v6' });
  return app.node.children.filter(Chart.isChart).flatMap((chart) => chart.toJson());
}
