import { INTENT_ANNOTATION } from '../reference/intent';
import { at, list, text } from './fields';

/**
 * Whether a ValidatingAdmissionPolicy is a guard of clones, whoever wrote it: it asks claims for the annotation in which they say what they expect.
 *
 * Its conditions decide. A policy that compares the annotation of other claims only, such as those that use handed-over snapshots, sees none
 * whose reference was dropped.
 */
export function isGuard(policy: unknown): boolean {
  const spec = at(policy, 'spec');
  const conditions = list(at(spec, 'matchConditions'));
  const deciding = conditions.length > 0 ? conditions : [...list(at(spec, 'variables')), ...list(at(spec, 'validations'))];
  return rulesOf(at(spec, 'matchConstraints')).some(concernsNewClaims) && deciding.some(readsIntent);
}

/** Why a guard does not refuse every claim that would be EMPTY, after "the guard NAME"; nothing if it does. */
export function weaknessOf(guard: unknown, bindings: readonly unknown[]): string | undefined {
  const spec = at(guard, 'spec');
  const name = text(at(guard, 'metadata', 'name'));
  const bound = bindings.filter((binding) => text(at(binding, 'spec', 'policyName')) === name);
  if (bound.length === 0) return 'has no ValidatingAdmissionPolicyBinding, and refuses nothing';
  const denying = bound.filter((binding) => actionsOf(binding).includes('Deny'));
  if (denying.length === 0) return `only does ${[...new Set(bound.flatMap(actionsOf))].join(' and ')}, and refuses nothing`;
  if (at(spec, 'failurePolicy') === 'Ignore') return "has the failurePolicy 'Ignore' instead of 'Fail', and lets pass what it cannot judge";
  const narrowing = list(at(spec, 'matchConditions')).find((condition) => !readsIntent(condition));
  if (narrowing) return `has the match condition '${text(at(narrowing, 'name'))}' of somebody else, and lets pass what does not meet it`;
  // Labels that leave a namespace out are an exception that somebody wanted; labels that a namespace must have leave out all others.
  const constraints = at(spec, 'matchConstraints');
  if (requirements(at(constraints, 'namespaceSelector')).some((operator) => operator !== 'NotIn')) return 'is only for some namespaces';
  if (narrows(constraints, 'objectSelector', 'excludeResourceRules')) return 'is only for some claims';
  const resources = denying.map((binding) => at(binding, 'spec', 'matchResources'));
  const everywhere = resources.filter((each) => !narrows(each, 'namespaceSelector'));
  if (everywhere.length === 0) return 'is bound only for some namespaces';
  const whole = everywhere.filter((each) => !narrows(each, 'objectSelector', 'resourceRules', 'excludeResourceRules'));
  return whole.length === 0 ? 'is bound only for some claims' : undefined;
}

function rulesOf(matching: unknown): readonly unknown[] {
  return list(at(matching, 'resourceRules'));
}

function concernsNewClaims(rule: unknown): boolean {
  const operations = list(at(rule, 'operations'));
  const resources = list(at(rule, 'resources'));
  return (
    (resources.includes('persistentvolumeclaims') || resources.includes('*')) && (operations.includes('CREATE') || operations.includes('*'))
  );
}

function readsIntent(expression: unknown): boolean {
  return text(at(expression, 'expression')).includes(INTENT_ANNOTATION);
}

function actionsOf(binding: unknown): string[] {
  return list(at(binding, 'spec', 'validationActions')).map(text);
}

/** The API server writes empty selectors into what has none. */
function narrows(matching: unknown, ...fields: readonly string[]): boolean {
  return fields.some((field) => {
    const value = at(matching, field);
    return list(value).length > 0 || requirements(value).length > 0;
  });
}

/** The operators of a selector's requirements; a label that it names stands for `In`. */
function requirements(selector: unknown): readonly string[] {
  const labels = at(selector, 'matchLabels');
  const names = typeof labels === 'object' && labels !== null ? Object.keys(labels) : [];
  return [...names.map(() => 'In'), ...list(at(selector, 'matchExpressions')).map((each) => text(at(each, 'operator')))];
}
