import { ObjectSet } from '../../src/rules/object-set';
import { meansAnObject, objectsIn } from '../../src/rules/set-object';
import { storageObjects, storageObjectsAndClasses } from '../../src/rules/storage-kinds';

const claim = (name: string, namespace = 'dev') => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace } });
const listOf = (...items: unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });
const setOf = (...manifests: unknown[]) => new ObjectSet(manifests.map((manifest) => ({ manifest })));
const titles = (manifest: unknown) => objectsIn({ manifest }, 'default').map(({ kind, name }) => `${kind} ${name}`);

describe('a manifest with items', () => {
  test.each<[string, object, string[]]>([
    ['without a kind is no object', { items: [claim('a')] }, []],
    ['without a kind, but with a version, is no object', { apiVersion: 'v1', items: [claim('a')] }, []],
    ['without a version, but with a kind, is no object', { kind: 'Basket', items: [claim('a')] }, []],
    ['without a kind that is meant to be one is one', { apiVersion: 5, kind: 5, metadata: { name: 'x' }, items: [claim('a')] }, [' x']],
    ['of a kind that is no list is one object', { apiVersion: 'v1', kind: 'Basket', items: [claim('a')] }, ['Basket ']],
    ['that holds nothing is none', listOf(null), ['List ']],
    ['that holds a list holds its items', listOf(listOf(claim('a'))), ['PersistentVolumeClaim a']],
    ['that holds a list of nothing holds that list', listOf({ ...listOf(), items: {} }), ['List ']],
    [
      'that holds an object of another kind that has items holds it',
      listOf({ ...claim('a'), items: [claim('b')] }),
      ['PersistentVolumeClaim a'],
    ],
    ['that is a plain list gives its items no version', listOf({ kind: 'ConfigMap' }), []],
    [
      'that is a typed list gives its items its version',
      { apiVersion: 'v1', kind: 'ConfigMapList', items: [{ metadata: { name: 'a' } }] },
      ['ConfigMap a'],
    ],
  ])('%s', (_, manifest, objects) => {
    expect(titles(manifest)).toEqual(objects);
  });
});

test.each<[unknown, boolean]>([
  [{ apiVersion: 5, kind: 5, metadata: {} }, true],
  [{ apiVersion: 5, kind: 5, spec: {} }, true],
  [{ apiVersion: null, kind: null, spec: null }, true],
  [{ apiVersion: 5, kind: 5 }, false],
  [{ apiVersion: 5, kind: 5, data: {} }, false],
  [{ apiVersion: 5, metadata: {}, spec: {} }, false],
  [{ kind: 5, metadata: {}, spec: {} }, false],
  [{ metadata: {}, spec: {} }, false],
  [null, false],
])('%j means an object: %p', (manifest, means) => {
  expect(meansAnObject(manifest)).toBe(means);
});

describe('an object is', () => {
  const [first, second] = [claim('a'), claim('b')];

  test('where its document is', () => {
    const origin = { file: 'a.yaml', line: 3, lineOf: () => 7 };
    expect(objectsIn({ manifest: first, origin }, 'dev')[0].origin).toBe(origin);
  });

  test('on a line of its own in a list, and so is each part of it', () => {
    const lines = new Map<unknown, number>([
      [second, 7],
      [second.metadata, 9],
    ]);
    const placed = { manifest: listOf(first, second), origin: { file: 'a.yaml', line: 3, lineOf: (node: unknown) => lines.get(node) } };
    const [one, other] = objectsIn(placed, 'dev').map(({ origin }) => origin);
    expect([one?.line, other?.line]).toEqual([3, 7]);
    expect([other?.file, other?.lineOf?.(second.metadata), other?.lineOf?.({})]).toEqual(['a.yaml', 9, undefined]);
  });

  test('on the line of the list where no other line is known', () => {
    const [{ origin }] = objectsIn({ manifest: listOf(first), origin: { file: 'a.yaml', line: 3 } }, 'dev');
    expect([origin?.line, origin?.lineOf?.(first)]).toEqual([3, undefined]);
  });
});

describe('what holds data', () => {
  const object = (apiVersion: string, kind: string) => ({ apiVersion, kind, metadata: { name: 'x', namespace: 'dev' } });
  const data = [
    object('v1', 'PersistentVolumeClaim'),
    object('snapshot.storage.k8s.io/v1', 'VolumeSnapshot'),
    object('snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent'),
    object('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'),
  ];
  const classes = [object('snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass'), object('storage.k8s.io/v1', 'StorageClass')];
  const others = [object('v1', 'ConfigMap'), object('example.com/v1', 'StorageClass'), object('example.com/v1', 'PersistentVolumeClaim')];

  test('or opens it is a claim, a snapshot, a content or a grant; classes hold none', () => {
    const set = setOf(...others, ...classes, ...data);
    expect(storageObjects(set).map(({ manifest }) => manifest)).toEqual(data);
    expect(storageObjectsAndClasses(set).map(({ manifest }) => manifest)).toEqual([...data, ...classes]);
  });
});
