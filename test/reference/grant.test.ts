import * as fc from 'fast-check';
import { covers, type Grant, GrantIndex, MAX_GRANT_ENTRIES } from '../../src/reference/grant';
import type { Reference } from '../../src/reference/reference';
import { crossesNamespace } from '../../src/reference/reference';

const SNAPSHOTS = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' };
const CLAIMS = { group: '', kind: 'PersistentVolumeClaim' };

const reference: Reference = { claim: { namespace: 'dev', name: 'data' }, source: { ...SNAPSHOTS, namespace: 'prod', name: 'mysql' } };
const fitting: Grant = {
  namespace: 'prod',
  name: 'mysql-to-dev',
  from: [{ ...CLAIMS, namespace: 'dev' }],
  to: [{ ...SNAPSHOTS, name: 'mysql' }],
};

test('a grant whose every field fits covers the reference', () => {
  expect(covers([fitting], reference)).toBe(true);
});

test('no grant covers nothing', () => {
  expect(covers([], reference)).toBe(false);
});

describe('a grant with one wrong field covers nothing', () => {
  const oneWrong: Record<string, Grant> = {
    'namespace of the grant': { ...fitting, namespace: 'dev' },
    'from.group core': { ...fitting, from: [{ ...CLAIMS, group: 'core', namespace: 'dev' }] },
    'from.group v1': { ...fitting, from: [{ ...CLAIMS, group: 'v1', namespace: 'dev' }] },
    'from.kind in another case': { ...fitting, from: [{ ...CLAIMS, kind: 'persistentvolumeclaim', namespace: 'dev' }] },
    'from.kind of another object': { ...fitting, from: [{ ...CLAIMS, kind: 'Pod', namespace: 'dev' }] },
    'from.namespace': { ...fitting, from: [{ ...CLAIMS, namespace: 'dev2' }] },
    'from.namespace in another case': { ...fitting, from: [{ ...CLAIMS, namespace: 'Dev' }] },
    'to.group empty': { ...fitting, to: [{ ...SNAPSHOTS, group: '', name: 'mysql' }] },
    'to.group with a version': { ...fitting, to: [{ ...SNAPSHOTS, group: 'snapshot.storage.k8s.io/v1', name: 'mysql' }] },
    'to.kind in another case': { ...fitting, to: [{ ...SNAPSHOTS, kind: 'volumesnapshot', name: 'mysql' }] },
    'to.kind of another object': { ...fitting, to: [{ ...SNAPSHOTS, kind: 'VolumeSnapshotContent', name: 'mysql' }] },
    'to.name': { ...fitting, to: [{ ...SNAPSHOTS, name: 'mysql2' }] },
    'no from': { ...fitting, from: [] },
    'no to': { ...fitting, to: [] },
  };
  test.each(Object.entries(oneWrong))('%s', (_, grant) => {
    expect(covers([grant], reference)).toBe(false);
    expect(covers([grant, fitting], reference)).toBe(true);
  });
});

test('from and to have to be in the same grant', () => {
  const onlyFrom: Grant = { ...fitting, name: 'a', to: [{ ...SNAPSHOTS, name: 'other' }] };
  const onlyTo: Grant = { ...fitting, name: 'b', from: [{ ...CLAIMS, namespace: 'test' }] };
  expect(covers([onlyFrom, onlyTo], reference)).toBe(false);
});

test('grants are ORed: one that fits is enough, wherever it stands', () => {
  const other: Grant = { ...fitting, name: 'a', from: [{ ...CLAIMS, namespace: 'test' }] };
  expect(covers([other, fitting], reference)).toBe(true);
  expect(covers([fitting, other], reference)).toBe(true);
});

test('every from of a grant reaches every to', () => {
  const wide: Grant = {
    ...fitting,
    from: [
      { ...CLAIMS, namespace: 'test' },
      { ...CLAIMS, namespace: 'dev' },
    ],
    to: [
      { ...SNAPSHOTS, name: 'other' },
      { ...SNAPSHOTS, name: 'mysql' },
    ],
  };
  for (const namespace of ['test', 'dev']) {
    for (const name of ['other', 'mysql']) {
      expect(covers([wide], { claim: { namespace, name: 'x' }, source: { ...reference.source, name } })).toBe(true);
    }
  }
});

test.each([undefined, ''])('a to without a name (%p) covers every object of its kind', (name) => {
  expect(covers([{ ...fitting, to: [{ ...SNAPSHOTS, name }] }], reference)).toBe(true);
  expect(covers([{ ...fitting, to: [{ ...CLAIMS, name }] }], reference)).toBe(false);
});

test('the claim’s own namespace needs no grant', () => {
  expect(covers([], { ...reference, claim: { namespace: 'prod', name: 'data' } })).toBe(true);
});

test('a claim as source is covered by the core group, written as an empty string', () => {
  const claimSource: Reference = { ...reference, source: { ...CLAIMS, namespace: 'prod', name: 'data' } };
  expect(covers([{ ...fitting, to: [{ ...CLAIMS, name: 'data' }] }], claimSource)).toBe(true);
  expect(covers([{ ...fitting, to: [{ ...SNAPSHOTS, name: 'data' }] }], claimSource)).toBe(false);
});

test('an index of the grants gives the verdict of the predicate', () => {
  const group = fc.constantFrom('', 'snapshot.storage.k8s.io', 'core');
  const kind = fc.constantFrom('PersistentVolumeClaim', 'VolumeSnapshot', 'volumesnapshot');
  const namespace = fc.constantFrom('prod', 'dev', 'test');
  const name = fc.constantFrom('mysql', 'files');
  const grant = fc.record({
    namespace,
    name,
    from: fc.array(fc.record({ group, kind, namespace }), { maxLength: 3 }),
    to: fc.array(fc.record({ group, kind, name: fc.oneof(name, fc.constantFrom(undefined, '')) }), { maxLength: 3 }),
  });
  const asked = fc.record({ claim: fc.record({ namespace, name }), source: fc.record({ group, kind, namespace, name }) });
  fc.assert(
    fc.property(fc.array(grant, { maxLength: 6 }), asked, fc.boolean(), (some, one, padded) => {
      // A grant with more entries than the API takes covers what it covers.
      const more = Array.from({ length: MAX_GRANT_ENTRIES }, (_, index) => ({
        group: '',
        kind: 'PersistentVolumeClaim',
        namespace: `x${index}`,
      }));
      const grants = padded ? some.map((each) => ({ ...each, from: [...each.from, ...more] })) : some;
      const index = new GrantIndex(grants);
      expect(index.covers(one)).toBe(covers(grants, one));
      if (crossesNamespace(one)) expect(new Set(index.covering(one))).toEqual(new Set(grants.filter((each) => covers([each], one))));
    }),
    { numRuns: 2000 },
  );
});

test('claims that have all their grants in common share one list of them', () => {
  const from = [{ group: '', kind: 'PersistentVolumeClaim', namespace: 'dev' }];
  const to = [{ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'mysql' }];
  const index = new GrantIndex(['a', 'b'].map((name) => ({ namespace: 'prod', name, from, to })));
  const asks = (name: string) => ({ claim: { namespace: 'dev', name }, source: { ...to[0]!, namespace: 'prod' } });
  expect(index.covering(asks('x'))).toHaveLength(2);
  expect(index.covering(asks('x'))).toBe(index.covering(asks('y')));
});

test('the limit of entries is the one of the ReferenceGrant definition', () => {
  expect(MAX_GRANT_ENTRIES).toBe(16);
});
