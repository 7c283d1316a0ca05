import { findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet } from '../../src/rules/object-set';
import { CLAIMS, claim, from, grant, REF, SNAPSHOTS, snapshot, to } from './manifest-parts';

const TOLD = ['source-missing', 'reference-not-granted', 'kind-spelling', 'field-spelling', 'wrong-type'];

/** What the rules for grants say, and those that may speak of the same mistake. */
function findings(manifests: readonly object[], external: string[] = []) {
  const set = new ObjectSet(
    manifests.map((manifest) => ({ manifest })),
    { external },
  );
  return [
    ...findingsIn(
      set,
      ALL_RULES.filter(({ id }) => id.startsWith('grant-') || TOLD.includes(id)),
    ),
  ];
}
const rules = (...manifests: object[]) => findings(manifests).map(({ rule, object }) => `${rule} ${object.name}`);
const open = (...entries: object[]) => grant('g', [from('dev')], entries);

test('a grant for a snapshot that is not among those of its namespace is told with them, entry by entry', () => {
  const manifests = [open(to('mysql-1'), to('mysql-2'), to('mysql-3')), snapshot('mysql-3'), snapshot('mysql-4')];
  const told = (index: number, name: string) =>
    `spec.to[${index}] of ReferenceGrant prod/g opens VolumeSnapshot ${name}, but of that kind the set shows in namespace prod only mysql-3, mysql-4; did you mean mysql-3?`;
  expect(findings(manifests).map(({ message }) => message)).toEqual([told(0, 'mysql-1'), told(1, 'mysql-2')]);
});

test('a grant for a claim is told likewise', () => {
  const claims = open({ ...CLAIMS, name: 'data' });
  expect(rules(claims, claim('files', undefined, 'prod'))).toEqual(['grant-names-nothing g']);
  expect(rules(claims, claim('data', undefined, 'prod'))).toEqual([]);
});

describe('a grant is not told', () => {
  test('where the set shows nothing of that kind in its namespace', () => {
    expect(rules(open(to('mysql')), snapshot('files', 'test'))).toEqual([]);
    expect(rules(open(to('mysql')), claim('mysql-data', undefined, 'prod'))).toEqual([]);
  });

  test('in a namespace that is delivered elsewhere', () => {
    expect(findings([open(to('mysql')), snapshot('files')], ['prod'])).toEqual([]);
    expect(findings([open(to('mysql')), snapshot('files')], ['dev'])).toHaveLength(1);
  });

  test('for the claim of a StatefulSet', () => {
    const statefulSet = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'mysql', namespace: 'prod' },
      spec: { template: { spec: { containers: [] } }, volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
    };
    const rest = [statefulSet, claim('files', undefined, 'prod')];
    expect(rules(open({ ...CLAIMS, name: 'data-mysql-0' }), ...rest)).toEqual([]);
    expect(rules(open({ ...CLAIMS, name: 'mysql-data-0' }), ...rest)).toEqual(['grant-names-nothing g']);
  });

  test('for the original of copies, which is delivered elsewhere', () => {
    expect(rules(open({ ...CLAIMS, name: 'data' }), claim('copy', REF, 'prod'))).not.toContain('grant-names-nothing g');
  });

  test('where it is not about claims', () => {
    const routes = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'web' };
    expect(rules(grant('g', [routes], [to('mysql')]), snapshot('files'))).toEqual([]);
  });
});

describe('one mistake is told once:', () => {
  const others = [snapshot('files'), claim('copy', { ...REF, name: 'files' })];

  test('a claim that asks for what is not there speaks for its grant', () => {
    expect(rules(open(to('mysql')), snapshot('files'), claim('data', REF))).toEqual(['source-missing data']);
    expect(rules(open(to('mysql'), to('files')), ...others, claim('data', REF))).toEqual(['source-missing data']);
  });

  test('a claim that is refused speaks for the grant that was meant', () => {
    expect(rules(open(to('mysqll'), to('files')), ...others, snapshot('mysql'), claim('data', REF))).toEqual([
      'reference-not-granted data',
    ]);
    expect(rules(open(to('mysqll')), snapshot('mysql'), claim('data', REF))).toEqual(['reference-not-granted data']);
  });

  test('a handed-over snapshot speaks for its grant', () => {
    const handedOver = snapshot('snapshot-clone.prod.mysql', 'dev');
    expect(rules(open(to('mysql')), snapshot('files'), handedOver)).toEqual([]);
    expect(rules(open(to('mysql'), to('files')), snapshot('files'), handedOver)).toEqual([]);
  });

  test('a grant that covers nothing needs no second word', () => {
    expect(rules(open(to('mysql')), snapshot('files'), claim('data'))).toEqual(['grant-covers-nothing g']);
    expect(rules(open(to('mysql')), snapshot('files'))).toEqual(['grant-names-nothing g']);
    expect(rules(open(to('mysql'), to('files')), ...others)).toEqual(['grant-names-nothing g']);
  });

  test('a claim with a misspelled field may ask for what is not there', () => {
    const { spec, ...rest } = claim('data', REF);
    const misspelled = { ...rest, spec: { dataSourceref: spec.dataSourceRef } };
    expect(rules(open(to('mysql'), to('files')), ...others, misspelled)).toEqual(['field-spelling data']);
  });

  test('a snapshot with a misspelled kind may be what is not there', () => {
    expect(rules(open(to('mysql')), snapshot('files'), { ...snapshot('mysql'), kind: 'Volumesnapshot' })).toEqual(['kind-spelling mysql']);
  });

  test.each<[string, object]>([
    ['grant-in-target-namespace g', grant('g', [from('prod')], [to('mysql')])],
    ['grant-to-group-wrong g', open({ ...to('mysql'), group: '' })],
    ['grant-to-group-wrong g', open({ kind: SNAPSHOTS.kind, name: 'mysql' })],
    ['grant-too-wide g', open(SNAPSHOTS)],
    ['grant-wildcard g', open(to('mysql-*'))],
    ['kind-spelling g', open({ ...to('mysql'), kind: 'volumesnapshots' })],
    ['wrong-type g', open({ ...SNAPSHOTS, name: 5 })],
  ])('%s', (told, one) => {
    expect(rules(one, snapshot('files'))).toContain(told);
    expect(rules(one, snapshot('files'))).not.toContain('grant-names-nothing g');
  });
});
