import { missingVerbs } from '../../src/doctor/rbac';
import { clusterRole, clusterRoleBinding } from './healthy-view';

const account = { namespace: 'csi', name: 'provisioner' };
const need = { group: 'gateway.networking.k8s.io', resource: 'referencegrants', verbs: ['list', 'watch'] };
const rule = { apiGroups: [need.group], resources: [need.resource], verbs: ['get', 'list', 'watch'] };
const subject = { kind: 'ServiceAccount', ...account };

/* The API server decides the same in test/cluster/doctor for one role and one account; here are the forms that a binding can take. */

test.each([
  ['a ServiceAccount', subject],
  ['the user that it is', { kind: 'User', name: 'system:serviceaccount:csi:provisioner' }],
  ['the group of its namespace', { kind: 'Group', name: 'system:serviceaccounts:csi' }],
  ['the group of all accounts', { kind: 'Group', name: 'system:serviceaccounts' }],
  ['the group of everybody who is known', { kind: 'Group', name: 'system:authenticated' }],
])('the right is given to %s', (_, to) => {
  expect(missingVerbs({ roles: [clusterRole('r', rule)], bindings: [clusterRoleBinding('r', to)] }, account, need)).toEqual([]);
});

test.each([
  ['another account', { ...subject, name: 'other' }],
  ['an account of that name elsewhere', { ...subject, namespace: 'other' }],
  ['the group of another namespace', { kind: 'Group', name: 'system:serviceaccounts:other' }],
  ['a user of that name', { kind: 'User', name: 'provisioner' }],
])('the right of %s does not help', (_, to) => {
  expect(missingVerbs({ roles: [clusterRole('r', rule)], bindings: [clusterRoleBinding('r', to)] }, account, need)).toEqual(need.verbs);
});

test.each([
  ['everything', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }, []],
  ['another group', { ...rule, apiGroups: [''] }, need.verbs],
  ['another kind', { ...rule, resources: ['httproutes'] }, need.verbs],
  ['reading one by one', { ...rule, verbs: ['get'] }, need.verbs],
  ['listing without watching', { ...rule, verbs: ['list'] }, ['watch']],
  ['grants of some names', { ...rule, resourceNames: ['one'] }, need.verbs],
])('a rule for %s leaves out what it leaves out', (_, given, missing) => {
  expect(missingVerbs({ roles: [clusterRole('r', given)], bindings: [clusterRoleBinding('r', subject)] }, account, need)).toEqual(missing);
});

test('verbs of several roles add up; a role that is not bound gives nothing', () => {
  const roles = [clusterRole('a', { ...rule, verbs: ['list'] }), clusterRole('b', { ...rule, verbs: ['watch'] })];
  expect(missingVerbs({ roles, bindings: [clusterRoleBinding('a', subject), clusterRoleBinding('b', subject)] }, account, need)).toEqual(
    [],
  );
  expect(missingVerbs({ roles, bindings: [clusterRoleBinding('a', subject)] }, account, need)).toEqual(['watch']);
});

test('an aggregated role gives what its rules say, and nothing before a controller has written them', () => {
  const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { aggregate: 'yes' } }] };
  const part = { ...clusterRole('part', rule), metadata: { name: 'part', labels: { aggregate: 'yes' } } };
  const bindings = [clusterRoleBinding('whole', subject)];
  expect(missingVerbs({ roles: [part, { ...clusterRole('whole', rule), aggregationRule }], bindings }, account, need)).toEqual([]);
  expect(missingVerbs({ roles: [part, { ...clusterRole('whole'), aggregationRule }], bindings }, account, need)).toEqual(need.verbs);
});
