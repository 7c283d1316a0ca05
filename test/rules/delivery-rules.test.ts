import { DELIVERY_RULES } from '../../src/rules/delivery/rules';
import { ObjectSet } from '../../src/rules/object-set';
import { judgementsOf } from '../../src/rules/rule';

const WAVE = 'argocd.argoproj.io/sync-wave';
const OPTIONS = 'argocd.argoproj.io/sync-options';
const REPOSITORY = 'https://git.example.com/team/app';

function found(manifests: readonly unknown[]): { rule: string; object: string; node: unknown }[] {
  const set = new ObjectSet(manifests.map((manifest) => ({ manifest })));
  return DELIVERY_RULES.flatMap((rule) =>
    judgementsOf(rule, set).flatMap(({ object, faults }) => faults.map(({ node }) => ({ rule: rule.id, object: object.name, node }))),
  );
}
const rules = (manifests: readonly unknown[]) => found(manifests).map(({ rule, object }) => `${rule} ${object}`);

describe('two Applications share what they deliver', () => {
  const source = (path: unknown, others: object = {}) => ({ repoURL: REPOSITORY, path, ...others });
  const application = (
    name: string,
    sourceOrSources: object | object[],
    destination: object = { namespace: 'dev' },
    namespace = 'argocd',
  ) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace },
    spec: { destination, ...(Array.isArray(sourceOrSources) ? { sources: sourceOrSources } : { source: sourceOrSources }) },
  });
  const shared = (one: object, other: object, destination?: object) =>
    rules([application('a', one), application('b', other, destination)]).filter((rule) => rule.startsWith('shared-by-two-applications'));
  const told = ['shared-by-two-applications b'];
  const recurse = { directory: { recurse: true } };

  test.each<[string, object, object]>([
    ['one folder', source('app'), source('app')],
    ['one folder, spelled in two ways', source('./app/'), source('app')],
    ['one repository, spelled in two ways', source('app'), { ...source('app'), repoURL: `${REPOSITORY}.git` }],
    ['one repository, with a slash', source('app'), { ...source('app'), repoURL: `${REPOSITORY}/` }],
    ['one of several sources', source('app'), [source('other'), source('app')]],
    ['a folder in one that is read with all below', source('app', recurse), source('app/deep/down')],
    ['a folder in a whole repository', source('.', recurse), source('app')],
  ])('if they have %s', (_, one, other) => {
    expect(shared(one, other)).toEqual(told);
  });

  test.each<[string, object, object]>([
    ['two folders', source('app'), source('app2')],
    ['a folder beside one that is read with all below', source('app', recurse), source('app2/deep')],
    ['a folder in one of which only the top is read', source('app'), source('app/deep')],
    ['a folder of which the option says no', source('app', { directory: { recurse: 'true' } }), source('app/deep')],
    ['two repositories', source('app'), { ...source('app'), repoURL: `${REPOSITORY}2` }],
    ['no repository', { path: 'app' }, { path: 'app' }],
    ['a path of a wrong type', source(['app']), source(['app'])],
    ...['helm', 'kustomize', 'plugin', 'chart'].map((field): [string, object, object] => [
      `values for ${field}`,
      source('app', { [field]: {} }),
      source('app', { [field]: {} }),
    ]),
    ...['include', 'exclude', 'jsonnet'].map((field): [string, object, object] => [
      `a choice of files by ${field}`,
      source('app', { directory: { [field]: 'x' } }),
      source('app', { directory: { [field]: 'x' } }),
    ]),
  ])('but not if they have %s', (_, one, other) => {
    expect(shared(one, other)).toEqual([]);
  });

  test.each([{ namespace: 'test' }, { namespace: 'dev', server: 'https://other' }, { namespace: 'dev', name: 'other' }])(
    'but not with the other destination %j',
    (destination) => {
      expect(shared(source('app'), source('app'), destination)).toEqual([]);
    },
  );

  test('but one Application twice in a set is one', () => {
    expect(rules([application('a', source('app')), application('a', source('app'))])).toEqual([]);
    expect(rules([application('a', source('app')), application('a', source('app'), undefined, 'other')])).toEqual([
      'shared-by-two-applications a',
    ]);
  });

  test('and the third is told of as well, with the first', () => {
    const all = ['a', 'b', 'c'].map((name) => application(name, source('app')));
    expect(rules(all)).toEqual(['shared-by-two-applications b', 'shared-by-two-applications c']);
  });
});

const claim = (wave: string, annotations: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'dev', annotations: { [WAVE]: wave, ...annotations } },
  spec: { storageClassName: 'late', ...spec },
});
const pod = {
  containers: [{ name: 'x', volumeMounts: [{ name: 'v' }] }],
  volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }],
};
const workload = (wave: string, spec: object = {}, kind = 'Deployment', name = 'app') => ({
  apiVersion: kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: { name, namespace: 'dev', annotations: { [WAVE]: wave } },
  spec: kind === 'CronJob' ? { jobTemplate: { spec: { template: { spec: pod } } } } : { template: { spec: pod }, ...spec },
});

