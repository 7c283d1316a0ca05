import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Delivery, SharedSnapshot, type SharedSnapshotProps } from '../../src';
import { errorOf, find, type Manifest, MYSQL, render, VOLUME } from '../manifests';

const WAVE = 'argocd.argoproj.io/sync-wave';
const OPTIONS = 'argocd.argoproj.io/sync-options';
const toDev = { ...VOLUME, namespace: 'dev' };

const annotationsOf = (manifests: Manifest[], kind: string) => find(manifests, kind).metadata.annotations ?? {};
const wavesOf = (manifests: Manifest[]) =>
  ['ReferenceGrant', 'VolumeSnapshot', 'PersistentVolumeClaim'].map((kind) => annotationsOf(manifests, kind)[WAVE]);

function apart(props: Partial<SharedSnapshotProps> = {}, target: object = {}): Manifest[] {
  const app = new App();
  const share = new SharedSnapshot(new Chart(app, 'prod'), 'mysql', { ...MYSQL, ...props });
  share.cloneInto(new Chart(app, 'dev'), 'mysql', { ...toDev, ...target });
  return render(app);
}

test('grants and snapshots come in wave -1, the claim in wave 0', () => {
  expect(wavesOf(apart())).toEqual(['-1', '-1', '0']);
});

test('PruneLast stands on the claim, and never on grants and snapshots, where it would delay a revocation', () => {
  const manifests = apart();
  expect(annotationsOf(manifests, 'PersistentVolumeClaim')[OPTIONS]).toBe('PruneLast=true');
  expect(annotationsOf(manifests, 'ReferenceGrant')).not.toHaveProperty(OPTIONS);
  expect(annotationsOf(manifests, 'VolumeSnapshot')).not.toHaveProperty(OPTIONS);
});

test('nothing carries Replace, Force or a hook', () => {
  expect(JSON.stringify(apart())).not.toMatch(/Replace|Force|hook/);
});

test('a wave shifts all of it', () => {
  expect(wavesOf(apart({ delivery: Delivery.argoCd({ wave: 10 }) }))).toEqual(['9', '9', '10']);
  expect(wavesOf(apart({ delivery: Delivery.argoCd({ wave: -3 }) }))).toEqual(['-4', '-4', '-3']);
  expect(errorOf(() => Delivery.argoCd({ wave: 0.5 }))).toBe('wave is 0.5, but must be a whole number');
});

test('plain delivery adds no annotation but the intent', () => {
  const manifests = apart({ delivery: Delivery.plain() });
  expect(annotationsOf(manifests, 'VolumeSnapshot')).toEqual({});
  expect(annotationsOf(manifests, 'ReferenceGrant')).toEqual({});
  expect(Object.keys(annotationsOf(manifests, 'PersistentVolumeClaim'))).toEqual(['cdk8s-snapshot-clone/data-source']);
});

test('a target may be delivered otherwise than its share', () => {
  expect(wavesOf(apart({ delivery: Delivery.plain() }, { delivery: Delivery.argoCd({ wave: 2 }) }))).toEqual([undefined, undefined, '2']);
});

test('a single annotation is replaced by the user’s own', () => {
  const manifests = apart({}, { metadata: { annotations: { [OPTIONS]: 'Prune=false' } } });
  expect(annotationsOf(manifests, 'PersistentVolumeClaim')).toMatchObject({ [OPTIONS]: 'Prune=false', [WAVE]: '0' });
});

