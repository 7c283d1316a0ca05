import { type KubernetesObject, ofKind, Synthesis } from './synthesis';

const synthesis = new Synthesis('access');
const all = synthesis.objects();
const switched = new Synthesis('access', true);

/** A rule of a Role, as far as these tests look. */
interface Rule {
  readonly apiGroups?: string[];
  readonly resources?: string[];
  readonly verbs: string[];
}

const roles = all.filter(({ kind }) => kind.endsWith('Role')) as (KubernetesObject & { readonly rules: Rule[] })[];

/** Who may do something other than look at a resource, each with the namespace. */
function writersOf(resource: string): string[] {
  return roles
    .filter(({ rules }) => rules.some(({ resources, verbs }) => resources?.includes(resource) && verbs.includes('create')))
    .map(({ metadata }) => `${metadata.name} in ${metadata.namespace ?? 'all namespaces'}`);
}

test.each([...synthesis.files])('%s is what it was', (_path, text) => {
  expect(text).toMatchSnapshot();
});

test('grants and snapshots are written by the owner alone, claims by the consumer, contents and volumes by nobody', () => {
  expect(writersOf('referencegrants')).toEqual(['snapshot-owner in prod']);
  expect(writersOf('volumesnapshots')).toEqual(['snapshot-owner in prod']);
  expect(writersOf('persistentvolumeclaims')).toEqual(['clone-consumer in dev']);
  expect(writersOf('volumesnapshotcontents')).toEqual([]);
  expect(writersOf('persistentvolumes')).toEqual([]);
});

test('nobody reads Secrets, and nothing is allowed by a wildcard', () => {
  for (const { apiGroups, resources, verbs } of roles.flatMap(({ rules }) => rules)) {
    expect(resources ?? []).not.toContain('secrets');
    expect([...(apiGroups ?? []), ...(resources ?? []), ...verbs]).not.toContain('*');
  }
});

test('each project has one namespace, one repository, kinds by name, and no cluster-scoped kind', () => {
  const projects = ofKind('AppProject', all);
  expect(projects).toHaveLength(2);
  for (const { spec } of projects) {
    expect(spec.destinations).toHaveLength(1);
    expect(spec.sourceRepos).toHaveLength(1);
    expect(spec.clusterResourceWhitelist).toEqual([]);
    expect(JSON.stringify(spec)).not.toContain('*');
  }
});

test('without the gate, the consumer may also have handed-over snapshots delivered, and nothing else is different', () => {
  expect([...switched.files].filter(([path, text]) => synthesis.files.get(path) !== text).map(([path]) => path)).toEqual([
    expect.stringMatching(/projects.*dev/i),
  ]);
  const [dev] = ofKind('AppProject', switched.objects()).filter(({ metadata }) => metadata.name === 'dev');
  expect(dev.spec.clusterResourceWhitelist).toEqual([{ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshotContent' }]);
  expect(dev.spec.namespaceResourceWhitelist).toContainEqual({ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' });
});
