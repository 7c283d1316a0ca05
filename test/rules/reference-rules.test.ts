import { ObjectSet } from '../../src/rules/object-set';
import { REFERENCE_RULES } from '../../src/rules/references/rules';
import { judgementsOf } from '../../src/rules/rule';

const GROUP = 'snapshot.storage.k8s.io';
const REF = { apiGroup: GROUP, kind: 'VolumeSnapshot', name: 'mysql' };

const claim = (spec: object, name = 'data') => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'dev' },
  spec,
});
const snapshot = (name: string, namespace = 'dev') => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'VolumeSnapshot',
  metadata: { name, namespace },
});
const grant = (from: unknown, to: unknown = []) => ({
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'ReferenceGrant',
  metadata: { name: 'g', namespace: 'prod' },
  spec: { from, to },
});

/** What one rule says. */
function said(rule: string, ...manifests: unknown[]): { message: string; node: unknown }[] {
  const set = new ObjectSet(manifests.map((manifest) => ({ manifest })));
  const [asked] = REFERENCE_RULES.filter(({ id }) => id === rule);
  return judgementsOf(asked, set).flatMap(({ faults }) => faults.map(({ message, node }) => ({ message, node })));
}
const texts = (rule: string, ...manifests: unknown[]) => said(rule, ...manifests).map(({ message }) => message);
const looksAt = (rule: string, ...manifests: unknown[]) =>
  judgementsOf(REFERENCE_RULES.find(({ id }) => id === rule)!, new ObjectSet(manifests.map((manifest) => ({ manifest })))).length;

describe('a rule does not look at claims that are none of its business:', () => {
  test.each(['both-data-sources', 'data-source-with-namespace', 'reference-not-granted', 'populator-not-in-set'])('%s', (rule) => {
    expect(looksAt(rule, claim({}))).toBe(0);
  });

  test('reference-not-granted has nothing to say of the own namespace', () => {
    expect(looksAt('reference-not-granted', claim({ dataSourceRef: REF }))).toBe(0);
  });

  test('source-not-in-set leaves a source that is missing to another rule', () => {
    expect(looksAt('source-not-in-set', claim({ dataSourceRef: REF }), snapshot('other'))).toBe(0);
  });
});

describe('two data sources', () => {
  const both = (dataSource: unknown, dataSourceRef: unknown = REF) =>
    texts('both-data-sources', claim({ dataSource, dataSourceRef })).join();

  test('are one if they say the same, and none if one is null', () => {
    expect(both(REF)).toBe('');
    expect(both(null)).toBe('');
  });

  test.each([
    [{ ...REF, name: 'files' }, "'files'"],
    [{ ...REF, kind: undefined }, 'absent'],
    [{ ...REF, kind: null }, 'absent'],
    [{ ...REF, kind: 5 }, 'not a string'],
  ])('%j: the field that differs is shown', (dataSource, shown) => {
    expect(both(dataSource)).toContain(shown);
  });

  test('are named as far as they have a name', () => {
    expect(both({}, { ...REF, namespace: 'prod' })).toContain('object without a name');
  });
});

describe('an empty namespace', () => {
  test('in a grant is told, with its place and its entry', () => {
    const from = [
      { group: '', kind: 'PersistentVolumeClaim', namespace: 'dev' },
      { group: '', kind: 'PersistentVolumeClaim', namespace: '' },
    ];
    const [fault, ...more] = said('empty-namespace', grant(from));
    expect(fault.message).toMatch(/^spec\.from\[1\]\.namespace of ReferenceGrant prod\/g is '', but must name a namespace/);
    expect(fault.node).toBe(from[1]);
    expect(more).toEqual([]);
  });

  test('in a dataSource is none: it has no namespace', () => {
    expect(texts('empty-namespace', claim({ dataSource: { ...REF, namespace: '' } }))).toEqual([]);
    expect(texts('empty-namespace', claim({ dataSourceRef: { ...REF, namespace: '' } }))).toHaveLength(1);
  });
});

test.each([
  [['a'], 'only a'],
  [['a', 'b', 'c'], 'only a, b, c'],
  [['a', 'b', 'c', 'd', 'e'], 'only a, b, c and 2 more'],
])('a source that is missing among %j is told with three names at most', (names, shown) => {
  const [message] = texts('source-missing', claim({ dataSourceRef: REF }), ...names.map((name) => snapshot(name)));
  expect(message.endsWith(shown)).toBe(true);
});

describe('a group', () => {
  const unsupported = (apiGroup: string | undefined, kind: string) =>
    texts('unsupported-kind', claim({ dataSourceRef: { ...REF, apiGroup, kind } })).join();

  test('that is wrong is shown, with the right one', () => {
    expect(unsupported('example.com', 'VolumeSnapshot')).toContain(
      `apiGroup of PersistentVolumeClaim dev/data is 'example.com', but for kind VolumeSnapshot it must be '${GROUP}'`,
    );
    expect(unsupported(undefined, 'VolumeSnapshot')).toContain('is absent, but');
    expect(unsupported('apps', 'PersistentVolumeClaim')).toContain("is 'apps', but for kind PersistentVolumeClaim it must be absent");
    expect(unsupported('dev1.example.com', 'VolumeSnapshot')).toContain("is 'dev1.example.com'");
  });

  test.each(['v1', 'v12', 'v1beta1', 'v1alpha12'])('%s is a version', (apiGroup) => {
    expect(texts('api-group-with-version', claim({ dataSourceRef: { ...REF, apiGroup } }))[0]).toContain('leave it out for the core');
  });

  test.each(['dev1', 'v1x', 'v1beta', 'v'])('%s is none', (apiGroup) => {
    expect(texts('api-group-with-version', claim({ dataSourceRef: { ...REF, apiGroup } })).join()).not.toContain(
      'leave it out for the core',
    );
  });
});

