import { isClaimObject } from '../../src/rules/delivery/claim-object';
import { DELIVERY_RULES } from '../../src/rules/delivery/rules';
import { snapshotsOfDelivery } from '../../src/rules/delivery/source-makers';
import { usedGrants } from '../../src/rules/grants/coverage';
import { ObjectSet } from '../../src/rules/object-set';
import { judgementsOf } from '../../src/rules/rule';

const ARGO_CD = 'argocd.argoproj.io';
const [WAVE, HOOK, OPTIONS] = ['sync-wave', 'hook', 'sync-options'].map((name) => `${ARGO_CD}/${name}`);
const SNAPSHOTS = 'snapshot.storage.k8s.io';
const setOf = (...manifests: object[]) => new ObjectSet(manifests.map((manifest) => ({ manifest })));

/** What one rule says: the objects that it has looked at, and of each what is wrong. */
const said = (id: string, ...manifests: object[]) =>
  judgementsOf(DELIVERY_RULES.find((rule) => rule.id === id)!, setOf(...manifests)).map(({ object, faults }) => ({
    object: object.name,
    faults: faults.map(({ message }) => message),
  }));

const claim = (annotations: object = {}, spec: object = {}, name = 'data') => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'dev', annotations },
  spec,
});
const snapshot = (annotations: object = {}, name = 'mysql', namespace = 'dev') => ({
  apiVersion: `${SNAPSHOTS}/v1`,
  kind: 'VolumeSnapshot',
  metadata: { name, namespace, annotations },
  spec: { source: { persistentVolumeClaimName: 'data' } },
});
const workload = (annotations: object = {}, claimName = 'data', readOnly = false) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'app', namespace: 'dev', annotations },
  spec: { template: { spec: { containers: [], volumes: [{ name: 'v', persistentVolumeClaim: { claimName, readOnly } }] } } },
});

test.each([
  ['', 'PersistentVolumeClaim', true],
  ['', 'Pod', false],
  ['apps', 'StatefulSet', false],
  ['example.com', 'PersistentVolumeClaim', false],
])("a claim in '%s' %s is an object of its own: %p", (group, kind, is) => {
  const [one] = setOf(claim()).claims;
  expect(isClaimObject({ ...one, object: { ...one.object, group, kind } })).toBe(is);
});

describe('what makes the source of a snapshot last', () => {
  const last = (...manifests: object[]) => [...snapshotsOfDelivery(setOf(...manifests))].map((one) => `${one.last.kind} ${one.wave}`);

  test.each<[string, object[], string[]]>([
    ['is the claim, where nothing writes to it', [claim({ [WAVE]: '1' })], ['PersistentVolumeClaim 1']],
    ['is a workload that comes later', [claim({ [WAVE]: '1' }), workload({ [WAVE]: '2' })], ['Deployment 2']],
    ['is the claim before a workload of its wave', [claim({ [WAVE]: '1' }), workload({ [WAVE]: '1' })], ['PersistentVolumeClaim 1']],
    ['is no workload that only reads', [claim(), workload({ [WAVE]: '2' }, 'data', true)], ['PersistentVolumeClaim 0']],
    ['is no hook', [claim(), workload({ [WAVE]: '2', [HOOK]: 'Sync' })], ['PersistentVolumeClaim 0']],
    ['is nothing, if all are hooks', [claim({ [HOOK]: 'Sync' }), workload({ [HOOK]: 'Sync' })], []],
    ['is nothing, if the set does not hold the claim', [workload()], []],
  ])('%s', (_, others, found) => {
    expect(last(snapshot(), ...others)).toEqual(found);
  });

  test('is the same for all snapshots of it, but nothing for a hook', () => {
    const others = [claim(), workload({ [WAVE]: '2' })];
    expect(last(snapshot(), snapshot({}, 'other'), ...others)).toEqual(['Deployment 2', 'Deployment 2']);
    expect(last(snapshot({ [HOOK]: 'Sync' }), ...others)).toEqual([]);
  });
});

test('a claim that names itself as its source comes before no other', () => {
  const self = claim({}, { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'data' } });
  const other = claim({}, { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'data' } }, 'copy');
  expect(said('claim-before-source', self, other)).toEqual([{ object: 'copy', faults: [] }]);
});

