import { at, list, text } from '../rules/fields';

export interface ClusterAccess {
  readonly roles: readonly unknown[];
  readonly bindings: readonly unknown[];
}

export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

export interface Need {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
}

/**
 * The verbs that no ClusterRole gives the account in all namespaces. A Role cannot: what it gives ends at its namespace.
 *
 * Of an aggregated role only its rules count, as for the API server: a controller writes them, and without them it gives nothing.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function missingVerbs({ roles, bindings }: ClusterAccess, account: ServiceAccount, need: Need): string[] {
  const bound = new Set(bindings.filter((binding) => names(binding, account)).map((binding) => text(at(binding, 'roleRef', 'name'))));
  const rules = roles.filter((role) => bound.has(text(at(role, 'metadata', 'name')))).flatMap((role) => list(at(role, 'rules')));
  const about = rules.filter(
    (rule) =>
      allows(rule, 'apiGroups', need.group) && allows(rule, 'resources', need.resource) && list(at(rule, 'resourceNames')).length === 0,
  );
  return need.verbs.filter((verb) => !about.some((rule) => allows(rule, 'verbs', verb)));
}

function allows(rule: unknown, field: string, value: string): boolean {
  const values = list(at(rule, field));
  return values.includes(value) || values.includes('*');
}

function names(binding: unknown, { namespace, name }: ServiceAccount): boolean {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return list(at(binding, 'subjects')).some((subject) => {
    const subjectName = text(at(subject, 'name'));
    switch (text(at(subject, 'kind'))) {
      case 'ServiceAccount':
        return subjectName === name && text(at(subject, 'namespace')) === namespace;
      case 'User':
        return subjectName === `system:serviceaccount:${namespace}:${name}`;
      case 'Group':
        return groups.includes(subjectName);
      default:
        return false;
    }
  });
}
