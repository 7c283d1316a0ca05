import { labelFault, subdomainFault } from '../../src/reference/dns';
import { INTENT_ANNOTATION, intentOf } from '../../src/reference/intent';
import { crossesNamespace, keyOf, notGranted, type Reference } from '../../src/reference/reference';

const source = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', namespace: 'prod', name: 'mysql' };
const reference: Reference = { claim: { namespace: 'dev', name: 'data' }, source };

test('a refusal is worded as csi-provisioner words it', () => {
  expect(notGranted(reference)).toBe("accessing prod/mysql of VolumeSnapshot dataSource from dev/data isn't allowed");
});

test('a reference crosses a namespace when claim and source live in two', () => {
  expect(crossesNamespace(reference)).toBe(true);
  expect(crossesNamespace({ ...reference, claim: { namespace: 'prod', name: 'data' } })).toBe(false);
});

test('two objects have one key exactly when they are the same object', () => {
  expect(keyOf({ ...source })).toBe(keyOf(source));
  for (const field of ['group', 'kind', 'namespace', 'name'] as const) expect(keyOf({ ...source, [field]: 'x' })).not.toBe(keyOf(source));
});

test('the intent names kind, group, namespace and name; the core group has no name', () => {
  expect(INTENT_ANNOTATION).toBe('cdk8s-snapshot-clone/data-source');
  expect(intentOf(source)).toBe('VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql');
  expect(intentOf({ group: '', kind: 'PersistentVolumeClaim', namespace: 'prod', name: 'data' })).toBe('PersistentVolumeClaim/prod/data');
});

describe('a DNS label has 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends', () => {
  test.each(['a', '0', 'a-b', 'prod', '2026-11-22', 'a'.repeat(63)])('%s is one', (value) => expect(labelFault(value)).toBeUndefined());
  test.each(['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a b', 'ü', 'a\n', 'a'.repeat(64)])('%p is none', (value) =>
    expect(labelFault(value)).toBe("must be a DNS label: 1 to 63 of a-z, 0-9 and '-', beginning and ending with a letter or digit"),
  );
});

describe('a DNS subdomain has 1 to 253 characters, in parts that begin and end with a letter or digit', () => {
  test.each(['a', 'a.b', 'a-b.c', 'csi.example.com', 'a'.repeat(253)])('%s is one', (value) =>
    expect(subdomainFault(value)).toBeUndefined(),
  );
  test.each(['', '.', 'a.', '.a', 'a..b', '-a', 'a-', 'a.-b', 'A', 'a/b', 'a\n', 'a'.repeat(254)])('%p is none', (value) =>
    expect(subdomainFault(value)).toBe(
      "must be a DNS subdomain: 1 to 253 of a-z, 0-9, '-' and '.', each part beginning and ending with a letter or digit",
    ),
  );
});
