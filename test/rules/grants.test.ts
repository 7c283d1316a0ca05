import { GRANT_RULES } from '../../src/rules/grants/rules';
import { ObjectSet } from '../../src/rules/object-set';
import { judgementsOf } from '../../src/rules/rule';

const SNAPSHOTS = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' };
const CLAIMS = { group: '', kind: 'PersistentVolumeClaim' };
const GATEWAY = 'gateway.networking.k8s.io/v1beta1';

const grant = (name: string, from: unknown, to: unknown, namespace = 'prod', apiVersion = GATEWAY) => ({
  apiVersion,
  kind: 'ReferenceGrant',
  metadata: { name, namespace },
  spec: { from, to },
});
const claim = (name: string, source?: string, namespace = 'dev') => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace },
  spec: source ? { dataSourceRef: { apiGroup: SNAPSHOTS.group, kind: SNAPSHOTS.kind, namespace: 'prod', name: source } } : {},
});
const from = (namespace: string) => ({ ...CLAIMS, namespace });
const to = (name?: string) => ({ ...SNAPSHOTS, name });

/** What the rules for grants say, by rule; and on which line: here, the part of the manifest that is to blame. */
function said(manifests: readonly unknown[]): { rule: string; object: string; message: string; node: unknown }[] {
  const set = new ObjectSet(manifests.map((manifest) => ({ manifest })));
  return GRANT_RULES.flatMap((rule) =>
    judgementsOf(rule, set).flatMap(({ object, faults }) =>
      faults.map(({ message, node }) => ({ rule: rule.id, object: object.name, message, node })),
    ),
  );
}
const rules = (manifests: readonly unknown[]) => said(manifests).map(({ rule, object }) => `${rule} ${object}`);
const texts = (manifests: readonly unknown[]) => said(manifests).map(({ message }) => message);

describe('a grant that covers nothing says', () => {
  const opens = 'ReferenceGrant prod/g opens VolumeSnapshot mysql to claims of namespace dev, but';
  const g = grant('g', [from('dev')], [to('mysql')]);

  test.each([
    ['the one claim there', [claim('a')], `${opens} the one claim there does not ask for it`],
    ['how many claims are there', [claim('a'), claim('b')], `${opens} none of the 2 claims there asks for it`],
  ])('%s', (_, others, message) => {
    expect(texts([g, ...others])).toEqual([message]);
  });

  test('all that it opens, and to whom', () => {
    const wide = grant('g', [from('dev'), from('test')], [to('mysql'), { ...CLAIMS }]);
    expect(texts([wide, claim('a'), claim('b', undefined, 'test')])).toContain(
      'ReferenceGrant prod/g opens VolumeSnapshot mysql, every PersistentVolumeClaim to claims of the namespaces dev, test, but none of the 2 claims there asks for it',
    );
  });
});

describe('a grant with one mistake among right entries is told of it alone', () => {
  const there = [claim('a'), claim('b', undefined, 'test')];

  test.each([
    ['grant-from-group-not-core g', grant('g', [from('dev'), { ...from('test'), group: 'core' }], [to('mysql')])],
    ['grant-to-group-wrong g', grant('g', [from('dev')], [to('mysql'), { ...to('files'), group: '' }])],
    ['grant-to-group-wrong g', grant('g', [from('dev')], [to('mysql'), { kind: SNAPSHOTS.kind, name: 'files' }])],
    ['grant-wildcard g', grant('g', [from('dev')], [to('mysql'), to('*')])],
    ['grant-wildcard g', grant('g', [from('dev'), from('*')], [to('mysql')])],
    ['grant-split g', grant('g', [from('dev')], [])],
  ])('%s', (told, one) => {
    expect(rules([one, ...there])).toEqual([told]);
  });

  test('grant-in-target-namespace is not for a grant that is from another namespace as well', () => {
    const two = grant('g', [from('dev'), from('prod')], [to('mysql')]);
    expect(rules([two, claim('a'), claim('b', undefined, 'prod')])).toEqual([]);
    expect(rules([grant('g', [from('prod')], [to('mysql')]), claim('b', undefined, 'prod')])).toEqual(['grant-in-target-namespace g']);
  });
});

