import { ApiObject, App, Chart, type ChartProps, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { ClonedVolumeClaim, CrossNamespaceSnapshotClone, DataSource, SharedSnapshot } from '../../src';
import { MYSQL, render, VOLUME, validationErrors } from '../manifests';

function world() {
  const app = new App();
  return { app, prod: new Chart(app, 'prod', { namespace: 'prod' }), dev: new Chart(app, 'dev', { namespace: 'dev' }) };
}

const cloned = (scope: Chart, metadata = {}) =>
  new ClonedVolumeClaim(scope, 'claim', { ...VOLUME, metadata, dataSource: DataSource.claim('owner', 'data') });

/** A Deployment that mounts a claim, made as a consumer makes it. */
function mount(scope: Chart, claim: kplus.IPersistentVolumeClaim, metadata = {}): kplus.Deployment {
  const deployment = new kplus.Deployment(scope, 'server', { metadata: { name: 'server', ...metadata } });
  deployment.addContainer({ image: 'mysql:8.4' }).mount('/data', kplus.Volume.fromPersistentVolumeClaim(scope, 'volume', claim));
  return deployment;
}

const refused = (claim: ClonedVolumeClaim, where: string) =>
  `[${claim.node.path}] Deployment server is in namespace ${where}, but claim dev/${claim.name} can be mounted in dev only; put them into one namespace`;

test('a workload in another namespace than the claim that it mounts is refused', () => {
  const { app, prod, dev } = world();
  const claim = cloned(dev);
  mount(prod, claim);
  expect(validationErrors(app)).toEqual([refused(claim, 'prod')]);
});

test('it is refused beside the claim as well, where the workload itself names another namespace', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  const { claim } = new CrossNamespaceSnapshotClone(chart, 'mysql', { source: MYSQL, target: { ...VOLUME, namespace: 'dev' } });
  mount(chart, claim, { namespace: 'prod' });
  expect(validationErrors(app)).toEqual([refused(claim, 'prod')]);
});

test('it is refused where a generation is appended to the generated name', () => {
  const { app, prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', { ...MYSQL, metadata: { name: 'mysql' }, generations: ['2026-11-22'] });
  const claim = share.cloneInto(dev, 'mysql', { ...VOLUME, namespace: 'dev' });
  mount(prod, claim);
  expect(claim.name).toMatch(/-2026-11-22$/);
  expect(validationErrors(app)).toEqual([refused(claim, 'prod')]);
});

test.each<[string, ChartProps]>([
  ['in the namespace of the claim', { namespace: 'dev' }],
  ['without a namespace, which may be delivered there', {}],
])('a workload %s is accepted', (_, props) => {
  const { app, dev } = world();
  mount(new Chart(app, 'other', props), cloned(dev));
  expect(() => render(app)).not.toThrow();
});

test('a name that somebody wrote may be that of another claim, which others deliver there', () => {
  for (const name of ['mysql', 'mysql-c840565c']) {
    const { app, prod, dev } = world();
    mount(prod, cloned(dev, { name }));
    expect(() => render(app)).not.toThrow();
  }
});

test('so may a name that a Chart makes in a way of its own', () => {
  class Plain extends Chart {
    public generateObjectName(object: ApiObject): string {
      return object.kind.toLowerCase();
    }
  }
  const { app, prod } = world();
  mount(prod, cloned(new Plain(app, 'plain', { namespace: 'dev' })));
  mount(
    new Chart(app, 'test', { namespace: 'test' }),
    cloned(new Chart(app, 'bare', { namespace: 'dev', disableResourceNameHashes: true })),
  );
  expect(() => render(app)).not.toThrow();
});

test.each<[string, (prod: Chart, name: string) => void]>([
  ['a claim', (prod, name) => new kplus.PersistentVolumeClaim(prod, 'own', { metadata: { name } })],
  [
    'a claim that may be delivered there',
    (prod, name) => new kplus.PersistentVolumeClaim(new Chart(prod, 'nested'), 'own', { metadata: { name } }),
  ],
])('a workload is accepted whose namespace has %s of that name in this App', (_, make) => {
  const { app, prod, dev } = world();
  const claim = cloned(dev);
  make(prod, claim.name);
  mount(prod, claim);
  expect(() => render(app)).not.toThrow();
});

test('a workload is accepted whose namespace has a StatefulSet that makes a claim of that name', () => {
  const { app, prod, dev } = world();
  const share = new SharedSnapshot(prod, 'mysql', { ...MYSQL, generations: ['0'] });
  const claim = share.cloneInto(dev, 'mysql', { ...VOLUME, namespace: 'dev' });
  const [template, set] = [claim.name.slice(0, 3), claim.name.slice(4, -2)];
  new ApiObject(prod, 'set', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: set },
    spec: { volumeClaimTemplates: [{ metadata: { name: template } }] },
  });
  mount(prod, claim);
  expect(() => render(app)).not.toThrow();
});

test('what counts is the namespace that is rendered', () => {
  const { app, prod, dev } = world();
  const deployment = mount(prod, cloned(dev));
  ApiObject.of(deployment).addJsonPatch(JsonPatch.replace('/metadata/namespace', 'dev'));
  expect(() => render(app)).not.toThrow();
});

test('a claim that was taken out of the tree is nobody’s', () => {
  const { app, prod, dev } = world();
  mount(prod, cloned(dev));
  dev.node.tryRemoveChild('claim');
  expect(() => render(app)).not.toThrow();
});

test('a workload that cannot be rendered says why itself', () => {
  const { app, prod, dev } = world();
  cloned(dev);
  new kplus.Deployment(prod, 'empty');
  expect(() => render(app)).toThrow('PodSpec must have at least 1 container');
});
