import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { CloneGuard, type CloneTarget, Delivery, SharedSnapshot, type SharedSnapshotProps, SnapshotAccess } from '../../src';
import { errorOf, find, type Manifest, MYSQL, render, VOLUME } from '../manifests';

const WAVE = 'argocd.argoproj.io/sync-wave';
const OPTIONS = 'argocd.argoproj.io/sync-options';
const toDev = { ...VOLUME, namespace: 'dev' };
const shared: SharedSnapshotProps = { ...MYSQL, metadata: { name: 'mysql' }, access: SnapshotAccess.PRE_PROVISIONED_SNAPSHOT };

/** Grant, source snapshot, content, handed-over snapshot, claim: the order in which they are needed. */
const inOrder = (manifests: Manifest[]): Manifest[] => [
  find(manifests, 'ReferenceGrant'),
  find(manifests, 'VolumeSnapshot', 'mysql'),
  find(manifests, 'VolumeSnapshotContent'),
  find(manifests, 'VolumeSnapshot', 'snapshot-clone.prod.mysql'),
  manifests.find(({ kind, metadata }) => kind === 'PersistentVolumeClaim' && metadata.name === 'copy'),
];
const annotationsOf = (manifests: Manifest[], key: string) => inOrder(manifests).map(({ metadata }) => metadata.annotations?.[key]);
const wavesOf = (manifests: Manifest[]) => annotationsOf(manifests, WAVE);

function apart(props: Partial<SharedSnapshotProps> = {}, target: Partial<CloneTarget> = {}): Manifest[] {
  const app = new App();
  const share = new SharedSnapshot(new Chart(app, 'prod'), 'mysql', { ...shared, ...props });
  share.cloneInto(new Chart(app, 'dev'), 'copy', { ...toDev, metadata: { name: 'copy' }, ...target });
  return render(app);
}

function together(props: Partial<SharedSnapshotProps> = {}, target: Partial<CloneTarget> = {}) {
  const app = new App();
  const chart = new Chart(app, 'all');
  const share = new SharedSnapshot(chart, 'mysql', { ...shared, ...props });
  return { app, chart, claim: share.cloneInto(chart, 'copy', { ...toDev, metadata: { name: 'copy' }, ...target }) };
}

test('the pair comes between the source and the claim, which stays in the wave of the workload', () => {
  const waves = ['-2', '-2', '-1', '-1', '0'];
  expect(wavesOf(apart())).toEqual(waves);
  expect(wavesOf(render(together().app))).toEqual(waves);
});

test.each(Object.values(SnapshotAccess))('by %s, the guard comes before everything that it guards', (access) => {
  for (const delivery of [Delivery.argoCd(), Delivery.argoCd({ wave: 7 })]) {
    const { app, chart } = together({ delivery, access });
    const guard = new CloneGuard(chart, 'guard', { recordIntent: false, delivery });
    const waveOf = ({ metadata }: Manifest) => Number(metadata.annotations[WAVE]);
    const [guards, guarded] = [true, false].map((own) => render(app).filter(({ metadata }) => (metadata.name === guard.guardName) === own));
    expect(Math.max(...guards.map(waveOf))).toBeLessThan(Math.min(...guarded.map(waveOf)));
  }
});

test('the pair is pruned as late as the claim; grants and snapshots at once', () => {
  const last = 'PruneLast=true';
  expect(annotationsOf(apart(), OPTIONS)).toEqual([undefined, undefined, last, last, last]);
});

test('a wave shifts all of it', () => {
  expect(wavesOf(apart({ delivery: Delivery.argoCd({ wave: 10 }) }))).toEqual(['8', '8', '9', '9', '10']);
});

test('plain delivery adds nothing, so that the owner’s side is the same by either access, byte for byte', () => {
  const manifests = apart({ delivery: Delivery.plain() });
  expect(wavesOf(manifests)).toEqual(Array(5).fill(undefined));
  expect(annotationsOf(manifests, OPTIONS)).toEqual(Array(5).fill(undefined));
  const byReference = apart({ delivery: Delivery.plain(), access: SnapshotAccess.DATA_SOURCE_REFERENCE });
  const ownersSide = (all: Manifest[]) => JSON.stringify(all.filter(({ metadata }) => metadata.namespace === 'prod'));
  expect(ownersSide(manifests)).toBe(ownersSide(byReference));
});

