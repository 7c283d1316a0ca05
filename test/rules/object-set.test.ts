import { ObjectSet } from '../../src/rules/object-set';
import { Resolution } from '../../src/rules/resolution';
import type { PlacedManifest } from '../../src/rules/set-object';

const REF = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', namespace: 'prod', name: 'mysql' };
const claim = (name: string, namespace?: string) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace } });
const listOf = (...items: unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });
const setOf = (...manifests: unknown[]) => new ObjectSet(manifests.map((manifest) => ({ manifest })));
const namesIn = (set: ObjectSet) => set.objects.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);

describe('the objects of a set', () => {
  test('are found in lists of lists, in their order', () => {
    const set = setOf(listOf(claim('a', 'x'), listOf(claim('b', 'x'), listOf(claim('c', 'x'))), claim('d', 'x')), claim('e', 'x'));
    expect(set.objects.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('of a typed list have the kind that the list is of, where they say none', () => {
    const set = setOf({ apiVersion: 'v1', kind: 'PersistentVolumeClaimList', items: [{ metadata: { name: 'a', namespace: 'dev' } }] });
    expect(namesIn(set)).toEqual(['PersistentVolumeClaim dev/a']);
    expect(set.claims).toHaveLength(1);
  });

  test('of a plain list have no kind but their own', () => {
    expect(setOf(listOf({ metadata: { name: 'a' } })).objects).toEqual([]);
  });

  test('end, even where a list holds itself, and one list that is used a thousand times is read once', () => {
    const circle = listOf(claim('a', 'x'));
    (circle.items as unknown[]).push(circle);
    expect(namesIn(setOf(circle))).toEqual(['PersistentVolumeClaim x/a']);
    let bomb = listOf(claim('a', 'x'));
    for (let depth = 0; depth < 30; depth++) bomb = listOf(...Array.from({ length: 10 }, () => bomb));
    expect(setOf(bomb).objects).toHaveLength(1);
  });

  test('may be more than fit on the stack', () => {
    const many = new Array(130_000).fill(claim('a', 'x'));
    expect(setOf(listOf({ ...listOf(), items: many })).objects).toHaveLength(130_000);
  });

  test('have the namespace of the set where they name none, and none where their kind has none', () => {
    const storageClass = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast', namespace: 'ignored' } };
    expect(namesIn(setOf(claim('a'), claim('b', ''), storageClass))).toEqual([
      'PersistentVolumeClaim default/a',
      'PersistentVolumeClaim default/b',
      'StorageClass /fast',
    ]);
    const placed: PlacedManifest[] = [{ manifest: claim('a') }];
    expect(new ObjectSet(placed, { namespace: 'dev' }).objects[0].namespace).toBe('dev');
  });

  test('are no plain maps, texts or numbers', () => {
    expect(
      setOf(null, 5, 'PersistentVolumeClaim', [], {}, { kind: 'x' }, { apiVersion: 'v1' }, { apiVersion: 1, kind: 2 }).objects,
    ).toEqual([]);
  });

  test('include a list of something else, so that a rule can say so', () => {
    expect(namesIn(setOf(listOf(claim('a', 'x'), 5)))).toEqual(['List default/', 'PersistentVolumeClaim x/a']);
    expect(namesIn(setOf({ apiVersion: 'v1', kind: 'List', items: {} }))).toEqual(['List default/']);
  });

  test('stand on the line of their own where the document is a list', () => {
    const [first, second] = [claim('a', 'x'), claim('b', 'x')];
    const origin = { file: 'all.yaml', line: 1, lineOf: (node: unknown) => (node === second ? 7 : undefined) };
    const set = new ObjectSet([{ manifest: listOf(first, second), origin }]);
    expect(set.objects.map((object) => object.origin?.line)).toEqual([1, 7]);
  });
});

describe('the claims of a set', () => {
  const namesOf = (...manifests: unknown[]) => setOf(...manifests).claims.map(({ namespace, name }) => `${namespace}/${name}`);
  const pod = {
    containers: [{ name: 'a' }],
    volumes: [
      { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: { dataSourceRef: REF } } } },
      { name: 'other', emptyDir: {} },
    ],
  };

  test('are the PersistentVolumeClaims of the core group', () => {
    expect(namesOf(claim('a', 'dev'), { ...claim('b', 'dev'), apiVersion: 'example.com/v1' })).toEqual(['dev/a']);
  });

  test('with a generated name are called by what it begins with', () => {
    const generated = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { generateName: 'data-', namespace: 'dev' } };
    expect(namesOf(generated)).toEqual(['dev/data-*']);
  });

  test('are the templates of a StatefulSet, and the ephemeral volumes of its pods', () => {
    const manifest = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'mysql', namespace: 'dev' },
      spec: { template: { spec: pod }, volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
    };
    expect(namesOf(manifest)).toEqual(['dev/data-mysql-*', 'dev/*-scratch']);
  });

  test.each([
    ['Pod', { spec: pod }, 'dev/one-scratch'],
    ['Deployment', { spec: { template: { spec: pod } } }, 'dev/*-scratch'],
    ['Rollout', { spec: { template: { spec: pod } } }, 'dev/*-scratch'],
    ['CronJob', { spec: { jobTemplate: { spec: { template: { spec: pod } } } } }, 'dev/*-scratch'],
    ['PodTemplate', { template: { spec: pod } }, 'dev/*-scratch'],
  ])('are the ephemeral volumes of a %s', (kind, body, name) => {
    expect(namesOf({ apiVersion: 'x/v1', kind, metadata: { name: 'one', namespace: 'dev' }, ...body })).toEqual([name]);
  });

  test('name a source in another namespace by dataSourceRef only', () => {
    const [byRef, byOld] = setOf(
      { ...claim('a', 'dev'), spec: { dataSourceRef: REF } },
      { ...claim('b', 'dev'), spec: { dataSource: REF } },
    ).claims;
    expect([byRef.reference?.source.namespace, byOld.reference?.source.namespace]).toEqual(['prod', 'dev']);
  });

  test('that name a handed-over snapshot ask for the original, and those that name it from afar do not', () => {
    const local = { apiGroup: REF.apiGroup, kind: REF.kind, name: 'snapshot-clone.prod.mysql.v1' };
    const [one, afar] = setOf(
      { ...claim('a', 'dev'), spec: { dataSourceRef: local } },
      { ...claim('b', 'test'), spec: { dataSourceRef: { ...local, namespace: 'dev' } } },
    ).claims;
    expect(one.named).toMatchObject({ namespace: 'dev', name: 'snapshot-clone.prod.mysql.v1' });
    expect(one.reference?.source).toMatchObject({ namespace: 'prod', name: 'mysql.v1' });
    expect(afar.reference?.source).toMatchObject({ namespace: 'dev', name: 'snapshot-clone.prod.mysql.v1' });
  });

  test('without a name in their source refer to nothing', () => {
    const [one] = setOf({ ...claim('a', 'dev'), spec: { dataSourceRef: { ...REF, name: 5 } } }).claims;
    expect(one.reference).toBeUndefined();
    expect(one.source?.kind).toBe('VolumeSnapshot');
  });
});

