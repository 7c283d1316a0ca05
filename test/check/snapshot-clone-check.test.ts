import { ApiObject, App, Chart } from 'cdk8s';
import { SharedSnapshot, SnapshotCloneCheck } from '../../src';
import { errorOf, MYSQL, VOLUME } from '../manifests';

const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'dev' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'csi-fast',
    resources: { requests: { storage: '20Gi' } },
    dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', namespace: 'prod', name: 'mysql' },
  },
};

function refused(manifests: unknown[], options = {}) {
  return SnapshotCloneCheck.manifests(manifests, options).filter(({ rule }) => rule === 'reference-not-granted');
}

test('manifests give typed findings', () => {
  expect(refused([claim])).toEqual([
    {
      rule: 'reference-not-granted',
      severity: 'error',
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace: 'dev',
      name: 'data',
      message: "accessing prod/mysql of VolumeSnapshot dataSource from dev/data isn't allowed: no grant comes near",
      remediation:
        'Add to namespace prod a ReferenceGrant from claims of namespace dev to VolumeSnapshot mysql; if that namespace is delivered elsewhere, name it with the option external.',
    },
  ]);
});

test('what to do about a claim without a namespace speaks of the option, not of that of the command', () => {
  const { namespace: _, ...metadata } = claim.metadata;
  expect(refused([{ ...claim, metadata }])[0].remediation).toContain('the option namespace says which one it is applied to');
});

test('a namespace that is delivered elsewhere, and a rule that is skipped, are not judged', () => {
  expect(refused([claim], { external: ['prod'] })).toEqual([]);
  expect(refused([claim], { skip: ['reference-not-granted'] })).toEqual([]);
});

test('objects without a namespace are in the one that is given', () => {
  const homeless = { ...claim, metadata: { name: 'data' } };
  expect(refused([homeless])[0]?.namespace).toBe('default');
  expect(refused([homeless], { namespace: 'prod' })).toEqual([]);
});

test('a suppressed finding is given with its reason', () => {
  const annotations = { 'cdk8s-snapshot-clone/skip.reference-not-granted': 'by hand' };
  expect(refused([{ ...claim, metadata: { ...claim.metadata, annotations } }])).toMatchObject([{ suppressedBecause: 'by hand' }]);
});

test('an unknown rule is refused', () => {
  expect(() => SnapshotCloneCheck.manifests([], { skip: ['refrence'] })).toThrow(
    "skip of SnapshotCloneCheck is 'refrence', but must be one of: reference-not-granted, source-missing",
  );
});

test('a field of a wrong type is an error, and nothing hides it: it would read as absent', () => {
  const annotations = { 'cdk8s-snapshot-clone/skip.wrong-type': 'we know' };
  const findings = SnapshotCloneCheck.manifests([{ ...claim, metadata: { name: 'data', namespace: true, annotations } }]);
  expect(findings[0]).toMatchObject({
    rule: 'wrong-type',
    severity: 'error',
    message: 'metadata.namespace of PersistentVolumeClaim default/data is true, but must be a string',
    suppressedBecause: undefined,
  });
  expect(() => SnapshotCloneCheck.manifests([], { skip: ['wrong-type'] })).toThrow("skip of SnapshotCloneCheck is 'wrong-type'");
});

test('a template that nobody has rendered is refused', () => {
  expect(() => SnapshotCloneCheck.manifests([{ ...claim, metadata: { name: '{{ .Release.Name }}', namespace: 'dev' } }])).toThrow(
    "metadata.name of PersistentVolumeClaim dev/{{ .Release.Name }} is '{{ .Release.Name }}', a template; render it first",
  );
});

test('a map that is no object is left out, as the command does', () => {
  expect(SnapshotCloneCheck.manifests([{}, { replicaCount: 2, image: { tag: '1' } }])).toEqual([]);
});

test('two charts are one list, and judged together', () => {
  const app = new App();
  const [prod, dev] = [new Chart(app, 'prod'), new Chart(app, 'dev')];
  new SharedSnapshot(prod, 'mysql', MYSQL).cloneInto(dev, 'mysql', { ...VOLUME, namespace: 'dev' });
  expect(refused([...prod.toJson(), ...dev.toJson()])).toEqual([]);
  expect(refused(dev.toJson())).toHaveLength(1);
});

describe('what is no manifest is refused: it would come out clean, unread', () => {
  const chart = new Chart(new App(), 'chart');
  test.each<[unknown, string]>([
    [[claim], 'a list, but must be one parsed manifest; spread it: [...prod.toJson(), ...dev.toJson()]'],
    ['kind: Pod', 'a string, but must be one parsed manifest; parse YAML first: each of its documents is one'],
    [null, 'null, but must be one parsed manifest; leave empty documents out'],
    [undefined, 'undefined, but must be one parsed manifest; leave empty documents out'],
    [5, '5, but must be one parsed manifest'],
    [chart, 'a construct, but must be one parsed manifest; give what its toJson() returns'],
    [new ApiObject(chart, 'object', claim), 'a construct, but must be one parsed manifest; give what its toJson() returns'],
  ])('%#', (manifest, fault) => {
    expect(errorOf(() => SnapshotCloneCheck.manifests([claim, manifest]))).toBe(`manifests[1] of SnapshotCloneCheck is ${fault}`);
  });

  test.each<[unknown, string]>([
    [{ kind: 'VolumeSnapshot', metadata: {}, spec: {} }, 'says kind: VolumeSnapshot, but names no apiVersion'],
    [{ metadata: {}, spec: {} }, 'has metadata and a spec, but names neither apiVersion nor kind'],
    [{ apiVersion: 'v1', kind: 'List', items: [{ ...claim, kind: undefined }] }, 'items[0] says apiVersion: v1, but names no kind'],
  ])('nor what means to be one, as for the command: %#', (manifest, fault) => {
    expect(errorOf(() => SnapshotCloneCheck.manifests([manifest]))).toBe(`manifests[0] of SnapshotCloneCheck ${fault}`);
  });

  test('nor is anything but a list taken for all of them', () => {
    const cases: [unknown, string][] = [
      ['kind: Pod', 'a string'],
      [null, 'null'],
      [claim, 'a map'],
      [chart, 'a construct'],
    ];
    for (const [given, shown] of cases) {
      const call = () => SnapshotCloneCheck.manifests(given as unknown[]);
      expect(errorOf(call)).toBe(`manifests of SnapshotCloneCheck is ${shown}, but must be a list of parsed manifests`);
    }
  });
});

test('a List that holds itself, or one list many times over, has an end', () => {
  const list: { [field: string]: unknown } = { apiVersion: 'v1', kind: 'List' };
  list.items = [list, claim];
  expect(refused([list])).toHaveLength(1);
  let nested: unknown = claim;
  for (let depth = 0; depth < 40; depth++) nested = { apiVersion: 'v1', kind: 'List', items: [nested, nested] };
  expect(refused([nested])).toHaveLength(2);
});

test('a namespace that can be nobody’s is refused, in the words of the command', () => {
  const fault = "must be a DNS label: 1 to 63 of a-z, 0-9 and '-', beginning and ending with a letter or digit";
  for (const [options, shown] of [
    [{ external: ['prod', 'Prod'] }, "external of SnapshotCloneCheck is 'Prod'"],
    [{ external: [''] }, "external of SnapshotCloneCheck is ''"],
    [{ namespace: 'A' }, "namespace of SnapshotCloneCheck is 'A'"],
  ] as const) {
    expect(errorOf(() => refused([claim], options))).toBe(`${shown}, but ${fault}`);
  }
});
