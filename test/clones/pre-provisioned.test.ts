import { ApiObject, App, Chart, Size, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  CrossNamespaceSnapshotClone,
  ReferenceGrant,
  SharedSnapshot,
  type SharedSnapshotProps,
  SnapshotAccess,
  VolumeSnapshot,
} from '../../src';
import { errorOf, faultsOf, find, type Manifest, MYSQL, render, VOLUME, validationErrors } from '../manifests';

const INTENT = 'cdk8s-snapshot-clone/data-source';
const access = SnapshotAccess.PRE_PROVISIONED_SNAPSHOT;
const toDev = { ...VOLUME, namespace: 'dev' };
const named = (props: Partial<SharedSnapshotProps> = {}): SharedSnapshotProps => ({
  ...MYSQL,
  metadata: { name: 'mysql' },
  access,
  ...props,
});

function world(yamlOutputType?: YamlOutputType) {
  const app = new App({ yamlOutputType });
  return { app, prod: new Chart(app, 'prod', { namespace: 'prod' }), dev: new Chart(app, 'dev', { namespace: 'dev' }) };
}

const identitiesOf = (manifests: Manifest[]): string[] =>
  manifests.map(({ kind, metadata }) => `${kind} ${[metadata.namespace, metadata.name].filter(Boolean).join('/')}`);

const PAIR = ['VolumeSnapshotContent snapshot-clone.dev.prod.mysql', 'VolumeSnapshot dev/snapshot-clone.prod.mysql'];

test('owner and consumer apart: the whole set, each side in its own chart', () => {
  const { app, prod, dev } = world();
  new SharedSnapshot(prod, 'mysql', { ...MYSQL, access }).cloneInto(dev, 'mysql', toDev);
  expect(prod.toJson().map((object: Manifest) => object.kind)).toEqual(['VolumeSnapshot', 'ReferenceGrant']);
  expect(dev.toJson().map((object: Manifest) => object.kind)).toEqual(['VolumeSnapshotContent', 'VolumeSnapshot', 'PersistentVolumeClaim']);
  expect(render(app)).toMatchSnapshot();
  expect(faultsOf(app)).toEqual([]);
});

test.each<[string, (chart: Chart) => void]>([
  ['taken', (chart) => new SharedSnapshot(chart, 'mysql', named({ metadata: { name: 'snapshot-clone.mine' } }))],
  ['shared', (chart) => new SharedSnapshot(chart, 'mysql', { namespace: 'dev', snapshotName: 'snapshot-clone.prod.mysql' })],
  ['known by name', (chart) => SharedSnapshot.fromName(chart, 'mysql', { namespace: 'dev', snapshotName: 'snapshot-clone.prod.mysql' })],
])('a snapshot with a name of those that are handed over is not %s', (_, share) => {
  expect(errorOf(() => share(new Chart(new App(), 'chart')))).toMatch(
    /^SharedSnapshot 'chart\/mysql' offers VolumeSnapshot 'snapshot-clone\..*', but names that begin with 'snapshot-clone\.' are reserved for handed-over snapshots, which are not handed on; name the snapshot of the source, or give a new one another name$/,
  );
});

test('both sides in one chart', () => {
  const app = new App();
  const clone = new CrossNamespaceSnapshotClone(new Chart(app, 'chart'), 'mysql', { source: { ...MYSQL, access }, target: toDev });
  clone.addTarget('test', { ...toDev, namespace: 'test' });
  expect(render(app)).toMatchSnapshot();
  expect(faultsOf(app)).toEqual([]);
});

test('in a file for both sides what is needed comes first', () => {
  const app = new App();
  const chart = new Chart(app, 'all');
  const share = new SharedSnapshot(chart, 'mysql', named());
  share.cloneInto(chart, 'data', { ...toDev, metadata: { name: 'data' } });
  new CrossNamespaceSnapshotClone(chart, 'both', {
    source: named({ namespace: 'other' }),
    target: { ...toDev, metadata: { name: 'both' } },
  });
  const kinds = ['VolumeSnapshot', 'ReferenceGrant', 'VolumeSnapshotContent', 'VolumeSnapshot', 'PersistentVolumeClaim'];
  expect(chart.toJson().map(({ kind }: Manifest) => kind)).toEqual([...kinds, ...kinds]);
});

test('no construct dependency crosses charts: the file names stay', () => {
  const { app, prod, dev } = world();
  new SharedSnapshot(prod, 'mysql', named()).cloneInto(dev, 'mysql', toDev);
  const dependencies = app.node.findAll().flatMap(({ node }) => node.dependencies.map((needed) => [node.scope, needed.node.scope]));
  expect(dependencies).toEqual([[dev, dev]]);
});