describe('where the chart of the snapshot also creates its source', () => {
  function together(wave?: string, claim: (chart: Chart, annotations?: Record<string, string>) => void = plainClaim): Manifest[] {
    const app = new App();
    const chart = new Chart(app, 'all');
    const share = new SharedSnapshot(chart, 'mysql', { ...MYSQL, metadata: { name: 'mysql' } });
    const copy = share.cloneInto(chart, 'copy', { ...toDev, metadata: { name: 'copy' } });
    claim(chart, wave === undefined ? undefined : { [WAVE]: wave });
    const consumer = new kplus.Deployment(chart, 'consumer', { metadata: { name: 'consumer', namespace: 'dev' } });
    consumer.addContainer({ image: 'db' }).mount('/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'copied', copy));
    Delivery.inWaveOf(copy, consumer);
    return render(app);
  }

  function plainClaim(chart: Chart, annotations?: Record<string, string>): void {
    const data = new kplus.PersistentVolumeClaim(chart, 'data', { metadata: { name: 'mysql-data', namespace: 'prod' } });
    const database = new kplus.Deployment(chart, 'db', { metadata: { name: 'db', namespace: 'prod', annotations } });
    database.addContainer({ image: 'db' }).mount('/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', data));
  }

  function statefulSet(chart: Chart, annotations?: Record<string, string>): void {
    new ApiObject(chart, 'db', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: '0', namespace: 'prod', annotations },
      spec: { volumeClaimTemplates: [{ metadata: { name: 'mysql' } }] },
    });
  }

  const waves = (manifests: Manifest[]) => {
    const wave = (kind: string, name: string) => find(manifests, kind, name).metadata.annotations[WAVE];
    return [
      wave('ReferenceGrant', 'mysql-to-dev'),
      wave('VolumeSnapshot', 'mysql'),
      wave('PersistentVolumeClaim', 'copy'),
      wave('Deployment', 'consumer'),
    ];
  };

  test('the snapshot comes after the workload that fills it, the clone and its consumer one wave later', () => {
    expect(waves(together())).toEqual(['-1', '1', '2', '2']);
    expect(waves(together('4'))).toEqual(['-1', '5', '6', '6']);
  });

  test('a consumer that stays in an earlier wave than its claim is an error: the sync would wait for ever', () => {
    const app = new App();
    const chart = new Chart(app, 'all');
    plainClaim(chart);
    const copy = new SharedSnapshot(chart, 'mysql', MYSQL).cloneInto(chart, 'copy', { ...toDev, metadata: { name: 'copy' } });
    const consumer = new kplus.Deployment(chart, 'consumer', { metadata: { name: 'consumer', namespace: 'dev' } });
    consumer.addContainer({ image: 'db' }).mount('/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'copied', copy));
    expect(errorOf(() => render(app))).toContain(
      'Deployment consumer mounts claim dev/copy in sync wave 0, but the claim comes in wave 2: the sync would wait for ever; use Delivery.inWaveOf(claim, workload)',
    );
    Delivery.inWaveAfter(copy, consumer);
    expect(find(render(app), 'Deployment', 'consumer').metadata.annotations[WAVE]).toBe('3');
  });

  test('a grant never comes after the snapshot', () => {
    expect(waves(together('-7'))).toEqual(['-1', '1', '2', '2']);
    const early = (chart: Chart) => {
      const annotations = { [WAVE]: '-7' };
      new kplus.PersistentVolumeClaim(chart, 'data', { metadata: { name: 'mysql-data', namespace: 'prod', annotations } });
    };
    expect(waves(together(undefined, early))).toEqual(['-6', '-6', '-5', '-5']);
  });

  test('a shift moves the grant alone: the snapshot stays one wave after the source, wherever that is', () => {
    for (const [wave, shift, expected] of [
      [undefined, -1, ['-2', '1', '2']],
      [undefined, -5, ['-6', '1', '2']],
      ['10', 10, ['9', '11', '12']],
    ] as const) {
      const app = new App();
      const chart = new Chart(app, 'all');
      const delivery = Delivery.argoCd({ wave: shift });
      new SharedSnapshot(chart, 'mysql', { ...MYSQL, claimName: 'mysql-0-0', delivery }).cloneInto(chart, 'copy', toDev);
      statefulSet(chart, wave === undefined ? undefined : { [WAVE]: wave });
      expect(wavesOf(render(app))).toEqual(expected);
    }
  });

  test('objects without a namespace count as those of the source: they land where the chart is delivered', () => {
    const app = new App();
    const chart = new Chart(app, 'all');
    new SharedSnapshot(chart, 'mysql', MYSQL);
    const data = new kplus.PersistentVolumeClaim(chart, 'data', { metadata: { name: 'mysql-data' } });
    const database = new kplus.Deployment(chart, 'db', { metadata: { annotations: { [WAVE]: '3' } } });
    database.addContainer({ image: 'db' }).mount('/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', data));
    expect(annotationsOf(render(app), 'VolumeSnapshot')[WAVE]).toBe('4');
  });

  test('a workload that fills the source cannot wait for the copy of it', () => {
    const app = new App();
    const chart = new Chart(app, 'all');
    const copy = new SharedSnapshot(chart, 'mysql', MYSQL).cloneInto(chart, 'copy', toDev);
    const data = new kplus.PersistentVolumeClaim(chart, 'data', { metadata: { name: 'mysql-data', namespace: 'prod' } });
    const database = new kplus.Deployment(chart, 'db', { metadata: { namespace: 'prod' } });
    database.addContainer({ image: 'db' }).mount('/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', data));
    Delivery.inWaveOf(copy, database);
    expect(errorOf(() => render(app))).toContain(
      'the sync wave of a snapshot of claim prod/mysql-data depends on itself; a workload that fills the source cannot wait for the copy',
    );
  });

  test('a claim that a StatefulSet makes counts as made by the chart', () => {
    const app = new App();
    const chart = new Chart(app, 'all');
    new SharedSnapshot(chart, 'mysql', { ...MYSQL, claimName: 'mysql-0-0' }).cloneInto(chart, 'copy', toDev);
    statefulSet(chart, { [WAVE]: '2' });
    expect(wavesOf(render(app))).toEqual(['-1', '3', '4']);
  });

  test('a claim of that name in another namespace or another chart does not count', () => {
    const app = new App();
    const chart = new Chart(app, 'all');
    new SharedSnapshot(chart, 'mysql', MYSQL).cloneInto(chart, 'copy', { ...toDev, metadata: { name: 'copy' } });
    new kplus.PersistentVolumeClaim(chart, 'other', { metadata: { name: 'mysql-data', namespace: 'test' } });
    new kplus.PersistentVolumeClaim(new Chart(app, 'elsewhere'), 'data', { metadata: { name: 'mysql-data', namespace: 'prod' } });
    const manifests = render(app);
    expect(annotationsOf(manifests, 'VolumeSnapshot')[WAVE]).toBe('-1');
    expect(find(manifests, 'PersistentVolumeClaim', 'copy').metadata.annotations[WAVE]).toBe('0');
  });

  test('a claim in another chart stays in wave 0: waves order what is delivered together', () => {
    const app = new App();
    const chart = new Chart(app, 'prod');
    plainClaim(chart);
    new SharedSnapshot(chart, 'mysql', MYSQL).cloneInto(new Chart(app, 'dev'), 'copy', { ...toDev, metadata: { name: 'copy' } });
    const manifests = render(app);
    expect(annotationsOf(manifests, 'VolumeSnapshot')[WAVE]).toBe('1');
    expect(find(manifests, 'PersistentVolumeClaim', 'copy').metadata.annotations[WAVE]).toBe('0');
  });

  test('what is added to the chart after one synthesis is seen by the next', () => {
    const app = new App();
    const chart = new Chart(app, 'all');
    new SharedSnapshot(chart, 'mysql', MYSQL);
    expect(annotationsOf(render(app), 'VolumeSnapshot')[WAVE]).toBe('-1');
    plainClaim(chart);
    expect(annotationsOf(render(app), 'VolumeSnapshot')[WAVE]).toBe('1');
  });
});

