import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { ReferenceGrant } from '../../src';
import { errorOf, find, render, validationErrors } from '../manifests';

const chart = () => new Chart(new App(), 'chart', { namespace: 'prod' });

test('a grant is emitted in the version that csi-provisioner watches', () => {
  const scope = chart();
  new ReferenceGrant(scope, 'grant', { fromNamespaces: ['dev'], toSnapshots: ['mysql'] });
  expect(Testing.synth(scope)).toMatchSnapshot();
});

test('the core group is written as an empty string, and is present', () => {
  const scope = chart();
  new ReferenceGrant(scope, 'grant', { fromNamespaces: ['dev'], toClaims: ['data'] });
  const { spec } = find(Testing.synth(scope), 'ReferenceGrant');
  expect(spec.from).toEqual([{ group: '', kind: 'PersistentVolumeClaim', namespace: 'dev' }]);
  expect(spec.to).toEqual([{ group: '', kind: 'PersistentVolumeClaim', name: 'data' }]);
});

test('a to without a name comes only of the word for it', () => {
  const scope = chart();
  new ReferenceGrant(scope, 'grant', { fromNamespaces: ['dev'], toAnySnapshot: true, toAnyClaim: true });
  expect(find(Testing.synth(scope), 'ReferenceGrant').spec.to).toEqual([
    { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' },
    { group: '', kind: 'PersistentVolumeClaim' },
  ]);
});

test('what is added later is emitted, and what is named twice counts once', () => {
  const scope = chart();
  const grant = new ReferenceGrant(scope, 'grant', { fromNamespaces: ['dev', 'dev'], toSnapshots: ['mysql'] });
  grant.addFromNamespaces('test', 'dev');
  grant.addToSnapshots('mysql', 'other');
  grant.addToClaims('data', 'data');
  expect(grant.fromNamespaces).toEqual(['dev', 'test']);
  expect(grant.toSnapshots).toEqual(['mysql', 'other']);
  expect(grant.toClaims).toEqual(['data']);
  const { spec } = find(Testing.synth(scope), 'ReferenceGrant');
  expect(spec.from).toHaveLength(2);
  expect(spec.to).toHaveLength(3);
});

test('lists are given out as copies', () => {
  const grant = new ReferenceGrant(chart(), 'grant', { fromNamespaces: ['dev'], toSnapshots: ['mysql'] });
  grant.fromNamespaces.push('test');
  grant.toSnapshots.push('other');
  expect(grant.fromNamespaces).toEqual(['dev']);
  expect(grant.toSnapshots).toEqual(['mysql']);
});

test('sixteen entries are taken, a seventeenth is refused', () => {
  const names = Array.from({ length: 16 }, (_, index) => `n${index}`);
  const grant = new ReferenceGrant(chart(), 'grant', { fromNamespaces: names, toSnapshots: names });
  const text = (side: string) =>
    `ReferenceGrant 'chart/grant' would have 17 entries in '${side}', but Kubernetes takes at most 16; make a second ReferenceGrant, grants add up`;
  expect(errorOf(() => grant.addFromNamespaces('n16'))).toBe(text('from'));
  expect(errorOf(() => grant.addToSnapshots('n16'))).toBe(text('to'));
});

test('a grant that allows nothing is an error, because the API server refuses it', () => {
  const app = new App();
  const scope = new Chart(app, 'chart', { namespace: 'prod' });
  new ReferenceGrant(scope, 'none', { metadata: { name: 'none' } });
  expect(validationErrors(app)).toEqual([
    '[chart/none] ReferenceGrant prod/none allows nothing and would be refused: give it fromNamespaces',
    '[chart/none] ReferenceGrant prod/none allows nothing and would be refused: give it toSnapshots or toClaims',
  ]);
});

test('names that Kubernetes refuses are refused here', () => {
  expect(errorOf(() => new ReferenceGrant(chart(), 'grant', { fromNamespaces: ['*'] }))).toBe(
    "fromNamespaces of ReferenceGrant 'chart/grant' is '*', but must be a DNS label: 1 to 63 of a-z, 0-9 and '-', beginning and ending with a letter or digit",
  );
  expect(errorOf(() => new ReferenceGrant(chart(), 'grant', { toSnapshots: [''] }))).toBe(
    "toSnapshots of ReferenceGrant 'chart/grant' is '', but must be a DNS subdomain: 1 to 253 of a-z, 0-9, '-' and '.', each part beginning and ending with a letter or digit",
  );
  expect(errorOf(() => new ReferenceGrant(chart(), 'grant', { toClaims: ['Data'] }))).toMatch(
    /^toClaims of ReferenceGrant 'chart\/grant' is 'Data', but must be/,
  );
  expect(errorOf(() => new ReferenceGrant(chart(), 'grant', { metadata: { name: 'A' } }))).toMatch(
    /^name of ReferenceGrant 'chart\/grant' is 'A', but must be/,
  );
  expect(errorOf(() => new ReferenceGrant(chart(), 'grant', { metadata: { namespace: 'A' } }))).toMatch(
    /^namespace of ReferenceGrant 'chart\/grant' is 'A', but must be/,
  );
});

test('an entry that was refused is not emitted', () => {
  const scope = chart();
  const names = Array.from({ length: 16 }, (_, index) => `n${index}`);
  const grant = new ReferenceGrant(scope, 'grant', { fromNamespaces: names, toSnapshots: ['mysql'] });
  errorOf(() => grant.addFromNamespaces('n16'));
  expect(find(Testing.synth(scope), 'ReferenceGrant').spec.from).toHaveLength(16);
});

test('only a claim carries the intent annotation', () => {
  const metadata = { annotations: { 'cdk8s-snapshot-clone/data-source': 'x' } };
  expect(errorOf(() => new ReferenceGrant(chart(), 'grant', { metadata }))).toContain('only a claim that crosses a namespace carries it');
});

test('a generated name that Kubernetes refuses is refused here: cdk8s lets the ids through', () => {
  expect(errorOf(() => new ReferenceGrant(chart(), 'my_grant'))).toMatch(
    /^name of ReferenceGrant 'chart\/my_grant' is 'chart-my_grant-[0-9a-f]{8}', made of the path of the construct, but must be .*; give metadata\.name, or another id$/,
  );
});

test('a grant without a namespace is refused', () => {
  expect(errorOf(() => new ReferenceGrant(new Chart(new App(), 'chart'), 'grant'))).toBe(
    "ReferenceGrant 'chart/grant' has no namespace: give metadata.namespace, or create it in a Chart that has one",
  );
});

test('every escape hatch of cdk8s works', () => {
  const app = new App();
  const scope = new Chart(app, 'chart', { namespace: 'prod' });
  const grant = new ReferenceGrant(scope, 'grant', { fromNamespaces: ['dev'], toSnapshots: ['mysql'], metadata: { labels: { a: 'b' } } });
  ApiObject.of(grant).metadata.addLabel('team', 'data');
  grant.metadata.addAnnotation('why', 'tests');
  expect(find(render(app), 'ReferenceGrant').metadata).toMatchObject({ labels: { a: 'b', team: 'data' }, annotations: { why: 'tests' } });
});