test('only what says whose it is is looked at as a thing of two applications', () => {
  const labelled = {
    ...claim({}, {}, 'b'),
    metadata: { ...claim({}, {}, 'b').metadata, labels: { 'app.kubernetes.io/instance': 'shop' } },
  };
  expect(said('shared-by-two-applications', claim(), labelled)).toEqual([{ object: 'b', faults: [] }]);
});

test('a claim that is not pruned last is told of with the options that it has, on the line of its metadata', () => {
  const options = { [OPTIONS]: 'Validate=false, Force=false' };
  const clone = claim(options, { dataSourceRef: { apiGroup: SNAPSHOTS, kind: 'VolumeSnapshot', namespace: 'prod', name: 'mysql' } });
  expect(said('rotation-without-prune-last', clone, workload())).toEqual([
    {
      object: 'data',
      faults: [expect.stringMatching(/ is 'Validate=false,Force=false', but must hold PruneLast=true: Deployment dev\/app /)],
    },
  ]);
  const rule = DELIVERY_RULES.find(({ id }) => id === 'rotation-without-prune-last')!;
  expect(judgementsOf(rule, setOf(clone, workload()))[0].faults[0].node).toBe(clone.metadata);
});

describe('of Applications that share a folder', () => {
  const application = (name: string, path: string, directory?: object, destination: object = { namespace: 'dev' }) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd' },
    spec: { destination, source: { repoURL: 'https://git.example.com/team/app', path, directory } },
  });
  const recurse = { recurse: true };
  const told = (...manifests: object[]) =>
    said('shared-by-two-applications', ...manifests).map(({ object, faults }) => {
      const [, path, first, other] = /is '(.*)', but must not be shared with Application argocd\/(.*), which delivers '(.*)' to/.exec(
        faults[0],
      )!;
      return `${object} ${path} is ${first} ${other}`;
    });

  test('the first is named', () => {
    expect(told(...['a', 'b', 'c'].map((name) => application(name, 'app')))).toEqual(['b app is a app', 'c app is a app']);
  });

  test('the outermost that reads all below is named', () => {
    const [top, deep] = [application('top', '.', recurse), application('deep', 'one/two', recurse)];
    expect(told(deep, application('x', 'one/two/three'))).toEqual(['x one/two/three is deep one/two']);
    expect(told(deep, application('x', 'one/twothree'))).toEqual([]);
    expect(told(top, deep, application('x', 'one/two/three/four'))).toEqual(['deep one/two is top ', 'x one/two/three/four is top ']);
  });

  test('the second is told of, and not the first, if both have the whole repository', () => {
    expect(told(application('a', '.'), application('b', '.', recurse))).toEqual(['b  is a ']);
  });

  test('a server is not the name of one', () => {
    const of = (destination: object) => ({ namespace: 'dev', ...destination });
    expect(told(application('a', 'app', {}, of({ server: 'x' })), application('b', 'app', {}, of({ name: 'x' })))).toEqual([]);
    expect(told(application('a', 'app', {}, of({ server: 'x' })), application('b', 'app', {}, of({ server: 'x' })))).toHaveLength(1);
  });
});

describe('a grant is used', () => {
  const grant = (from: string) => ({
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: `from-${from}`, namespace: 'prod' },
    spec: { from: [{ group: '', kind: 'PersistentVolumeClaim', namespace: from }], to: [{ group: SNAPSHOTS, kind: 'VolumeSnapshot' }] },
  });
  const used = (...manifests: object[]) => [...usedGrants(setOf(grant('dev'), grant('prod'), ...manifests))].map(({ name }) => name);

  test.each<[string, object, string[]]>([
    ['by a snapshot that is handed over', snapshot({}, 'snapshot-clone.prod.mysql'), ['from-dev']],
    ['but not in the namespace of the original', snapshot({}, 'snapshot-clone.prod.mysql', 'prod'), []],
    ['but not by another snapshot', snapshot({}, 'mysql'), []],
    ['but not by a snapshot whose original nobody can read from its name', snapshot({}, 'snapshot-clone.prod.'), []],
  ])('%s', (_, one, names) => {
    expect(used(one)).toEqual(names);
  });
});