test('a workload in an earlier wave than its claim is an error, wherever the wave comes from', () => {
  const app = new App();
  const dev = new Chart(app, 'dev', { namespace: 'dev' });
  const share = new SharedSnapshot(new Chart(app, 'prod'), 'mysql', { ...MYSQL, delivery: Delivery.argoCd({ wave: 10 }) });
  const claim = share.cloneInto(dev, 'copy', { ...toDev, metadata: { name: 'copy' } });
  const db = new kplus.Deployment(dev, 'db', { metadata: { name: 'db' } });
  db.addContainer({ image: 'db' }).mount('/data', kplus.Volume.fromPersistentVolumeClaim(dev, 'volume', claim));
  expect(errorOf(() => render(app))).toContain(
    'Deployment db mounts claim dev/copy in sync wave 0, but the claim comes in wave 10: the sync would wait for ever; use Delivery.inWaveOf(claim, workload)',
  );
  Delivery.inWaveOf(claim, db);
  expect(annotationsOf(render(app), 'Deployment')[WAVE]).toBe('10');
});

test('a claim in an earlier wave than its grant or snapshot in one chart is an error', () => {
  const late = { annotations: { [WAVE]: '5' } };
  const text =
    'claim dev/copy comes in sync wave 0, but VolumeSnapshot mysql, which it needs, in wave 5: the sync would wait for ever; give both sides one delivery';
  const build = (props: Partial<SharedSnapshotProps>, target: object) => {
    const app = new App();
    const chart = new Chart(app, 'all');
    const share = new SharedSnapshot(chart, 'mysql', { ...MYSQL, ...props });
    share.cloneInto(chart, 'copy', { ...toDev, metadata: { name: 'copy' }, ...target });
    return app;
  };
  expect(errorOf(() => render(build({ metadata: { name: 'mysql', ...late } }, {})))).toContain(text);
  expect(errorOf(() => render(build({ delivery: Delivery.argoCd({ wave: 10 }) }, { delivery: Delivery.argoCd() })))).toContain(
    'claim dev/copy comes in sync wave 0, but ReferenceGrant',
  );
  expect(() => render(build({}, { delivery: Delivery.argoCd({ wave: 1 }) }))).not.toThrow();
});

test('what protects a snapshot from deletion never stands on a grant, where it would keep a removed consumer', () => {
  const annotations = {
    [OPTIONS]: 'Prune=false',
    'argocd.argoproj.io/hook': 'PreSync',
    'helm.sh/resource-policy': 'keep',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    owner: 'data team',
  };
  const manifests = apart({ metadata: { name: 'mysql', annotations } });
  expect(annotationsOf(manifests, 'VolumeSnapshot')).toMatchObject(annotations);
  expect(annotationsOf(manifests, 'ReferenceGrant')).toEqual({ [WAVE]: '-1', owner: 'data team' });
});

test('a workload may come one wave after its claim, for classes that bind at once', () => {
  const app = new App();
  const dev = new Chart(app, 'dev', { namespace: 'dev' });
  const claim = new SharedSnapshot(new Chart(app, 'prod'), 'mysql', MYSQL).cloneInto(dev, 'copy', toDev);
  const pod = new kplus.Deployment(dev, 'db');
  pod.addContainer({ image: 'db' });
  Delivery.inWaveAfter(claim, pod);
  expect(annotationsOf(render(app), 'Deployment')[WAVE]).toBe('1');
});
