import { findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet } from '../../src/rules/object-set';
import { CLAIMS, claim, from, grant, INTENT, REF, SNAPSHOTS, snapshot, to } from './manifest-parts';

describe('a field under a wrong name', () => {
  const WHOLE = {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'csi-fast',
    volumeMode: 'Block',
    resources: { requests: { storage: '20Gi' } },
    dataSourceRef: REF,
  };
  const source = { ...claim('mysql-data', undefined, 'prod'), spec: { ...WHOLE, dataSourceRef: undefined } };
  const taken = {
    ...snapshot('mysql'),
    spec: { volumeSnapshotClassName: 'csi-fast', source: { persistentVolumeClaimName: 'mysql-data' } },
  };
  const right = grant('right', [from('dev')], [to('mysql')]);
  const copy = (spec: object) => ({ ...claim('data'), spec });
  const content = {
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshotContent',
    metadata: {
      name: 'snapshot-clone.dev.prod.mysql',
      labels: { 'cdk8s-snapshot-clone/source-namespace': 'prod' },
      annotations: { [INTENT]: 'VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql' },
    },
    spec: {
      deletionPolicy: 'Retain',
      driver: 'csi.example.com',
      source: {},
      volumeSnapshotRef: { namespace: 'dev', name: 'snapshot-clone.prod.mysql' },
    },
  };
  const every = (manifests: readonly unknown[]) =>
    [...findingsIn(new ObjectSet(manifests.map((manifest) => ({ manifest }))), ALL_RULES)]
      .filter(({ severity }) => severity !== 'info')
      .map(({ rule, object }) => `${rule} ${object.kind}`);
  /** The same map with one of its fields called something else. */
  const called = (map: object, name: string, wrong: string) =>
    Object.fromEntries(Object.entries(map).map(([key, value]) => [key === name ? wrong : key, value]));

  test('is none in the set that the following tests change', () => {
    expect(every([source, taken, right, copy(WHOLE), content])).toEqual([]);
  });

  test.each([
    ['accessModes', 'accessMode'],
    ['storageClassName', 'storageClass'],
    ['volumeMode', 'volumemode'],
    ['resources', 'resource'],
    ['dataSourceRef', 'dataSourceref'],
    ['dataSourceRef', 'dataSources'],
    ['dataSourceRef', 'source'],
    ['dataSourceRef', 'sourceRef'],
  ])('of a claim is told once: %s as %s', (name, wrong) => {
    expect(every([source, taken, right, copy(called(WHOLE, name, wrong))])).toEqual(['field-spelling PersistentVolumeClaim']);
  });

  test('of a claim is told once: spec as sepc, and requests as request', () => {
    expect(every([source, taken, right, called(copy(WHOLE), 'spec', 'sepc')])).toEqual(['field-spelling PersistentVolumeClaim']);
    const resources = { request: { storage: '20Gi' } };
    expect(every([source, taken, right, copy({ ...WHOLE, resources })])).toEqual(['field-spelling PersistentVolumeClaim']);
  });

  test.each([
    ['name', 'nmae'],
    ['namespace', 'nameSpace'],
  ])("of a claim's source is told once: %s as %s", (name, wrong) => {
    const dataSourceRef = called(REF, name, wrong);
    expect(every([source, taken, right, copy({ ...WHOLE, dataSourceRef })])).toEqual(['field-spelling PersistentVolumeClaim']);
  });

  test.each([
    ['kind', 'knid'],
    ['apiGroup', 'apigroup'],
  ])("of a claim's source is told beside the refusal that it brings: %s as %s", (name, wrong) => {
    const dataSourceRef = called(REF, name, wrong);
    expect(every([source, taken, right, copy({ ...WHOLE, dataSourceRef })])).toEqual([
      'reference-not-granted PersistentVolumeClaim',
      'field-spelling PersistentVolumeClaim',
    ]);
  });

  test.each([
    ['from', 'form'],
    ['to', 'To'],
    ['from', 'froms'],
    ['to', 'tos'],
  ])('of a grant is told once: %s as %s', (name, wrong) => {
    expect(every([{ ...right, spec: called(right.spec, name, wrong) }])).toEqual(['field-spelling ReferenceGrant']);
  });

  test('of a grant is told once: spec as sepc, and one or both of its sides beside it', () => {
    const { spec, ...rest } = right;
    expect(every([{ ...rest, sepc: spec }])).toEqual(['field-spelling ReferenceGrant']);
    expect(every([{ ...rest, spec: { from: spec.from }, to: spec.to }])).toEqual(['field-spelling ReferenceGrant']);
    expect(every([{ ...rest, ...spec }])).toEqual(['field-spelling ReferenceGrant', 'field-spelling ReferenceGrant']);
    expect(every([{ ...rest, metadata: { ...rest.metadata, label: {} } }])).toEqual([
      'field-spelling ReferenceGrant',
      'grant-incomplete ReferenceGrant',
    ]);
  });

  test.each([
    ['group', 'apiGroup'],
    ['kind', 'knid'],
    ['namespace', 'nameSpace'],
    ['name', 'nmae'],
  ])('of an entry of a grant is told once: %s as %s', (name, wrong) => {
    const [one, other] = [from('dev'), to('mysql')];
    if (name in one) expect(every([grant('g', [called(one, name, wrong)], [other])])).toEqual(['field-spelling ReferenceGrant']);
    if (name in other) expect(every([grant('g', [one], [called(other, name, wrong)])])).toEqual(['field-spelling ReferenceGrant']);
  });

  test('of a claim is told once: its size one step or two too far out', () => {
    const { resources, ...rest } = WHOLE;
    expect(every([source, taken, right, copy({ ...rest, requests: resources.requests })])).toEqual([
      'field-spelling PersistentVolumeClaim',
    ]);
    expect(every([source, taken, right, copy({ ...rest, resources: resources.requests })])).toEqual([
      'field-spelling PersistentVolumeClaim',
    ]);
  });

  test('of a grant whose sides are swapped is told once for all its entries, and other mistakes beside it', () => {
    expect(every([grant('g', [to('mysql'), to('files')], [from('dev'), from('test')])])).toEqual(['field-spelling ReferenceGrant']);
    expect(every([grant('g', [{ ...to('mysql'), knid: 'x' }], [from('dev')])])).toEqual([
      'field-spelling ReferenceGrant',
      'field-spelling ReferenceGrant',
    ]);
  });

  test.each([
    ['a namespace beside its name', [{ ...to('mysql'), namespace: 'dev' }], [from('dev')]],
    ['no namespace in what would be its from', [to('mysql')], [CLAIMS]],
    ['a name in what would be its from', [to('mysql')], [{ ...from('dev'), name: 'data' }]],
    ['another kind in what would be its from', [to('mysql')], [{ ...from('dev'), kind: 'VolumeSnapshot' }]],
    ['an entry that is right', [to('mysql'), from('dev')], [from('dev')]],
  ])('of a grant with %s is none of swapped sides', (_, left, right) => {
    const messages = [...findingsIn(new ObjectSet([{ manifest: grant('g', left, right) }]), ALL_RULES)].map(({ message }) => message);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter((message) => message.includes('swapped'))).toEqual([]);
  });

  test.each([
    ['volumeSnapshotClassName', 'volumeSnapshotClass'],
    ['source', 'Source'],
  ])('of a snapshot is told once: %s as %s', (name, wrong) => {
    expect(every([{ ...taken, spec: called(taken.spec, name, wrong) }])).toEqual(['field-spelling VolumeSnapshot']);
  });

  test("of a snapshot's source is told once", () => {
    const misspelled = { ...taken.spec, source: { persistentVolumeClaim: 'mysql-data' } };
    expect(every([{ ...taken, spec: misspelled }])).toEqual(['field-spelling VolumeSnapshot']);
  });

  test.each([
    ['labels', 'label'],
    ['annotations', 'annotation'],
  ])('of a handed-over content is told once: %s as %s', (name, wrong) => {
    expect(every([{ ...content, metadata: called(content.metadata, name, wrong) }])).toEqual(['field-spelling VolumeSnapshotContent']);
  });

  test('hides no other mistake', () => {
    const bare = copy({ accessMode: ['ReadWriteOnce'], storageClassname: 'csi-fast', storageClassName: '', dataSourceRef: REF });
    expect(every([source, taken, right, bare])).toEqual([
      'field-spelling PersistentVolumeClaim',
      'field-spelling PersistentVolumeClaim',
      'storage-class-missing PersistentVolumeClaim',
      'claim-smaller-than-source PersistentVolumeClaim',
      'volume-mode-mismatch PersistentVolumeClaim',
    ]);
    const wide = grant('g', [{ ...from('dev'), group: 'core', Group: '' }], [{ ...SNAPSHOTS, group: 'core', apiGroup: 'x' }]);
    expect(every([wide])).toEqual([
      'field-spelling ReferenceGrant',
      'field-spelling ReferenceGrant',
      'grant-from-group-not-core ReferenceGrant',
      'grant-to-group-wrong ReferenceGrant',
      'grant-too-wide ReferenceGrant',
    ]);
    const none = copy({ ...WHOLE, dataSourceRef: { ...REF, apiGroup: 'example.com', group: 'x' } });
    expect(every([source, taken, right, none])).toContain('unsupported-kind PersistentVolumeClaim');
  });

  test('of another claim of the namespace leaves it open whether a grant is of use, and of another namespace not', () => {
    const misspelled = copy(called(WHOLE, 'dataSourceRef', 'dataSourceref'));
    const other = { ...copy(WHOLE), metadata: { name: 'other', namespace: 'test' } };
    const all = [source, taken, { ...taken, metadata: { name: 'other', namespace: 'prod' } }, right];
    const unused = grant('unused', [from('dev')], [to('other')]);
    const testOnly = grant('test-only', [from('test')], [to('mysql'), to('other')]);
    expect(every([...all, testOnly, misspelled, other, unused])).toEqual(['field-spelling PersistentVolumeClaim']);
    expect(every([...all, testOnly, copy(WHOLE), other, unused])).toEqual(['grant-covers-nothing ReferenceGrant']);
    const unusedInTest = grant('unused', [from('test')], [to('other')]);
    expect(every([...all, testOnly, misspelled, other, unusedInTest])).toEqual([
      'field-spelling PersistentVolumeClaim',
      'grant-covers-nothing ReferenceGrant',
    ]);
  });
});