test('the content names no driver, no handle and no volume mode: without the policies the API server refuses it', () => {
  const { app, prod, dev } = world();
  new SharedSnapshot(prod, 'mysql', named()).cloneInto(dev, 'data', { ...toDev, volumeMode: kplus.PersistentVolumeMode.BLOCK });
  const { metadata, spec } = find(render(app), 'VolumeSnapshotContent');
  expect(spec).toEqual({
    deletionPolicy: 'Retain',
    source: {},
    volumeSnapshotRef: {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      name: 'snapshot-clone.prod.mysql',
      namespace: 'dev',
    },
  });
  expect(metadata).not.toHaveProperty('namespace');
  expect(metadata.labels).toEqual({ 'cdk8s-snapshot-clone/source-namespace': 'prod' });
  expect(metadata.annotations[INTENT]).toBe('VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql');
});

test('the claim refers to the snapshot of its own namespace, and says whose data it expects', () => {
  const { app, prod, dev } = world();
  const claim = new SharedSnapshot(prod, 'mysql', named()).cloneInto(dev, 'data', toDev);
  const { metadata, spec } = find(render(app), 'PersistentVolumeClaim');
  expect(spec.dataSourceRef).toEqual({
    apiGroup: 'snapshot.storage.k8s.io',
    kind: 'VolumeSnapshot',
    name: 'snapshot-clone.prod.mysql',
  });
  expect(metadata.annotations[INTENT]).toBe('VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql');
  expect({ namespace: claim.dataSource.namespace, name: claim.dataSource.name }).toEqual({ namespace: 'prod', name: 'mysql' });
});

test('the access of a share is by data source reference unless it says otherwise', () => {
  const manifestsOf = (props: Partial<SharedSnapshotProps>) => {
    const { app, prod, dev } = world();
    new SharedSnapshot(prod, 'mysql', { ...MYSQL, ...props }).cloneInto(dev, 'data', toDev);
    return render(app);
  };
  expect(manifestsOf({})).toEqual(manifestsOf({ access: SnapshotAccess.DATA_SOURCE_REFERENCE }));
  expect(manifestsOf({})).not.toEqual(manifestsOf({ access }));
});

test('generations and pins read the same: the pair of each generation in use', () => {
  const { app, prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named({ generations: ['g3', 'g2', 'g1'] }));
  share.cloneInto(dev, 'newest', { ...toDev, metadata: { name: 'data' } });
  share.cloneInto(dev, 'pinned', { ...toDev, metadata: { name: 'data' }, generation: 'g1' });
  expect(identitiesOf(dev.toJson())).toEqual([
    'VolumeSnapshotContent snapshot-clone.dev.prod.mysql-g3',
    'VolumeSnapshot dev/snapshot-clone.prod.mysql-g3',
    'PersistentVolumeClaim dev/data-g3',
    'VolumeSnapshotContent snapshot-clone.dev.prod.mysql-g1',
    'VolumeSnapshot dev/snapshot-clone.prod.mysql-g1',
    'PersistentVolumeClaim dev/data-g1',
  ]);
  expect(faultsOf(app)).toEqual([]);
});

test('a share in another repository gives the consumer the same bytes', () => {
  const generations = ['g2', 'g1'];
  const target = { ...toDev, metadata: { name: 'data' } };
  const own = world();
  new SharedSnapshot(own.prod, 'mysql', named({ generations })).cloneInto(own.dev, 'data', target);
  const byName = world();
  SharedSnapshot.fromName(byName.dev, 'mysql', { namespace: 'prod', snapshotName: 'mysql', generations, access }).cloneInto(
    byName.dev,
    'data',
    target,
  );
  expect(byName.dev.toJson()).toEqual(own.dev.toJson());
});

test('a claim mounts as any other', () => {
  const { app, prod, dev } = world();
  const claim = new SharedSnapshot(prod, 'mysql', named()).cloneInto(dev, 'data', { ...toDev, metadata: { name: 'data' } });
  const container = new kplus.Deployment(dev, 'db').addContainer({ image: 'db' });
  container.mount('/data', kplus.Volume.fromPersistentVolumeClaim(dev, 'volume', claim));
  expect(find(render(app), 'Deployment').spec.template.spec.volumes).toMatchObject([{ persistentVolumeClaim: { claimName: 'data' } }]);
});

