import type { Grant } from '../../src/reference/grant';
import { nearestMiss } from '../../src/reference/nearest-miss';
import type { Reference } from '../../src/reference/reference';

const SNAPSHOTS = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' };
const CLAIMS = { group: '', kind: 'PersistentVolumeClaim' };
const reference: Reference = { claim: { namespace: 'dev', name: 'data' }, source: { ...SNAPSHOTS, namespace: 'prod', name: 'mysql' } };
const fitting: Grant = { namespace: 'prod', name: 'mysql', from: [{ ...CLAIMS, namespace: 'dev' }], to: [{ ...SNAPSHOTS, name: 'mysql' }] };

test.each<[string, Partial<Grant>, string]>([
  ['space', { to: [{ ...SNAPSHOTS, name: 'mysql ' }] }, "allows VolumeSnapshot 'mysql ', the claim asks for mysql"],
  ['capital', { to: [{ ...SNAPSHOTS, name: 'Mysql' }] }, "allows VolumeSnapshot 'Mysql', the claim asks for mysql"],
  ['letter of another script', { to: [{ ...SNAPSHOTS, name: 'm\u0443sql' }] }, "'m\\u{443}sql', the claim asks for mysql"],
  ['character of no width', { from: [{ ...CLAIMS, namespace: 'dev\u{e0061}' }] }, "allows namespace 'dev\\u{e0061}', the claim is in dev"],
  ['asterisk', { to: [{ ...SNAPSHOTS, name: '*' }] }, "allows VolumeSnapshot '*', the claim asks for mysql"],
  ['dot, which a name may have', { to: [{ ...SNAPSHOTS, name: 'my.sql' }] }, 'allows VolumeSnapshot my.sql, the claim asks for mysql'],
  ['space in a kind', { to: [{ ...SNAPSHOTS, kind: 'VolumeSnapshot ', name: 'mysql' }] }, "allows to kind 'VolumeSnapshot ', the claim"],
  ['space in its namespace', { namespace: 'prod ' }, "is in namespace 'prod ', it has to be in prod, beside the source"],
])('a %s is made visible', (_, wrong, text) => {
  expect(nearestMiss([{ ...fitting, ...wrong }], reference)?.text).toContain(text);
});

test('what the claim says is made visible too', () => {
  const text = (asks: Partial<Reference['source']>) =>
    nearestMiss([fitting], { ...reference, source: { ...reference.source, ...asks } })?.text;
  expect(text({ name: 'mysql ' })).toBe("grant prod/mysql allows VolumeSnapshot mysql, the claim asks for 'mysql '");
  expect(text({ kind: 'VolumeSnapshot ' })).toBe("grant prod/mysql allows to kind VolumeSnapshot, the claim asks for 'VolumeSnapshot '");
  expect(text({ namespace: 'prod ' })).toBe("grant prod/mysql is in namespace prod, it has to be in 'prod ', beside the source");
});

describe('the field that differs is said in words', () => {
  const misses: [Grant, string][] = [
    [{ ...fitting, from: [{ ...CLAIMS, namespace: 'dev2' }] }, 'grant prod/mysql allows namespace dev2, the claim is in dev'],
    [{ ...fitting, to: [{ ...SNAPSHOTS, name: 'mysql2' }] }, 'grant prod/mysql allows VolumeSnapshot mysql2, the claim asks for mysql'],
    [{ ...fitting, namespace: '' }, 'grant /mysql has no namespace, it has to be in prod, beside the source'],
    [{ ...fitting, namespace: 'dev' }, 'grant dev/mysql is in namespace dev, it has to be in prod, beside the source'],
    [
      { ...fitting, from: [{ ...CLAIMS, group: 'core', namespace: 'dev' }] },
      "grant prod/mysql allows from group 'core', claims are in the core group, written ''",
    ],
    [
      { ...fitting, from: [{ ...CLAIMS, kind: 'Pod', namespace: 'dev' }] },
      'grant prod/mysql allows from kind Pod, the claim is a PersistentVolumeClaim',
    ],
    [
      { ...fitting, to: [{ ...SNAPSHOTS, group: 'snapshot.storage.k8s.io/v1', name: 'mysql' }] },
      "grant prod/mysql allows to group 'snapshot.storage.k8s.io/v1', the claim asks for 'snapshot.storage.k8s.io'",
    ],
    [
      { ...fitting, to: [{ ...SNAPSHOTS, kind: 'volumesnapshot', name: 'mysql' }] },
      'grant prod/mysql allows to kind volumesnapshot, the claim asks for VolumeSnapshot',
    ],
    [
      { ...fitting, from: [{ ...CLAIMS, kind: '', namespace: 'dev' }] },
      "grant prod/mysql allows from kind '', the claim is a PersistentVolumeClaim",
    ],
    [{ ...fitting, from: [{ ...CLAIMS, namespace: '' }] }, "grant prod/mysql allows namespace '', the claim is in dev"],
    [
      { ...fitting, to: [{ ...SNAPSHOTS, kind: '', name: 'mysql' }] },
      "grant prod/mysql allows to kind '', the claim asks for VolumeSnapshot",
    ],
  ];
  test.each(misses)('%#: %j', (grant, text) => {
    expect(nearestMiss([grant], reference)).toEqual({ grant, distance: 1, text });
  });
});

test('two wrong fields are both said', () => {
  const grant: Grant = { ...fitting, from: [{ ...CLAIMS, namespace: 'dev2' }], to: [{ ...SNAPSHOTS, name: 'mysql2' }] };
  expect(nearestMiss([grant], reference)?.text).toBe(
    'grant prod/mysql allows namespace dev2, the claim is in dev; it allows VolumeSnapshot mysql2, the claim asks for mysql',
  );
});

test('three wrong fields are not near', () => {
  const grant: Grant = { ...fitting, namespace: 'x', from: [{ ...CLAIMS, namespace: 'dev2' }], to: [{ ...SNAPSHOTS, name: 'mysql2' }] };
  expect(nearestMiss([grant], reference)).toBeUndefined();
});

test('the grant with fewer wrong fields is nearer, in whatever order they come', () => {
  const one: Grant = { ...fitting, name: 'one', from: [{ ...CLAIMS, namespace: 'dev2' }] };
  const two: Grant = { ...one, name: 'a-two', to: [{ ...SNAPSHOTS, name: 'mysql2' }] };
  expect(nearestMiss([one, two], reference)?.grant).toBe(one);
  expect(nearestMiss([two, one], reference)?.grant).toBe(one);
});

test('among equally near grants the first by namespace and name is told', () => {
  const grant = (name: string): Grant => ({ ...fitting, name, from: [{ ...CLAIMS, namespace: name }] });
  expect(nearestMiss([grant('c'), grant('a'), grant('b')], reference)?.grant.name).toBe('a');
});

test('of several entries the closest is told', () => {
  const grant: Grant = {
    ...fitting,
    from: [
      { group: 'apps', kind: 'Deployment', namespace: 'test' },
      { ...CLAIMS, namespace: 'dev2' },
    ],
  };
  expect(nearestMiss([grant], reference)?.text).toBe('grant prod/mysql allows namespace dev2, the claim is in dev');
});

test('a grant that allows nothing, or everything that is asked, is no miss', () => {
  expect(nearestMiss([{ ...fitting, from: [] }], reference)).toBeUndefined();
  expect(nearestMiss([{ ...fitting, to: [] }], reference)).toBeUndefined();
  expect(nearestMiss([fitting], reference)).toBeUndefined();
  expect(nearestMiss([], reference)).toBeUndefined();
});