describe('the guard', () => {
  const ADMISSION = 'admissionregistration.k8s.io/v1';
  const policy = (kind: string, spec: object) => ({ apiVersion: ADMISSION, kind, metadata: { name: 'guard' }, spec });
  const binding = policy('ValidatingAdmissionPolicyBinding', { policyName: 'guard', validationActions: ['Deny'] });
  const matchConstraints = { resourceRules: [{ operations: ['CREATE'], resources: ['persistentvolumeclaims'] }] };
  const crossing = claim({ dataSourceRef: { ...REF, namespace: 'prod' } });
  const reads = [{ expression: "'cdk8s-snapshot-clone/data-source' in object.metadata.annotations" }];

  test.each(['matchConditions', 'variables', 'validations'])('is known by what it reads in its %s', (place) => {
    expect(texts('guard-not-in-set', crossing, binding, policy('ValidatingAdmissionPolicy', { matchConstraints, [place]: reads }))).toEqual(
      [],
    );
  });

  test('is no other policy', () => {
    const other = policy('ValidatingAdmissionPolicy', { validations: [{ expression: 'true' }] });
    expect(texts('guard-not-in-set', crossing, binding, other)[0]).toContain('the set holds no CloneGuard');
  });

  test('is missed for how many claims there are', () => {
    const more = ['b', 'c'].map((name) => claim(crossing.spec, name));
    expect(texts('guard-not-in-set', crossing, ...more)[0]).toContain('(and 2 more claims name some in another namespace)');
  });
});

describe('a populator is asked for', () => {
  const populator = (apiGroup: string, kind: string) =>
    texts('populator-not-in-set', claim({ dataSourceRef: { apiGroup, kind, name: 'x' } }));

  test('by a kind of another group', () => {
    expect(populator('hello.example.com', 'Hello')).toHaveLength(1);
  });

  test.each([
    ['hello.example.com', 'VolumeSnapshot'],
    ['hello.example.com', 'PersistentVolumeClaim'],
    ['', 'Hello'],
    [GROUP, 'Hello'],
    ['v1', 'Hello'],
  ])("not by '%s' and %s, of which other rules speak", (apiGroup, kind) => {
    expect(populator(apiGroup, kind)).toEqual([]);
  });
});

describe('wrong types in a pod of an unknown kind', () => {
  const rollout = (metadata: object, spec: object) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata,
    spec: { template: { spec: { containers: [], ...spec } } },
  });

  test('are told with the path from the top', () => {
    expect(texts('wrong-type', rollout({ name: 'x', namespace: 'dev' }, { volumes: [{ name: 5 }] }))).toEqual([
      'spec.template.spec.volumes[0].name of Rollout dev/x is 5, but must be a string',
    ]);
  });

  test('name and namespace among them, and each once', () => {
    expect(texts('wrong-type', rollout({ name: 5, namespace: true }, {})).map((text) => text.split(' ')[0])).toEqual([
      'metadata.name',
      'metadata.namespace',
    ]);
    const known = { ...rollout({ name: 5 }, {}), apiVersion: 'apps/v1', kind: 'Deployment' };
    expect(texts('wrong-type', known)).toHaveLength(1);
  });
});

test('an intent beside a source that is not whole is blamed on the source; without one, on the spec', () => {
  const annotated = (spec: object) => {
    const { metadata, ...rest } = claim(spec);
    return { ...rest, metadata: { ...metadata, annotations: { 'cdk8s-snapshot-clone/data-source': 'VolumeSnapshot/prod/mysql' } } };
  };
  const half = annotated({ dataSourceRef: { kind: 'VolumeSnapshot' } });
  expect(said('intent-differs', half)).toEqual([
    { message: expect.stringContaining('but its data source is not whole'), node: (half.spec as { dataSourceRef: object }).dataSourceRef },
  ]);
  const none = annotated({});
  expect(said('intent-differs', none)).toEqual([{ message: expect.stringContaining('EMPTY'), node: none.spec }]);
});

test('the kinds in a grant about other groups may be spelled as those like', () => {
  const other = grant([{ group: 'example.com', kind: 'pvc', namespace: 'dev' }], [{ group: 'example.com', kind: 'volumesnapshots' }]);
  expect(texts('kind-spelling', other)).toEqual([]);
  expect(texts('kind-spelling', grant([{ group: '', kind: 'pvc', namespace: 'dev' }]))).toHaveLength(1);
});

test('an object whose kind is spelled wrongly is told with the right one', () => {
  expect(texts('kind-spelling', { ...snapshot('x'), kind: 'Volumesnapshot' })[0]).toContain('VolumeSnapshot');
  expect(texts('kind-spelling', { ...grant([]), kind: 'Referencegrant' })[0]).toContain('ReferenceGrant');
});
