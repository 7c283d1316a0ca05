import { App, Chart } from 'cdk8s';
import { CrossNamespaceSnapshotClone } from '../../src';
import { errorOf, faultsOf, MYSQL, render, VOLUME } from '../manifests';

const target = (namespace: string) => ({ ...VOLUME, namespace });

test('one call makes the matched set', () => {
  const app = new App();
  const clone = new CrossNamespaceSnapshotClone(new Chart(app, 'chart'), 'mysql', { source: MYSQL, target: target('dev') });
  expect(render(app)).toMatchSnapshot();
  expect(faultsOf(app)).toEqual([]);
  expect(clone.claim.namespace).toBe('dev');
  expect(clone.snapshot.namespace).toBe('prod');
  expect(clone.grants.map((grant) => grant.fromNamespaces)).toEqual([['dev']]);
});

test('removing one target changes no other claim', () => {
  const claims = (namespaces: string[]) => {
    const app = new App();
    const clone = new CrossNamespaceSnapshotClone(new Chart(app, 'chart'), 'mysql', { source: MYSQL });
    for (const namespace of namespaces) clone.addTarget(namespace, target(namespace));
    return new Map(render(app).map((manifest) => [`${manifest.kind} ${manifest.metadata.namespace}/${manifest.metadata.name}`, manifest]));
  };
  const all = claims(['a', 'b', 'c']);
  const less = claims(['a', 'c']);
  expect([...less.keys()].filter((key) => !all.has(key))).toEqual([]);
  for (const [key, manifest] of less) expect(manifest).toEqual(all.get(key));
  expect(all.size - less.size).toBe(2);
});

test('the only claim can be asked for; with none or several it is an error', () => {
  const clone = new CrossNamespaceSnapshotClone(new Chart(new App(), 'chart'), 'mysql', { source: MYSQL });
  expect(errorOf(() => clone.claim)).toBe("'chart/mysql' has 0 claims, not one; use what addTarget returns, or claims");
  const first = clone.addTarget('a', target('a'));
  expect(clone.claim).toBe(first);
  const second = clone.addTarget('b', target('b'));
  expect(errorOf(() => clone.claim)).toBe("'chart/mysql' has 2 claims, not one; use what addTarget returns, or claims");
  expect(clone.claims).toEqual([first, second]);
});

test('the newest snapshot can be asked for, unless nothing is on offer yet', () => {
  const chart = new Chart(new App(), 'chart');
  const source = { ...MYSQL, metadata: { name: 'mysql' } };
  const dated = new CrossNamespaceSnapshotClone(chart, 'dated', { source: { ...source, generations: ['g2', 'g1'] } });
  expect(dated.snapshot.name).toBe('mysql-g2');
  expect(dated.snapshots.map((snapshot) => snapshot.name)).toEqual(['mysql-g2', 'mysql-g1']);
  const empty = new CrossNamespaceSnapshotClone(chart, 'empty', { source: { ...source, generations: [] } });
  expect(errorOf(() => empty.snapshot)).toBe("'chart/empty' offers no snapshot yet; add one to generations once the source holds data");
});