describe('a grant is used', () => {
  test('by one of several claims, through one of several entries', () => {
    expect(
      rules([grant('g', [from('dev'), from('test')], [to('x'), to('mysql')]), claim('a', 'mysql'), claim('b', undefined, 'test')]),
    ).toEqual([]);
  });

  test('not by an entry about other objects than claims', () => {
    const pods = { group: '', kind: 'Pod', namespace: 'dev' };
    const routes = { group: 'apps', kind: 'PersistentVolumeClaim', namespace: 'dev' };
    for (const other of [pods, routes]) {
      const g = grant('g', [other, from('test')], [to('mysql')]);
      expect(texts([g, claim('a', 'mysql'), claim('b', undefined, 'test')]).join()).not.toMatch(/dev\/a/);
      const set = new ObjectSet([g, claim('a', 'mysql')].map((manifest) => ({ manifest })));
      expect(set.refusals.size).toBe(1);
    }
  });
});

describe('a grant in halves', () => {
  test('names the first other half of its namespace, and what it lacks itself', () => {
    const halves = [
      grant('a', [from('dev')], []),
      grant('b', undefined, [to('mysql')]),
      grant('c', [], [to('files')]),
      grant('d', [from('dev')], undefined, 'other'),
    ];
    const other = (name: string) =>
      `: ReferenceGrant prod/${name} has one, but each grant counts as a whole; write both halves into one grant`;
    expect(texts(halves)).toEqual([
      `ReferenceGrant prod/a has no \`to\`, and does not say what may be copied${other('b')}`,
      `ReferenceGrant prod/b has no \`from\`, and does not say whose claims may copy${other('a')}`,
      `ReferenceGrant prod/c has no \`from\`, and does not say whose claims may copy${other('a')}`,
      'ReferenceGrant other/d has no `to`, and does not say what may be copied; write both halves into one grant',
    ]);
  });

  test('whose two halves leave two claims alone is told once, with the first of them', () => {
    const halves = [grant('a', [from('dev')], [to('x')]), grant('b', [from('y')], [to()])];
    const split = said([...halves, claim('one', 'mysql'), claim('two', 'files')]).filter(({ rule }) => rule === 'grant-split');
    expect(split.map(({ object, message }) => [object, message])).toEqual([
      [
        'a',
        'ReferenceGrant prod/a is from claims of namespace dev, and ReferenceGrant prod/b is to VolumeSnapshot mysql, but one grant must hold both, or dev/one is not covered',
      ],
    ]);
  });

  test('counts halves about claims only', () => {
    for (const other of [
      { group: '', kind: 'Pod', namespace: 'dev' },
      { group: 'apps', kind: 'PersistentVolumeClaim', namespace: 'dev' },
    ]) {
      const halves = [grant('a', [other, from('z')], [to('x')]), grant('b', [from('y')], [to('mysql')])];
      expect(rules([...halves, claim('one', 'mysql')]).filter((rule) => rule.startsWith('grant-split'))).toEqual([]);
    }
  });
});

test('grants without a word of claims in `from` are not asked about the names and groups of their `to`', () => {
  const routes = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'web' }];
  expect(rules([grant('g', routes, [{ ...SNAPSHOTS }, { group: 'wrong', kind: 'VolumeSnapshot' }])])).toEqual([]);
});

