import { App, Chart } from 'cdk8s';
import {
  CloneGuard,
  Delivery,
  GuardAction,
  PreProvisionedSnapshotPolicies,
  type PreProvisionedSnapshotPoliciesProps,
  StorageController,
} from '../../src';
import { CLUSTER_SCOPED } from '../../src/resources/metadata';
import { FILLABLE } from '../../src/safety/content-policies';
import { errorOf, find, type Manifest, render } from '../manifests';
import { evaluate } from './evaluate';

const CONTROLLERS = [StorageController.serviceAccount('kube-system', 'snapshot-controller'), StorageController.user('backup')];

function rendered(props: Partial<PreProvisionedSnapshotPoliciesProps> = {}): Manifest[] {
  const app = new App();
  const platform = new Chart(app, 'platform', { namespace: 'platform' });
  new PreProvisionedSnapshotPolicies(platform, 'policies', { sourceNamespaces: ['prod'], storageControllers: CONTROLLERS, ...props });
  return render(app);
}

const guard = (props: object = {}) => new CloneGuard(new Chart(new App(), 'platform'), 'guard', { recordIntent: true, ...props });

test('the policies and their bindings are cluster-scoped, before everything else', () => {
  expect(rendered()).toMatchSnapshot();
});

test('whatever refuses is applied before whatever fills', () => {
  const kinds = rendered().map(({ kind }) => kind.replace(/AdmissionPolicy.*/, ''));
  expect(kinds.lastIndexOf('Validating')).toBeLessThan(kinds.indexOf('Mutating'));
});

test('each has a name of its own, and no namespace', () => {
  const manifests = rendered({ sourceNamespaces: ['prod', 'stage'], keepSources: true, rewriteClaims: guard() });
  const keys = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { kind, metadata } of manifests) {
    expect(metadata).not.toHaveProperty('namespace');
    expect(CLUSTER_SCOPED.has(kind)).toBe(true);
  }
});

test('every source namespace is bound to its grants and its snapshots, once', () => {
  const manifests = rendered({ sourceNamespaces: ['prod', 'stage', 'prod'] });
  for (const suffix of ['grant', 'source', 'claim-grant', 'claim-source']) {
    for (const namespace of ['prod', 'stage']) {
      const name = `pre-provisioned-snapshots-${suffix}.${namespace}`;
      expect(find(manifests, 'MutatingAdmissionPolicyBinding', name).spec.paramRef).toEqual({
        namespace,
        selector: {},
        parameterNotFoundAction: 'Allow',
      });
    }
  }
});

test('every policy refuses if it cannot be evaluated, but for the stamps of claims, without which the guard refuses', () => {
  for (const { kind, metadata, spec } of rendered({ keepSources: true, rewriteClaims: guard() })) {
    if (!kind.endsWith('Policy')) continue;
    expect([metadata.name, spec.failurePolicy]).toEqual([metadata.name, /-claim-(grant|source)$/.test(metadata.name) ? 'Ignore' : 'Fail']);
  }
});

test('sources are kept and claims rewritten only on request', () => {
  const names = (props: object) => rendered(props).map(({ metadata }) => metadata.name);
  const [kept, rewrite] = ['pre-provisioned-snapshots-kept-sources', 'pre-provisioned-snapshots-rewrite'];
  expect(names({})).not.toContain(kept);
  expect(names({})).not.toContain(rewrite);
  expect(names({ keepSources: true })).toContain(kept);
  expect(names({ rewriteClaims: guard() })).toContain(rewrite);
});

test.each([{ recordIntent: false }, { action: GuardAction.WARN }, { exceptNamespaceLabels: { backup: 'true' } }])(
  'claims are rewritten only under a guard that lets none through, not %j',
  (props) => {
    expect(errorOf(() => rendered({ rewriteClaims: guard(props) }))).toBe(
      "rewriteClaims of PreProvisionedSnapshotPolicies 'platform/policies' is CloneGuard 'platform/guard', but must be one that records intents, refuses, and leaves out no namespace; without it a claim that is not rewritten is EMPTY",
    );
  },
);

