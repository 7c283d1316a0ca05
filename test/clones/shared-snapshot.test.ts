import { App, Chart, Size } from 'cdk8s';
import { CrossNamespaceSnapshotClone, Delivery, SharedSnapshot, type SharedSnapshotProps } from '../../src';
import { errorOf, faultsOf, find, type Manifest, MYSQL, render, VOLUME } from '../manifests';

const INTENT = 'cdk8s-snapshot-clone/data-source';

function world() {
  const app = new App();
  return { app, prod: new Chart(app, 'prod'), dev: new Chart(app, 'dev') };
}

const named = (props: Partial<SharedSnapshotProps> = {}): SharedSnapshotProps => ({ ...MYSQL, metadata: { name: 'mysql' }, ...props });
const toDev = { ...VOLUME, namespace: 'dev' };

const names = (manifests: Manifest[], kind: string): string[] =>
  manifests.filter((manifest) => manifest.kind === kind).map((manifest) => `${manifest.metadata.namespace}/${manifest.metadata.name}`);

test('owner and consumer apart: the whole set, each side in its own chart', () => {
  const { app, prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', MYSQL);
  share.cloneInto(dev, 'mysql', toDev);
  expect(prod.toJson().map((object: Manifest) => object.kind)).toEqual(['VolumeSnapshot', 'ReferenceGrant']);
  expect(dev.toJson().map((object: Manifest) => object.kind)).toEqual(['PersistentVolumeClaim']);
  expect(render(app)).toMatchSnapshot();
  expect(faultsOf(app)).toEqual([]);
});

test('generations: a snapshot each, one grant that lists them, the claim on the newest', () => {
  const { app, prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named({ generations: ['2026-11-22', '2026-11-15'] }));
  share.cloneInto(dev, 'mysql', { ...toDev, metadata: { name: 'data' } });
  const manifests = render(app);
  expect(manifests).toMatchSnapshot();
  expect(names(manifests, 'VolumeSnapshot')).toEqual(['prod/mysql-2026-11-22', 'prod/mysql-2026-11-15']);
  expect(names(manifests, 'ReferenceGrant')).toEqual(['prod/mysql-to-dev']);
  expect(names(manifests, 'PersistentVolumeClaim')).toEqual(['dev/data-2026-11-22']);
});

describe('generated names are frozen: another name is another volume', () => {
  test('without generations', () => {
    const { app, prod, dev } = world();
    new SharedSnapshot(prod, 'mysql', MYSQL).cloneInto(dev, 'mysql', toDev);
    const both = new Chart(app, 'both');
    new CrossNamespaceSnapshotClone(both, 'mysql', { source: MYSQL, target: toDev }).addTarget('test', { ...toDev, namespace: 'test' });
    const manifests = render(app);
    expect(names(manifests, 'VolumeSnapshot')).toEqual(['prod/prod-mysql-c843a34b', 'prod/both-mysql-snapshot-c87765d5']);
    expect(names(manifests, 'ReferenceGrant')).toEqual([
      'prod/prod-mysql-c843a34b-to-dev',
      'prod/both-mysql-snapshot-c87765d5-to-dev',
      'prod/both-mysql-snapshot-c87765d5-to-test',
    ]);
    expect(names(manifests, 'PersistentVolumeClaim')).toEqual([
      'dev/dev-mysql-c840565c',
      'dev/both-mysql-claim-c808c920',
      'test/both-mysql-test-c8c3536e',
    ]);
  });
  test('with generations', () => {
    const { app, prod, dev } = world();
    new SharedSnapshot(prod, 'mysql', { ...MYSQL, generations: ['2026-11-22', '2026-11-15'] }).cloneInto(dev, 'mysql', toDev);
    const manifests = render(app);
    expect(names(manifests, 'VolumeSnapshot')).toEqual(['prod/prod-mysql-c843a34b-2026-11-22', 'prod/prod-mysql-c843a34b-2026-11-15']);
    expect(names(manifests, 'ReferenceGrant')).toEqual(['prod/prod-mysql-c843a34b-to-dev']);
    expect(names(manifests, 'PersistentVolumeClaim')).toEqual(['dev/dev-mysql-c840565c-2026-11-22']);
  });
});

test('a Chart’s own way to name objects is kept', () => {
  class Plain extends Chart {
    public generateObjectName(): string {
      return 'plain';
    }
  }
  const app = new App();
  const prod = new Plain(app, 'prod');
  const dev = new Chart(app, 'dev', { disableResourceNameHashes: true });
  new SharedSnapshot(prod, 'mysql', { ...MYSQL, generations: ['g1'] }).cloneInto(dev, 'data', toDev);
  const manifests = render(app);
  expect(names(manifests, 'VolumeSnapshot')).toEqual(['prod/plain-g1']);
  expect(names(manifests, 'PersistentVolumeClaim')).toEqual(['dev/dev-data-g1']);
});

test('a consumer pins a generation that is on offer', () => {
  const { app, prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named({ generations: ['g2', 'g1'] }));
  share.cloneInto(dev, 'mysql', { ...toDev, generation: 'g1', metadata: { name: 'data' } });
  const claim = find(render(app), 'PersistentVolumeClaim');
  expect(claim.metadata.name).toBe('data-g1');
  expect(claim.spec.dataSourceRef.name).toBe('mysql-g1');
  expect(claim.metadata.annotations[INTENT]).toBe('VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql-g1');
});

test('a pinned generation that is not on offer is refused, unless the claim is restored already', () => {
  const { app, prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named({ generations: ['g3', 'g2'] }));
  expect(errorOf(() => share.cloneInto(dev, 'mysql', { ...toDev, generation: 'g1' }))).toBe(
    "SharedSnapshot 'prod/mysql' does not offer the generation 'g1', it offers 'g3', 'g2'; pin one of these, or say alreadyRestored: true if the claim is bound already",
  );
  share.cloneInto(dev, 'mysql', { ...toDev, generation: 'g1', alreadyRestored: true });
  const manifests = render(app);
  expect(find(manifests, 'PersistentVolumeClaim').spec.dataSourceRef.name).toBe('mysql-g1');
  expect(names(manifests, 'ReferenceGrant')).toEqual([]);
});

test('a claim keeps its name and its reference when its generation goes out of offer', () => {
  const claimOf = (generations: string[], alreadyRestored: boolean) => {
    const { app, prod, dev } = world();
    new SharedSnapshot(prod, 'mysql', { ...MYSQL, generations }).cloneInto(dev, 'mysql', { ...toDev, generation: 'g1', alreadyRestored });
    return find(render(app), 'PersistentVolumeClaim');
  };
  expect(claimOf(['g3', 'g2'], true)).toEqual(claimOf(['g2', 'g1'], false));
  expect(claimOf([], true)).toEqual(claimOf(['g2', 'g1'], false));
});

test('a share that offers nothing yet makes nothing, and takes the consumers that it will have', () => {
  const { app, prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named({ generations: [] }));
  share.grantTo('dev', 'test');
  expect(share.snapshots).toEqual([]);
  expect(share.grants).toEqual([]);
  expect(render(app)).toEqual([]);
  expect(errorOf(() => share.cloneInto(dev, 'mysql', toDev))).toBe(
    "SharedSnapshot 'prod/mysql' offers no generation yet, so nothing can be cloned; add one to generations once the source holds data",
  );
});

test('generations are DNS labels, named once, at most sixteen', () => {
  const share = (generations: string[]) => () => new SharedSnapshot(world().prod, 'mysql', named({ generations }));
  expect(errorOf(share(['g1', 'g1']))).toBe(
    "SharedSnapshot 'prod/mysql' names the generation 'g1' twice; a generation is one copy, name it once",
  );
  expect(errorOf(share(['2026.11']))).toBe(
    "generation of SharedSnapshot 'prod/mysql' is '2026.11', but must be a DNS label: 1 to 63 of a-z, 0-9 and '-', beginning and ending with a letter or digit",
  );
  expect(errorOf(share(Array.from({ length: 17 }, (_, index) => `g${index}`)))).toBe(
    "SharedSnapshot 'prod/mysql' offers 17 generations, but a ReferenceGrant lists at most 16; drop the oldest",
  );
});

test('a pin needs generations, and a name that one can have', () => {
  const { prod, dev } = world();
  expect(errorOf(() => new SharedSnapshot(prod, 'a', named()).cloneInto(dev, 'a', { ...toDev, generation: 'g1' }))).toBe(
    "SharedSnapshot 'prod/a' has no generations, but a claim asks for 'g1'; name the generations on the share, or leave generation out",
  );
  const share = new SharedSnapshot(prod, 'b', { ...MYSQL, metadata: { name: 'b' }, generations: ['g1'] });
  expect(errorOf(() => share.cloneInto(dev, 'b', { ...toDev, generation: 'G', alreadyRestored: true }))).toMatch(
    /^generation of a claim on SharedSnapshot 'prod\/b' is 'G', but must be a DNS label/,
  );
});

test('exactly one of claimName and snapshotName is given', () => {
  const share = (props: SharedSnapshotProps) => () => new SharedSnapshot(world().prod, 'mysql', props);
  const advice = 'give claimName to take a new snapshot, or snapshotName to share one that exists';
  expect(errorOf(share({ namespace: 'prod' }))).toBe(`SharedSnapshot 'prod/mysql' has neither of claimName and snapshotName; ${advice}`);
  expect(errorOf(share({ ...MYSQL, snapshotName: 'x' }))).toBe(
    `SharedSnapshot 'prod/mysql' has both of claimName and snapshotName; ${advice}`,
  );
});

test('the class goes with a new snapshot, and only with it', () => {
  const share = (props: SharedSnapshotProps) => () => new SharedSnapshot(world().prod, 'mysql', props);
  expect(errorOf(share({ namespace: 'prod', claimName: 'data' }))).toBe(
    "SharedSnapshot 'prod/mysql' takes a snapshot of claim 'data', but has no volumeSnapshotClassName; name a class of that claim's CSI driver",
  );
  expect(errorOf(share({ namespace: 'prod', snapshotName: 'nightly', volumeSnapshotClassName: 'csi-fast' }))).toBe(
    "SharedSnapshot 'prod/mysql' shares the existing snapshot 'nightly', but has the volumeSnapshotClassName 'csi-fast' of a new one; leave it out",
  );
});

test('an existing snapshot keeps its own name', () => {
  const call = () => new SharedSnapshot(world().prod, 'share', { namespace: 'prod', snapshotName: 'nightly', metadata: { name: 'mysql' } });
  expect(errorOf(call)).toBe(
    "SharedSnapshot 'prod/share' shares the existing snapshot 'nightly', but has the metadata.name 'mysql' of a new one; leave it out",
  );
});

test('a claim that is restored already says which generation it holds', () => {
  const { prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named({ generations: ['g2', 'g1'] }));
  expect(errorOf(() => share.cloneInto(dev, 'data', { ...toDev, alreadyRestored: true }))).toBe(
    "a claim on SharedSnapshot 'prod/mysql' says alreadyRestored, but names no generation and would follow the newest, without a grant; name the generation that it holds",
  );
});

test('an existing snapshot is granted by its name, and not made again', () => {
  const { app, prod, dev } = world();
  new SharedSnapshot(prod, 'nightly', { namespace: 'prod', snapshotName: 'nightly' }).cloneInto(dev, 'data', toDev);
  const manifests = render(app);
  expect(names(manifests, 'VolumeSnapshot')).toEqual([]);
  expect(names(manifests, 'ReferenceGrant')).toEqual(['prod/nightly-to-dev']);
  expect(find(manifests, 'ReferenceGrant').spec.to).toEqual([
    { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'nightly' },
  ]);
});

test('existing snapshots may be generations too, as a scheduler names them', () => {
  const { app, prod, dev } = world();
  const generations = ['202611220300', '202611210300'];
  const share = new SharedSnapshot(prod, 'nightly', { namespace: 'prod', snapshotName: 'data-nightly', generations });
  share.cloneInto(dev, 'data', toDev);
  expect(share.snapshots.map((snapshot) => snapshot.name)).toEqual(['data-nightly-202611220300', 'data-nightly-202611210300']);
  expect(find(render(app), 'PersistentVolumeClaim').spec.dataSourceRef.name).toBe('data-nightly-202611220300');
});

test('a consumer named twice counts once', () => {
  const { app, prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named());
  share.grantTo('dev', 'dev');
  share.cloneInto(dev, 'a', toDev);
  share.cloneInto(dev, 'b', toDev);
  expect(names(render(app), 'ReferenceGrant')).toEqual(['prod/mysql-to-dev']);
  expect(share.grants.map((grant) => grant.name)).toEqual(['mysql-to-dev']);
});

test('without a consumer there is no grant', () => {
  const { app, prod } = world();
  new SharedSnapshot(prod, 'mysql', named());
  expect(names(render(app), 'ReferenceGrant')).toEqual([]);
});

test('source and target in one namespace are refused, with the way to do it', () => {
  const { prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named());
  const text =
    "source and target namespace of SharedSnapshot 'prod/mysql' are both 'prod', where no grant is needed; use ClonedVolumeClaim to restore in the snapshot's own namespace";
  expect(errorOf(() => share.cloneInto(dev, 'mysql', { ...toDev, namespace: 'prod' }))).toBe(text);
  expect(errorOf(() => share.grantTo('prod'))).toBe(text);
  const byName = SharedSnapshot.fromName(dev, 'byName', { namespace: 'prod', snapshotName: 'mysql' });
  expect(errorOf(() => byName.cloneInto(dev, 'x', { ...toDev, namespace: 'prod' }))).toBe(text.replace('prod/mysql', 'dev/byName'));
});

test('namespaces that Kubernetes refuses are refused here, on every way in', () => {
  const { prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named());
  const label = "must be a DNS label: 1 to 63 of a-z, 0-9 and '-', beginning and ending with a letter or digit";
  expect(errorOf(() => new SharedSnapshot(prod, 'x', named({ namespace: 'Prod' })))).toBe(
    `namespace of SharedSnapshot 'prod/x' is 'Prod', but ${label}`,
  );
  expect(errorOf(() => share.grantTo('a.b'))).toBe(`consumer namespace of SharedSnapshot 'prod/mysql' is 'a.b', but ${label}`);
  expect(errorOf(() => share.cloneInto(dev, 'x', { ...toDev, namespace: '' }))).toBe(
    `consumer namespace of SharedSnapshot 'prod/mysql' is '', but ${label}`,
  );
  expect(errorOf(() => SharedSnapshot.fromName(dev, 'y', { namespace: '-', snapshotName: 'x' }))).toBe(
    `namespace of SharedSnapshot 'dev/y' is '-', but ${label}`,
  );
});

test('another namespace in the metadata is refused, on both sides', () => {
  const { prod, dev } = world();
  const metadata = { namespace: 'other' };
  expect(errorOf(() => new SharedSnapshot(prod, 'mysql', named({ metadata })))).toBe(
    "SharedSnapshot 'prod/mysql' is to be in namespace 'prod', but metadata.namespace is 'other'; leave metadata.namespace out",
  );
  expect(errorOf(() => new SharedSnapshot(prod, 'b', named()).cloneInto(dev, 'data', { ...toDev, metadata }))).toBe(
    "claim 'dev/data' is to be in namespace 'dev', but metadata.namespace is 'other'; leave metadata.namespace out",
  );
});

test('the restore size of a share is checked on each claim', () => {
  const { prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named({ restoreSize: Size.gibibytes(21) }));
  expect(errorOf(() => share.cloneInto(dev, 'data', toDev))).toBe(
    "storage of ClonedVolumeClaim 'dev/data' is '20Gi', but the restore size of its source is '21Gi'; ask for at least that much",
  );
});

test('labels and annotations of the user stand on every object, and win over ours', () => {
  const { app, prod, dev } = world();
  const mine = { labels: { team: 'data' }, annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false', note: 'mine' } };
  new SharedSnapshot(prod, 'mysql', named({ metadata: { name: 'mysql', ...mine } })).cloneInto(dev, 'data', { ...toDev, metadata: mine });
  for (const { kind, metadata } of render(app)) {
    expect(metadata.labels).toEqual({ team: 'data' });
    expect(metadata.annotations).toMatchObject(kind === 'ReferenceGrant' ? { note: 'mine' } : mine.annotations);
  }
});

test('a list that its owner goes on changing changes nothing', () => {
  const { app, prod, dev } = world();
  const generations = ['g2', 'g1'];
  const share = new SharedSnapshot(prod, 'mysql', named({ generations }));
  generations.unshift('g3');
  share.snapshots.pop();
  share.cloneInto(dev, 'data', toDev);
  const byName = SharedSnapshot.fromName(dev, 'byName', { namespace: 'prod', snapshotName: 'mysql', generations });
  generations.unshift('g4');
  byName.snapshots.pop();
  expect(byName.cloneInto(dev, 'other', toDev).dataSource.name).toBe('mysql-g3');
  expect(share.snapshots).toHaveLength(2);
  expect(byName.snapshots).toHaveLength(3);
  expect(find(render(app), 'ReferenceGrant').spec.to.map((to: { name: string }) => to.name)).toEqual(['mysql-g2', 'mysql-g1']);
});

describe('dates of which the first is not the newest are refused: claims follow the first', () => {
  test.each([
    [['2026-11-15', '2026-11-22'], '2026-11-22'],
    [['2026-11-22', '2026-11-15', '2026-11-29'], '2026-11-29'],
    [['202611210300', '202611220300'], '202611220300'],
    [['20261122', '20261123', '20261121'], '20261123'],
    [['2026-11-22t03-00z', '2026-11-22t09-00z'], '2026-11-22t09-00z'],
    [['20261122-1', '20261122-2'], '20261122-2'],
  ])('%j', (generations, newest) => {
    const fault = `offers '${generations.join("', '")}', but claims follow the first, and '${newest}' is newer; put the newest first, or, to go back, pin the older one in the claims or drop the newer ones`;
    expect(errorOf(() => new SharedSnapshot(world().prod, 'mysql', named({ generations })))).toBe(`SharedSnapshot 'prod/mysql' ${fault}`);
    const byName = () => SharedSnapshot.fromName(world().dev, 'mysql', { namespace: 'prod', snapshotName: 'mysql', generations });
    expect(errorOf(byName)).toBe(`SharedSnapshot 'dev/mysql' ${fault}`);
  });

  test.each([
    [['2026-11-29', '2026-11-15', '2026-11-22'], 'the first is the newest'],
    [['g1', 'g2'], 'they are no dates'],
    [['20260001', '20260002'], 'they are no dates: there is no month 0'],
    [['2026-11-15', 'before-the-upgrade', '2026-11-22'], 'one of them is no date'],
    [['2026-11-15', '20261122'], 'they are of two forms'],
    [['20261122-9', '20261122-10'], 'they are of two forms'],
  ])('but not %j: %s', (generations) => {
    expect(() => new SharedSnapshot(world().prod, 'mysql', named({ generations }))).not.toThrow();
  });
});

test('an owner goes back by dropping the newest: claims follow the one before', () => {
  const claimsOf = (generations: string[]) => {
    const { app, prod, dev } = world();
    new SharedSnapshot(prod, 'mysql', named({ generations })).cloneInto(dev, 'data', { ...toDev, metadata: { name: 'data' } });
    return names(render(app), 'PersistentVolumeClaim');
  };
  expect(claimsOf(['2026-11-29', '2026-11-22'])).toEqual(['dev/data-2026-11-29']);
  expect(claimsOf(['2026-11-22'])).toEqual(['dev/data-2026-11-22']);
});

describe('a name that is made of ids which no name can hold', () => {
  const fault = (what: string, name: string) =>
    `name of ${what} is '${name}', made of the path of the construct, but must be a DNS subdomain: 1 to 253 of a-z, 0-9, '-' and '.', each part beginning and ending with a letter or digit; give metadata.name, or another id`;

  test.each([undefined, ['g1']])('is refused with the way out, on the share and on a claim (%j)', (generations) => {
    const { prod, dev } = world();
    const share = () => new SharedSnapshot(prod, 'mysql_data', { ...MYSQL, generations });
    expect(errorOf(share)).toBe(fault("SharedSnapshot 'prod/mysql_data'", 'prod-mysql_data-c85d789c'));
    const claim = () => new SharedSnapshot(prod, 'mysql', named({ generations })).cloneInto(dev, 'my_data', toDev);
    expect(errorOf(claim)).toBe(fault(generations ? "claim 'dev/my_data'" : "ClonedVolumeClaim 'dev/my_data'", 'dev-my_data-c88ab33d'));
  });

  test('is replaced by one that is given', () => {
    const { app, prod, dev } = world();
    new SharedSnapshot(prod, 'mysql_data', named()).cloneInto(dev, 'my_data', { ...toDev, metadata: { name: 'data' } });
    expect(names(render(app), 'PersistentVolumeClaim')).toEqual(['dev/data']);
  });
});

test('a restore size that is no size is refused on the share, before anything is cloned', () => {
  const { prod, dev } = world();
  const restoreSize = Size.gibibytes(0);
  const fault = "is '0Gi', but must be more than 0 and less than 8192Pi, and a whole number of bytes";
  expect(errorOf(() => new SharedSnapshot(prod, 'mysql', named({ restoreSize })))).toBe(
    `restoreSize of SharedSnapshot 'prod/mysql' ${fault}`,
  );
  expect(errorOf(() => SharedSnapshot.fromName(dev, 'mysql', { namespace: 'prod', snapshotName: 'mysql', restoreSize }))).toBe(
    `restoreSize of SharedSnapshot 'dev/mysql' ${fault}`,
  );
});

test('names that no object can have are refused on the share, also while it offers nothing', () => {
  for (const [field, props] of [
    ['claimName', { claimName: '' }],
    ['volumeSnapshotClassName', { volumeSnapshotClassName: 'CSI' }],
    ['metadata.name', { metadata: { name: 'a_b' } }],
  ] as const) {
    expect(errorOf(() => new SharedSnapshot(world().prod, 'mysql', named({ ...props, generations: [] })))).toMatch(
      new RegExp(`^${field} of SharedSnapshot 'prod/mysql' is '.*', but must be a DNS subdomain`),
    );
  }
});

test('a claim that is restored already may be smaller than the copies of today', () => {
  const { prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named({ restoreSize: Size.gibibytes(40), generations: ['g2'] }));
  expect(() => share.cloneInto(dev, 'data', { ...toDev, generation: 'g1', alreadyRestored: true })).not.toThrow();
});

test('the restore size of a share in another repository is checked too', () => {
  const { dev } = world();
  const share = SharedSnapshot.fromName(dev, 'mysql', { namespace: 'prod', snapshotName: 'mysql', restoreSize: Size.gibibytes(21) });
  expect(errorOf(() => share.cloneInto(dev, 'data', toDev))).toMatch(
    /^storage of ClonedVolumeClaim 'dev\/data' is '20Gi', but the restore size/,
  );
});

test('an id may hold a slash', () => {
  const { app, prod, dev } = world();
  new SharedSnapshot(prod, 'team/mysql', { ...MYSQL, generations: ['g1'] }).cloneInto(dev, 'team/mysql', toDev);
  expect(names(render(app), 'PersistentVolumeClaim')).toEqual([expect.stringMatching(/^dev\/dev-team-mysql-[0-9a-f]{8}-g1$/)]);
});

test('the namespace may be said twice, if it is the same', () => {
  const { app, prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', named({ metadata: { name: 'mysql', namespace: 'prod' } }));
  share.cloneInto(dev, 'data', { ...toDev, metadata: { namespace: 'dev' } });
  expect(faultsOf(app)).toEqual([]);
  expect(errorOf(() => new SharedSnapshot(prod, 'other', { namespace: 'prod', snapshotName: 'x', metadata: { namespace: 'y' } }))).toBe(
    "SharedSnapshot 'prod/other' is to be in namespace 'prod', but metadata.namespace is 'y'; leave metadata.namespace out",
  );
});

test('a consumer in another repository gets claims alone', () => {
  const { app, dev } = world();
  const share = SharedSnapshot.fromName(dev, 'mysql', { namespace: 'prod', snapshotName: 'mysql', generations: ['g2', 'g1'] });
  share.cloneInto(dev, 'data', { ...toDev, metadata: { name: 'data' } });
  share.cloneInto(dev, 'old', { ...toDev, metadata: { name: 'data' }, generation: 'g1', delivery: Delivery.plain() });
  const manifests = render(app);
  expect(manifests).toMatchSnapshot();
  expect(manifests.map((manifest) => manifest.kind)).toEqual(['PersistentVolumeClaim', 'PersistentVolumeClaim']);
  expect(share.snapshots.map((snapshot) => snapshot.name)).toEqual(['mysql-g2', 'mysql-g1']);
});

test('no construct dependency crosses charts: the file names stay', () => {
  const { app, prod, dev } = world();
  new SharedSnapshot(prod, 'mysql', named()).cloneInto(dev, 'mysql', toDev);
  expect(app.node.findAll().flatMap((node) => node.node.dependencies)).toEqual([]);
});
