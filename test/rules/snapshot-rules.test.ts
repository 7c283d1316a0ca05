import { ObjectSet } from '../../src/rules/object-set';
import { judgementsOf } from '../../src/rules/rule';
import { SNAPSHOT_RULES } from '../../src/rules/snapshots/rules';

const GROUP = 'snapshot.storage.k8s.io';
const [CLAIM, CONTENT] = ['persistentVolumeClaimName', 'volumeSnapshotContentName'];

/** What one rule says of each object that it has looked at, and on which part of the manifest. */
const said = (id: string, ...manifests: object[]) =>
  judgementsOf(SNAPSHOT_RULES.find((rule) => rule.id === id)!, new ObjectSet(manifests.map((manifest) => ({ manifest })))).map(
    ({ faults }) => faults.map(({ message, node }) => ({ message, node })),
  );
const snapshot = (spec: object) => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'VolumeSnapshot',
  metadata: { name: 'mysql', namespace: 'prod' },
  spec,
});

describe('the source of a snapshot', () => {
  const both = 'but must have only one of them';

  test.each<object>([
    { [CLAIM]: 'data' },
    { [CONTENT]: 'content' },
    { [CLAIM]: 'data', [CONTENT]: null },
    { [CLAIM]: null, [CONTENT]: 'content' },
  ])('may be %j', (source) => {
    expect(said('snapshot-source', snapshot({ source }))).toEqual([[]]);
  });

  test.each<[object, string]>([
    [{}, `source of VolumeSnapshot prod/mysql names nothing, but must have one of ${CLAIM} and ${CONTENT}`],
    [{ [CLAIM]: null }, `source of VolumeSnapshot prod/mysql names nothing, but must have one of ${CLAIM} and ${CONTENT}`],
    [{ [CLAIM]: '' }, `${CLAIM} of VolumeSnapshot prod/mysql is '', but must be a name`],
    [{ [CONTENT]: '' }, `${CONTENT} of VolumeSnapshot prod/mysql is '', but must be a name`],
    [{ [CLAIM]: 5 }, `${CLAIM} of VolumeSnapshot prod/mysql is 5, but must be a name`],
    [{ [CONTENT]: 5 }, `${CONTENT} of VolumeSnapshot prod/mysql is 5, but must be a name`],
    [{ [CLAIM]: 'a', [CONTENT]: 'b' }, `source of VolumeSnapshot prod/mysql has ${CLAIM} 'a' and ${CONTENT} 'b', ${both}`],
    [{ [CLAIM]: 'a', [CONTENT]: '' }, `source of VolumeSnapshot prod/mysql has ${CLAIM} 'a' and ${CONTENT} '', ${both}`],
  ])('may not be %j', (source, message) => {
    expect(said('snapshot-source', snapshot({ source }))).toEqual([[{ message, node: source }]]);
  });

  test('is missed where it would be', () => {
    const spec = { volumeSnapshotClassName: 'fast' };
    const [[{ node }]] = said('snapshot-source', snapshot(spec));
    expect(node).toBe(spec);
  });
});

describe('a snapshot that is deleted with its object', () => {
  const classOf = (deletionPolicy: unknown) => ({
    apiVersion: `${GROUP}/v1`,
    kind: 'VolumeSnapshotClass',
    metadata: { name: 'fast' },
    deletionPolicy,
  });
  const claim = (name: string, namespace: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace },
    spec: { dataSourceRef: { apiGroup: GROUP, kind: 'VolumeSnapshot', namespace: 'prod', name: 'mysql' } },
  });
  const one = snapshot({ volumeSnapshotClassName: 'fast' });
  const told = (...others: object[]) => said('snapshot-deleted-with-source', one, ...others);

  test('is told of with the first claim of another namespace that waits for it', () => {
    const message =
      "deletionPolicy of VolumeSnapshotClass fast is 'Delete': deleting VolumeSnapshot prod/mysql deletes the data, also while claim dev/b waits for it";
    expect(told(classOf('Delete'), claim('a', 'prod'), claim('b', 'dev'), claim('c', 'test'))).toEqual([[{ message, node: one.spec }]]);
  });

  test.each<[string, object[], object[]]>([
    ['is kept', [classOf('Retain'), claim('b', 'dev')], [[]]],
    ['has another policy', [classOf('Other'), claim('b', 'dev')], []],
    ['has a policy of a wrong type', [classOf(undefined), claim('b', 'dev')], []],
    ['is of a class that is not seen', [claim('b', 'dev')], []],
    ['fills claims of its own namespace only', [classOf('Delete'), claim('a', 'prod')], []],
    ['fills nothing', [classOf('Delete')], []],
    ['is kept, and fills nothing', [classOf('Retain')], []],
  ])('is none that %s', (_, others, judged) => {
    expect(told(...others)).toEqual(judged);
  });
});

test('an object that is described twice is told of on the line of its metadata', () => {
  const [first, second] = [snapshot({ source: {} }), snapshot({ source: {} })];
  const [, [{ node }]] = said('duplicate-object', first, second);
  expect(node).toBe(second.metadata);
});