test('the pair follows the claim, wherever the user has put it', () => {
  const metadata = { name: 'copy', annotations: { [WAVE]: '5' } };
  expect(wavesOf(apart({}, { metadata }))).toEqual(['-2', '-2', '4', '4', '5']);
  expect(wavesOf(apart({}, { metadata, delivery: Delivery.plain() }))).toEqual(['-2', '-2', '4', '4', '5']);
  expect(annotationsOf(apart({ delivery: Delivery.plain() }, { metadata }), OPTIONS)).toEqual(Array(5).fill(undefined));
});

test('a pair of several claims comes before the first of them', () => {
  const app = new App();
  const dev = new Chart(app, 'dev');
  const share = new SharedSnapshot(new Chart(app, 'prod'), 'mysql', shared);
  for (const [name, wave] of [
    ['later', 3],
    ['copy', 1],
    ['last', 7],
  ] as const) {
    share.cloneInto(dev, name, { ...toDev, metadata: { name }, delivery: Delivery.argoCd({ wave }) });
  }
  expect(wavesOf(render(app))).toEqual(['-2', '-2', '0', '0', '1']);
});

describe('where the chart of the snapshot also creates its source', () => {
  function database(chart: Chart, wave: string): void {
    const data = new kplus.PersistentVolumeClaim(chart, 'data', { metadata: { name: 'mysql-data', namespace: 'prod' } });
    const metadata = { name: 'db', namespace: 'prod', annotations: { [WAVE]: wave } };
    const db = new kplus.Deployment(chart, 'db', { metadata });
    db.addContainer({ image: 'db' }).mount('/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', data));
  }

  test('the snapshot comes one wave after it, the pair two, the clone three', () => {
    const { app, chart } = together();
    database(chart, '0');
    expect(wavesOf(render(app))).toEqual(['-2', '1', '2', '2', '3']);
  });

  test('a shift moves the grant alone, and never behind the snapshot', () => {
    const { app, chart } = together({ delivery: Delivery.argoCd({ wave: 10 }) });
    database(chart, '4');
    expect(wavesOf(render(app))).toEqual(['5', '5', '6', '6', '7']);
  });

  test('the consumer goes into the wave of the clone', () => {
    const { app, chart, claim } = together();
    database(chart, '0');
    const consumer = new kplus.Deployment(chart, 'consumer', { metadata: { name: 'consumer', namespace: 'dev' } });
    consumer.addContainer({ image: 'db' }).mount('/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'copied', claim));
    expect(errorOf(() => render(app))).toContain('Deployment consumer mounts claim dev/copy in sync wave 0, but the claim comes in wave 3');
    Delivery.inWaveOf(claim, consumer);
    expect(find(render(app), 'Deployment', 'consumer').metadata.annotations[WAVE]).toBe('3');
  });
});

test('a pair in an earlier wave than its grant or its source in one chart is an error: it would be refused, and their wave never come', () => {
  const text = (kind: string, wave: number) =>
    `VolumeSnapshotContent snapshot-clone.dev.prod.mysql comes in sync wave -1, but ${kind}, which it needs, in wave ${wave}: the sync would wait for ever; give both sides one delivery`;
  const late = together({ metadata: { name: 'mysql', annotations: { [WAVE]: '0' } } });
  expect(errorOf(() => render(late.app))).toContain(text('VolumeSnapshot mysql', 0));
  const shifted = together({ delivery: Delivery.argoCd({ wave: 10 }) }, { delivery: Delivery.argoCd() });
  expect(errorOf(() => render(shifted.app))).toContain(text('ReferenceGrant mysql-to-dev', 8));
  expect(() => render(together({}, { delivery: Delivery.argoCd({ wave: 1 }) }).app)).not.toThrow();
});

test('a pair in the wave of its source is an error, for it would be refused; without waves there is nothing to compare', () => {
  const access = SnapshotAccess.PRE_PROVISIONED_SNAPSHOT;
  const moved = together({ access: undefined }, { access });
  expect(errorOf(() => render(moved.app))).toContain(
    'VolumeSnapshotContent snapshot-clone.dev.prod.mysql comes in sync wave -1, but ReferenceGrant mysql-to-dev, which it needs, in wave -1 as well, and would be refused: it has to come after; give the share and the claim one access and one delivery',
  );
  const early = together({}, { metadata: { name: 'copy', annotations: { [WAVE]: '-1' } } });
  expect(errorOf(() => render(early.app))).toContain('as well, and would be refused');
  expect(() => render(together({ access: undefined, delivery: Delivery.plain() }, { access }).app)).not.toThrow();
  expect(() => render(together({}, { access }).app)).not.toThrow();
});

test('a claim that is restored already waits for nothing', () => {
  const { app } = together({ metadata: { name: 'mysql', annotations: { [WAVE]: '9' } } }, { alreadyRestored: true });
  expect(() => render(app)).not.toThrow();
});