describe('a grant that is incomplete says', () => {
  const bare = (spec?: unknown) => ({ apiVersion: GATEWAY, kind: 'ReferenceGrant', metadata: { name: 'g', namespace: 'prod' }, spec });
  const empty = 'ReferenceGrant prod/g has neither `from` nor `to`, but must say whose claims may copy, and what';

  test.each([
    ['spec', undefined],
    ['spec, which is null', null],
    ['lists', {}],
    ['lists, which are null', { from: null, to: null }],
    ['entries', { from: [], to: [] }],
    ['entries on one side, and the other', { to: [] }],
  ])('that it has no %s', (_, spec) => {
    expect(said([bare(spec)])).toEqual([{ rule: 'grant-incomplete', object: 'g', message: empty, node: spec }]);
  });

  test('which fields of which entries are absent or empty', () => {
    const spec = {
      from: [from('dev'), { group: '', kind: null, namespace: 'dev' }, { ...CLAIMS }],
      to: [to('mysql'), { group: SNAPSHOTS.group, kind: '' }],
    };
    expect(said([bare(spec)])).toEqual(
      [
        ['spec.from[1].kind of ReferenceGrant prod/g is absent, but must be PersistentVolumeClaim, or what else may refer', spec.from[1]],
        ['spec.from[2].namespace of ReferenceGrant prod/g is absent, but must be the namespace whose claims may copy', spec.from[2]],
        ["spec.to[1].kind of ReferenceGrant prod/g is '', but must be VolumeSnapshot, or what else may be copied", spec.to[1]],
      ].map(([message, node]) => ({ rule: 'grant-incomplete', object: 'g', message, node })),
    );
  });

  test.each([
    ['from[0].kind', { group: '', namespace: 'dev' }],
    ['from[0].namespace', CLAIMS],
    ['to[1].kind', { group: SNAPSHOTS.group }],
    ['to[1].kind', { group: SNAPSHOTS.group, kind: '', name: 'mysql' }],
  ])('one field, however whole all the others are: %s', (path, entry) => {
    const whole = { from: [from('dev')], to: [to('mysql')] };
    const spec = path.startsWith('from') ? { ...whole, from: [entry] } : { ...whole, to: [...whole.to, entry] };
    const told = said([bare(spec)]).filter(({ rule }) => rule === 'grant-incomplete');
    expect(told.map(({ message }) => message)).toEqual([expect.stringContaining(`spec.${path} of ReferenceGrant prod/g is `)]);
  });

  test.each([
    ['the spec', 'none'],
    ['the spec', []],
    ['a side', { from: 'dev' }],
    ['a side', { from: {}, to: [] }],
    ['an entry', { from: ['dev'], to: [null] }],
    ['a field', { from: [{ ...from('dev'), kind: 5 }], to: [to('mysql')] }],
    ['a field', { from: [{ ...CLAIMS, namespace: [] }], to: [to('mysql')] }],
  ])('nothing where %s has a wrong type, of which another rule speaks (%#)', (_, spec) => {
    expect(rules([bare(spec)])).toEqual([]);
  });
});

describe('the blame is on', () => {
  const blamed = (manifest: ReturnType<typeof grant>, rule: string) => said([manifest]).find((one) => one.rule === rule)?.node;

  test('the side with too many entries', () => {
    const many = grant(
      'g',
      [from('dev')],
      Array.from({ length: 17 }, (_, index) => to(`s${index}`)),
    );
    expect(blamed(many, 'grant-too-many-entries')).toBe(many.spec.to);
  });

  test('the version that is not served', () => {
    expect(blamed(grant('g', [from('dev')], [to('x')], 'prod', 'gateway.networking.k8s.io/v1alpha2'), 'grant-version-not-served')).toBe(
      'gateway.networking.k8s.io/v1alpha2',
    );
  });

  test('the entry', () => {
    const wrong = grant('g', [{ ...from('dev'), group: 'core' }], [{ ...to(''), group: 'snapshot.storage.k8s.io/v1' }]);
    expect(blamed(wrong, 'grant-from-group-not-core')).toBe((wrong.spec.from as unknown[])[0]);
    expect(blamed(wrong, 'grant-to-group-versioned')).toBe((wrong.spec.to as unknown[])[0]);
    expect(blamed(wrong, 'grant-too-wide')).toBe((wrong.spec.to as unknown[])[0]);
  });
});