describe('a workload before its claim', () => {
  test('waits for ever', () => {
    expect(rules([workload('0'), claim('1')])).toEqual(['consumer-before-claim app']);
  });

  test.each([
    ['a CronJob', workload('0', {}, 'CronJob')],
    ['one without replicas', workload('0', { replicas: 0 })],
    ['one that is suspended', workload('0', { suspend: true })],
  ])('is healthy all the same if it is %s', (_, one) => {
    expect(rules([one, claim('1')])).toEqual([]);
  });

  test.each([{ replicas: 1 }, { suspend: false }, { replicas: '0' }])('is not with %j', (spec) => {
    expect(rules([workload('0', spec), claim('1')])).toEqual(['consumer-before-claim app']);
  });
});

describe('a claim of a class that waits for its consumer', () => {
  const late = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'late' },
    volumeBindingMode: 'WaitForFirstConsumer',
  };

  test('hangs if all its consumers come later, and only then', () => {
    expect(rules([late, claim('0'), workload('1')])).toEqual(['claim-before-consumer data']);
    expect(rules([late, claim('0'), workload('1'), workload('0', {}, 'Deployment', 'b')])).toEqual([]);
    expect(rules([late, claim('0')])).toEqual([]);
    expect(rules([late, claim('0', {}, { storageClassName: undefined }), workload('1')])).toEqual([]);
  });

  test('is judged as an object of its own, not in the workload that makes it', () => {
    const template = { metadata: { name: 'v' }, spec: { storageClassName: 'late' } };
    const set = workload('1', { volumeClaimTemplates: [template] }, 'StatefulSet');
    expect(rules([late, set])).toEqual([]);
    const other = { ...claim('0'), apiVersion: 'example.com/v1' };
    expect(rules([late, other, workload('1')])).toEqual([]);
  });
});

describe('a claim that is replaced under Argo CD', () => {
  const application = (syncOptions: string[], kind = 'Application') => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind,
    metadata: { name: 'x', namespace: 'argocd' },
    spec: { destination: { namespace: 'dev' }, syncPolicy: { syncOptions } },
  });
  const intent = { 'cdk8s-snapshot-clone/data-source': 'VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql' };
  const clone = claim('0', { ...intent, [OPTIONS]: 'Validate=false,Force=false' });
  const pruned = (manifests: readonly unknown[]) => rules(manifests).filter((rule) => rule.startsWith('rotation'));

  test('is one whose annotation says that it is a copy, too', () => {
    expect(pruned([clone, workload('0')])).toEqual(['rotation-without-prune-last data']);
    expect(pruned([claim('0'), workload('0')])).toEqual([]);
    expect(pruned([clone])).toEqual([]);
  });

  test('is pruned last if its Application says so', () => {
    expect(pruned([clone, workload('0'), application(['PruneLast=true'])])).toEqual([]);
    expect(pruned([clone, workload('0'), application(['CreateNamespace=true'])])).toEqual(['rotation-without-prune-last data']);
  });

  test('needs no option where nothing speaks to Argo CD', () => {
    const plain = (manifest: { metadata: object }, annotations: object) => ({
      ...manifest,
      metadata: { ...manifest.metadata, annotations },
    });
    expect(pruned([plain(clone, intent), plain(workload('0'), {})])).toEqual([]);
    expect(pruned([plain(clone, intent), workload('0')])).toEqual(['rotation-without-prune-last data']);
  });
});

describe('the blame is on', () => {
  test('the annotations, and on the labels with them', () => {
    const forced = claim('0', { [OPTIONS]: 'Replace=true' });
    expect(found([forced])).toEqual([{ rule: 'replace-or-force', object: 'data', node: forced.metadata.annotations }]);
    const labelled = {
      ...claim('0'),
      metadata: { name: 'data', namespace: 'dev', labels: { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' } },
    };
    expect(found([labelled])).toEqual([{ rule: 'replace-or-force', object: 'data', node: labelled.metadata }]);
    const hook = claim('0', { 'argocd.argoproj.io/hook': 'PreSync' });
    expect(found([hook])).toEqual([{ rule: 'hook-on-storage', object: 'data', node: hook.metadata.annotations }]);
  });

  test('the metadata of an object of two applications', () => {
    const tracked = (application: string) =>
      claim('0', { 'argocd.argoproj.io/tracking-id': `${application}:/PersistentVolumeClaim:dev/data` });
    const second = tracked('b');
    expect(found([tracked('a'), second])).toEqual([{ rule: 'shared-by-two-applications', object: 'data', node: second.metadata }]);
  });

  test('no grant: a grant that is replaced is as good as before', () => {
    const grant = {
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { ...claim('0', { [OPTIONS]: 'Replace=true' }).metadata },
    };
    expect(found([grant])).toEqual([]);
  });
});