describe('claims of one namespace on one snapshot share the pair:', () => {
  test('it is made once, whoever asks', () => {
    const { app, prod, dev } = world();
    const share = new SharedSnapshot(prod, 'mysql', named());
    const byName = SharedSnapshot.fromName(dev, 'byName', { namespace: 'prod', snapshotName: 'mysql', access });
    for (const name of ['a', 'b']) share.cloneInto(dev, name, { ...toDev, metadata: { name } });
    byName.cloneInto(dev, 'c', { ...toDev, metadata: { name: 'c' } });
    expect(identitiesOf(dev.toJson())).toEqual([...PAIR, ...['a', 'b', 'c'].map((name) => `PersistentVolumeClaim dev/${name}`)]);
    expect(faultsOf(app)).toEqual([]);
  });

  test('a second chart is refused, because an object belongs to one Application', () => {
    const { app, prod, dev } = world();
    const share = new SharedSnapshot(prod, 'mysql', named());
    share.cloneInto(dev, 'a', toDev);
    const other = new Chart(app, 'other');
    expect(errorOf(() => share.cloneInto(other, 'b', toDev))).toBe(
      "claim 'other/b' needs VolumeSnapshotContent snapshot-clone.dev.prod.mysql, which chart 'dev' makes for its own claims, but an object belongs to one Application; put the claims of one namespace on one snapshot into one chart",
    );
    share.cloneInto(other, 'c', { ...toDev, namespace: 'test' });
    expect(() => render(app)).not.toThrow();
  });

  test('a chart that was taken out of the App holds nothing back', () => {
    const { app, prod, dev } = world();
    const share = new SharedSnapshot(prod, 'mysql', named());
    share.cloneInto(dev, 'a', toDev);
    app.node.tryRemoveChild('dev');
    share.cloneInto(new Chart(app, 'other'), 'a', { ...toDev, metadata: { name: 'a' } });
    expect(identitiesOf(render(app)).slice(2)).toEqual([...PAIR, 'PersistentVolumeClaim dev/a']);
  });

  test('another App knows nothing of it', () => {
    for (const { app, prod, dev } of [world(), world()]) {
      new SharedSnapshot(prod, 'mysql', named()).cloneInto(dev, 'a', toDev);
      expect(identitiesOf(render(app))).toEqual(expect.arrayContaining(PAIR));
    }
  });

  test('what somebody makes under its name is reported', () => {
    const { app, prod, dev } = world();
    new SharedSnapshot(prod, 'mysql', named()).cloneInto(dev, 'a', toDev);
    new ApiObject(prod, 'mine', {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotContent',
      metadata: { name: 'snapshot-clone.dev.prod.mysql' },
    });
    expect(validationErrors(app)).toEqual([
      "[dev/snapshot-clone.dev.prod.mysql] VolumeSnapshotContent snapshot-clone.dev.prod.mysql is made twice in this App, here and by 'prod/mine'; give one of them another name",
    ]);
  });
});

describe('a claim that is restored already', () => {
  const claimsSide = (generations: string[], alreadyRestored: boolean) => {
    const { app, prod, dev } = world();
    new SharedSnapshot(prod, 'mysql', named({ generations })).cloneInto(dev, 'mysql', { ...toDev, generation: 'g1', alreadyRestored });
    render(app);
    return dev.toJson() as Manifest[];
  };

  test('has no pair, which would be refused when its generation is gone, and stays the claim that it is', () => {
    const restored = claimsSide(['g3', 'g2'], true);
    expect(restored).toEqual(claimsSide(['g2', 'g1'], false).filter(({ kind }) => kind === 'PersistentVolumeClaim'));
    expect(restored).toHaveLength(1);
  });

  test('leaves the pair to a claim beside it that still needs it', () => {
    const { app, prod, dev } = world();
    const share = new SharedSnapshot(prod, 'mysql', named());
    share.cloneInto(dev, 'old', { ...toDev, alreadyRestored: true });
    share.cloneInto(dev, 'new', toDev);
    expect(identitiesOf(render(app))).toEqual(expect.arrayContaining(PAIR));
  });
});

test('a claim that was made before the share moved keeps its access, and stays as it was', () => {
  const older = { ...toDev, generation: 'g1', metadata: { name: 'data' } };
  const before = world();
  new SharedSnapshot(before.prod, 'mysql', named({ generations: ['g1'], access: undefined })).cloneInto(before.dev, 'older', older);
  const after = world();
  const share = new SharedSnapshot(after.prod, 'mysql', named({ generations: ['g2', 'g1'] }));
  share.cloneInto(after.dev, 'older', { ...older, access: SnapshotAccess.DATA_SOURCE_REFERENCE });
  share.cloneInto(after.dev, 'newest', { ...toDev, metadata: { name: 'data' } });
  const manifests = render(after.app);
  expect(find(manifests, 'PersistentVolumeClaim', 'data-g1')).toEqual(find(render(before.app), 'PersistentVolumeClaim'));
  expect(find(manifests, 'PersistentVolumeClaim', 'data-g2').spec.dataSourceRef.name).toBe('snapshot-clone.prod.mysql-g2');
  expect(faultsOf(after.app)).toEqual([]);
});