test('a content is filled only from what is bound to its source as it is now, and only with a grant', () => {
  const annotations = { 'cdk8s-snapshot-clone/source-uid': 'uid', 'cdk8s-snapshot-clone/granted-by': 'prod/dev' };
  const see = (uid: string | undefined, by: object) => ({
    object: { metadata: { annotations: by } },
    params: { spec: { volumeSnapshotRef: uid === undefined ? {} : { uid } } },
  });
  const { 'cdk8s-snapshot-clone/source-uid': _, ...granted } = annotations;
  const { 'cdk8s-snapshot-clone/granted-by': __, ...ready } = annotations;
  const cases = [
    see('uid', annotations),
    see('old', annotations),
    see(undefined, annotations),
    see('uid', granted),
    see('uid', ready),
    see('uid', {}),
  ];
  expect(evaluate(cases.map((each) => ({ expression: FILLABLE, see: each })))).toEqual([true, false, false, false, false, false]);
});

test('names of users cannot leave their quotes', () => {
  const { matchConditions } = find(
    rendered({ storageControllers: [StorageController.user("o'brien\\")] }),
    'ValidatingAdmissionPolicy',
    'pre-provisioned-snapshots-guard',
  ).spec;
  const see = { request: { operation: 'UPDATE', userInfo: { username: "o'brien\\" } }, object: { metadata: { name: 'x' } } };
  expect(evaluate([{ expression: matchConditions[0].expression, see }])).toEqual([false]);
});

test('the name may be given, and the delivery changed', () => {
  const manifests = rendered({ metadata: { name: 'mine', labels: { team: 'platform' } }, delivery: Delivery.plain() });
  for (const { metadata } of manifests) expect(metadata).toEqual({ name: expect.stringMatching(/^mine-/), labels: { team: 'platform' } });
});

test('what would stop all snapshots, or let nothing through, is an error', () => {
  expect(errorOf(() => rendered({ storageControllers: [] }))).toBe(
    "storageControllers of PreProvisionedSnapshotPolicies 'platform/policies' is empty, but all snapshots of the cluster would stop; name the snapshot controller and every csi-snapshotter",
  );
  expect(errorOf(() => rendered({ sourceNamespaces: [] }))).toBe(
    "sourceNamespaces of PreProvisionedSnapshotPolicies 'platform/policies' is empty, but must name the namespaces whose snapshots may be handed over; name at least one",
  );
  expect(errorOf(() => rendered({ sourceNamespaces: ['Prod'] }))).toMatch(
    /^source namespace of PreProvisionedSnapshotPolicies 'platform\/policies' is 'Prod', but must be a DNS label/,
  );
  expect(errorOf(() => rendered({ metadata: { namespace: 'x' } }))).toBe(
    "PreProvisionedSnapshotPolicies 'platform/policies' has metadata.namespace 'x', but is cluster-scoped; leave metadata.namespace out",
  );
});

test.each(['', ' ', 'a\nb'])('%j is no storage controller', (userName) => {
  expect(errorOf(() => StorageController.user(userName))).toBe(
    `user name of StorageController is '${userName}', but must be that of one user; see the audit log of the API server`,
  );
});

test.each([
  ['system:anonymous', 'is no user, and a group'],
  ['system:nodes', 'is no user, and a group'],
  ['system:serviceaccounts', 'is no user, and a group'],
  ['system:serviceaccounts:kube-system', 'is no user, and a group'],
  ['*', 'names are compared letter by letter, without patterns; name every user'],
  ['system:serviceaccount:kube-system:*', 'names are compared letter by letter, without patterns; name every user'],
  [' backup', 'must not begin or end with a blank; leave it out'],
  ['backup ', 'must not begin or end with a blank; leave it out'],
  ['system:serviceaccount:snapshot-controller', 'a ServiceAccount is called system:serviceaccount:<namespace>:<name>'],
  ['system:serviceaccount:kube-system:', 'a ServiceAccount is called system:serviceaccount:<namespace>:<name>'],
  ['system:serviceaccount:a:b:c', 'a ServiceAccount is called system:serviceaccount:<namespace>:<name>'],
])('%j is nobody who could be a storage controller', (userName, words) => {
  expect(errorOf(() => StorageController.user(userName))).toContain(`user name of StorageController is '${userName}', but ${words}`);
});

test.each(['snapshot-controller', 'system:kube-controller-manager', 'system:serviceaccount:kube-system:snapshot-controller', 'jane@cloud'])(
  '%j can be a storage controller',
  (userName) => {
    expect(StorageController.user(userName).userName).toBe(userName);
  },
);

test('a storage controller is known by the user name of its account', () => {
  expect(CONTROLLERS.map(({ userName }) => userName)).toEqual(['system:serviceaccount:kube-system:snapshot-controller', 'backup']);
  expect(errorOf(() => StorageController.serviceAccount('A', 'x'))).toMatch(
    /^namespace of StorageController is 'A', but must be a DNS label/,
  );
});