describe('a source', () => {
  const SNAPSHOT = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' };
  const CLAIM = { group: '', kind: 'PersistentVolumeClaim' };
  const asks = (name: string, kind = CLAIM) => ({
    claim: { namespace: 'dev', name: 'x' },
    source: { ...kind, namespace: 'prod', name },
  });
  const statefulSet = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'my-db', namespace: 'prod' },
    spec: {
      template: { spec: { containers: [], volumes: [{ name: 'tmp', ephemeral: { volumeClaimTemplate: {} } }] } },
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
    },
  };

  test('is found, missing beside its like, or cannot be judged', () => {
    const snapshot = { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name: 'mysql', namespace: 'prod' } };
    const set = setOf(snapshot, claim('other', 'test'));
    const resolved = (change: object) =>
      set.resolve({
        claim: { namespace: 'dev', name: 'x' },
        source: { ...SNAPSHOT, namespace: 'prod', name: 'mysql', ...change },
      });
    expect(resolved({})).toBe(Resolution.FOUND);
    expect(resolved({ name: 'other' })).toBe(Resolution.MISSING);
    expect(resolved({ namespace: 'other' })).toBe(Resolution.NOT_IN_SET);
    expect(resolved({ kind: 'VolumeSnapshotContent' })).toBe(Resolution.NOT_IN_SET);
    expect(resolved(CLAIM)).toBe(Resolution.NOT_IN_SET);
    expect(resolved({ ...CLAIM, namespace: 'test' })).toBe(Resolution.MISSING);
  });

  test('is found where a StatefulSet or a pod makes it', () => {
    const set = setOf(statefulSet, claim('other', 'prod'));
    for (const name of ['data-my-db-0', 'data-my-db-12', 'my-db-0-tmp', 'other']) expect(set.resolve(asks(name))).toBe(Resolution.FOUND);
  });

  test.each(['data-my-db-x', 'data-my-db-x1', 'data-my-db-1x', 'data-my-db', 'data-my-db-', 'tmp', 'xtmp', '-tmp2', 'my-db-0-tmp2'])(
    'is not made by a StatefulSet or a pod under the name %s',
    (name) => {
      expect(setOf(statefulSet, claim('other', 'prod')).resolve(asks(name))).toBe(Resolution.MISSING);
    },
  );

  test('is made by a StatefulSet only if it is a claim', () => {
    const set = setOf(statefulSet, {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: SNAPSHOT.kind,
      metadata: { name: 'mysql', namespace: 'prod' },
    });
    expect(set.resolve(asks('data-my-db-0'))).toBe(Resolution.FOUND);
    expect(set.resolve(asks('data-my-db-0', SNAPSHOT))).toBe(Resolution.MISSING);
  });

  test('is no object that no claim can be filled from, though the set holds it', () => {
    const set = setOf({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', namespace: 'prod' } });
    expect(set.resolve(asks('x', { group: '', kind: 'Secret' }))).toBe(Resolution.NOT_IN_SET);
  });

  test('of a namespace that is delivered elsewhere is found or cannot be judged', () => {
    const set = new ObjectSet([{ manifest: claim('other', 'prod') }], { external: ['prod'] });
    expect(set.resolve(asks('other'))).toBe(Resolution.FOUND);
    expect(set.resolve(asks('data'))).toBe(Resolution.NOT_IN_SET);
  });
});

describe('the originals of a namespace are shown by a claim', () => {
  const showsOriginals = (...manifests: object[]) => setOf(...manifests).showsOriginals('dev');

  test('that is filled from nothing, also one of a template', () => {
    const metadata = { name: 'mysql', namespace: 'dev' };
    expect(showsOriginals(claim('a', 'dev'))).toBe(true);
    expect(showsOriginals({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { volumeClaimTemplates: [{}] } })).toBe(true);
  });

  test.each<[string, object]>([
    ['is in another namespace', claim('a', 'prod')],
    ['is a copy', { ...claim('a', 'dev'), spec: { dataSourceRef: REF } }],
    ['is to be a copy', { ...claim('a', 'dev'), metadata: { namespace: 'dev', annotations: { 'cdk8s-snapshot-clone/data-source': 'x' } } }],
    ['may be a copy, with a field under a wrong name', { ...claim('a', 'dev'), spec: { datasourceRef: REF } }],
  ])('and not by one that %s', (_, one) => {
    expect(showsOriginals(one)).toBe(false);
  });
});