describe('a claim is granted by its source, not by what it is handed it through:', () => {
  const refused = "accessing prod/mysql of VolumeSnapshot dataSource from dev/data isn't allowed";
  const advice = 'grant it in namespace prod, from claims of namespace dev to VolumeSnapshot mysql';

  function ungranted() {
    const { app, prod, dev } = world();
    new VolumeSnapshot(prod, 'mysql', { metadata: { name: 'mysql' }, claimName: 'data', volumeSnapshotClassName: 'csi-fast' });
    const share = SharedSnapshot.fromName(dev, 'mysql', { namespace: 'prod', snapshotName: 'mysql', access });
    share.cloneInto(dev, 'data', { ...toDev, metadata: { name: 'data' } });
    return { app, prod };
  }

  test('without a grant synthesis fails, in the words of csi-provisioner', () => {
    expect(validationErrors(ungranted().app)).toEqual([`[dev/data] ${refused}: no grant of this App comes near; ${advice}`]);
  });

  test('a grant that comes near is named', () => {
    const { app, prod } = ungranted();
    new ReferenceGrant(prod, 'grant', { metadata: { name: 'mysql' }, fromNamespaces: ['dev2'], toSnapshots: ['mysql'] });
    expect(validationErrors(app)).toEqual([
      `[dev/data] ${refused}: grant prod/mysql allows namespace dev2, the claim is in dev; ${advice}`,
    ]);
  });

  test('with a grant of the source it is synthesized', () => {
    const { app, prod } = ungranted();
    new ReferenceGrant(prod, 'grant', { metadata: { name: 'mysql' }, fromNamespaces: ['dev'], toSnapshots: ['mysql'] });
    expect(faultsOf(app)).toEqual([]);
  });
});

test('a name that the content cannot have is refused, with its length', () => {
  const { prod, dev } = world();
  const clone = (length: number) => () =>
    new SharedSnapshot(prod, `share-${length}`, { namespace: 'prod', snapshotName: 'a'.repeat(length), access }).cloneInto(
      dev,
      `clone-${length}`,
      toDev,
    );
  // snapshot-clone. and dev. and prod. are 24 characters.
  expect(clone(229)).not.toThrow();
  expect(errorOf(clone(230))).toBe(
    `the VolumeSnapshotContent of snapshot prod/${'a'.repeat(230)} for namespace dev is 'snapshot-clone.dev.prod.${'a'.repeat(230)}', of 254 characters, but must have at most 253; give the snapshot a shorter name`,
  );
});

describe('where each object is a file', () => {
  const clones = (yamlOutputType: YamlOutputType, chartOf: (app: App, namespace: string) => Chart) => {
    const { app, prod } = world(yamlOutputType);
    const share = new SharedSnapshot(prod, 'mysql', named());
    for (const namespace of ['dev', 'test']) {
      const metadata = { name: `in-${namespace}` };
      share.cloneInto(chartOf(app, namespace), namespace, { ...toDev, namespace, metadata });
    }
    return app;
  };

  test('each consumer has a folder, because snapshots of one source have one name in every namespace', () => {
    const apart = (app: App, namespace: string) => new Chart(app, `to-${namespace}`);
    expect(() => render(clones(YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, apart))).not.toThrow();
    const together = (app: App) => app.node.findChild('dev') as Chart;
    expect(validationErrors(clones(YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, together))).toEqual([
      "[dev/snapshot-clone.test.prod.mysql] VolumeSnapshot test/snapshot-clone.prod.mysql and dev/snapshot-clone.prod.mysql ('dev/snapshot-clone.dev.prod.mysql/Snapshot') would be written to one file, VolumeSnapshot.snapshot-clone.prod.mysql, and cdk8s would keep only one; give the claims of each namespace a chart and a folder of their own, or the App another yamlOutputType",
    ]);
  });
});

test('a claim smaller than the restore size is refused as ever', () => {
  const { prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named({ restoreSize: Size.gibibytes(21) }));
  expect(errorOf(() => share.cloneInto(dev, 'data', toDev))).toMatch(/^storage of ClonedVolumeClaim 'dev\/data' is '20Gi'/);
});
