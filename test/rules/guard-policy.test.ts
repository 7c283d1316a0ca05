import { isGuard, weaknessOf } from '../../src/rules/guard-policy';

/** An expression that asks for the annotation. */
const ASKS = "variables.intent == object.metadata.annotations['cdk8s-snapshot-clone/data-source']";
/** One that does not. */
const OTHER = "object.metadata.name != 'x'";
const RULE = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['persistentvolumeclaims'] };
const LABELS = { matchLabels: { team: 'shop' } };

const expressions = (field: string, ...written: unknown[]) => ({ [field]: written.map((expression) => ({ expression })) });
const asks = (name: string) => ({ name, expression: ASKS });
const constraints = (others: object = {}) => ({ matchConstraints: { resourceRules: [RULE], ...others } });
const rule = (others: object) => constraints({ resourceRules: [{ ...RULE, ...others }] });
const requires = (operator: string) => ({ matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values: ['x'] }] });
const policy = (spec: object = {}) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'guard' },
  spec: { failurePolicy: 'Fail', ...constraints(), matchConditions: [asks('one')], validations: [{ expression: OTHER }], ...spec },
});

describe('a policy is a guard', () => {
  test.each<[string, object]>([
    ['if its conditions ask new claims for the annotation', {}],
    ['if one of its conditions does', { matchConditions: [{ name: 'other', expression: OTHER }, asks('one')] }],
    ['if a validation asks, and there are no conditions', { matchConditions: [], ...expressions('validations', OTHER, ASKS) }],
    ['if a variable asks, and there are no conditions', { matchConditions: undefined, ...expressions('variables', OTHER, ASKS) }],
    ['of everything that is created', rule({ resources: ['*'] })],
    ['of everything that happens to claims', rule({ operations: ['*'] })],
    ['of claims among others', rule({ resources: ['pods', 'persistentvolumeclaims'], operations: ['UPDATE', 'CREATE'] })],
    ['if one of its rules is about new claims', constraints({ resourceRules: [{ ...RULE, resources: ['pods'] }, RULE] })],
  ])('%s', (_, spec) => {
    expect(isGuard(policy(spec))).toBe(true);
  });

  test.each<[string, object]>([
    ['if it asks for something else', { matchConditions: [{ name: 'other', expression: OTHER }] }],
    ['if only a validation asks, after conditions', { matchConditions: [{ expression: OTHER }], ...expressions('validations', ASKS) }],
    ['if only a variable asks, after conditions', { matchConditions: [{ expression: OTHER }], ...expressions('variables', ASKS) }],
    ['if nothing asks', { matchConditions: [], ...expressions('variables', OTHER), ...expressions('validations', OTHER) }],
    ['if the expression is none', { matchConditions: [{ expression: [ASKS] }] }],
    ['if it is about other objects', rule({ resources: ['pods', 'persistentvolumeclaims/status'] })],
    ['if it is about changes of claims', rule({ operations: ['UPDATE', 'DELETE'] })],
    ['if it is about nothing', constraints({ resourceRules: [] })],
    ['if it does not say what it is about', { matchConstraints: undefined }],
  ])('but not %s', (_, spec) => {
    expect(isGuard(policy(spec))).toBe(false);
  });

  test.each([undefined, null, 5, [], {}, { spec: 'x' }])('but not if it is %j', (manifest) => {
    expect(isGuard(manifest)).toBe(false);
  });
});

const binding = (spec: object = {}) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'binding' },
  spec: { policyName: 'guard', validationActions: ['Deny'], ...spec },
});
const matching = (matchResources: object) => binding({ matchResources });
const warning = (...validationActions: string[]) => binding({ validationActions });

describe('a guard that is bound refuses every claim', () => {
  test.each<[string, object, object[]]>([
    ['with one binding', {}, [binding()]],
    ['with a binding that does more than deny', {}, [warning('Audit', 'Deny')]],
    ['with several conditions that all ask', { matchConditions: [asks('one'), asks('two')] }, [binding()]],
    ['without a condition', { matchConditions: [], ...expressions('validations', ASKS) }, [binding()]],
    ['without a failurePolicy, which is Fail', { failurePolicy: undefined }, [binding()]],
    [
      'with empty selectors, as the API server writes them',
      constraints({ namespaceSelector: {}, objectSelector: {}, excludeResourceRules: [] }),
      [matching({ namespaceSelector: {}, objectSelector: {}, resourceRules: [], excludeResourceRules: [] })],
    ],
    [
      'with selectors that are null',
      constraints({ namespaceSelector: { matchLabels: null }, objectSelector: { matchLabels: 'x' } }),
      [matching({ namespaceSelector: { matchLabels: null, matchExpressions: null }, objectSelector: { matchLabels: {} } })],
    ],
    ['with a namespace left out on purpose', constraints({ namespaceSelector: requires('NotIn') }), [binding()]],
    ['with one whole binding after one that only warns', {}, [warning('Warn'), binding()]],
    ['with one whole binding after one for some namespaces', {}, [matching({ namespaceSelector: LABELS }), binding()]],
    ['with one whole binding after one for some claims', {}, [matching({ objectSelector: LABELS }), binding()]],
    ['whatever the bindings of others do', {}, [binding({ policyName: 'other', validationActions: ['Warn'] }), binding()]],
  ])('%s', (_, spec, bindings) => {
    expect(weaknessOf(policy(spec), bindings)).toBeUndefined();
  });
});

describe('a guard is weak', () => {
  const UNBOUND = 'has no ValidatingAdmissionPolicyBinding, and refuses nothing';
  const SOME_NAMESPACES = 'is bound only for some namespaces';
  const SOME_CLAIMS = 'is bound only for some claims';

  test.each<[string, object[], string]>([
    ['nothing', [], UNBOUND],
    ['the binding of another policy', [binding({ policyName: 'other' })], UNBOUND],
    ['a binding without a spec', [{ policyName: 'guard' }], UNBOUND],
    ['a warning', [warning('Warn')], 'only does Warn, and refuses nothing'],
    ['several warnings', [warning('Warn', 'Audit'), warning('Audit')], 'only does Warn and Audit, and refuses nothing'],
    ['a warning beside others', [warning('Audit'), binding({ policyName: 'other' })], 'only does Audit, and refuses nothing'],
    ['labels of namespaces', [matching({ namespaceSelector: LABELS })], SOME_NAMESPACES],
    ['namespaces but one', [matching({ namespaceSelector: requires('NotIn') })], SOME_NAMESPACES],
    ['namespaces, and a warning for all', [matching({ namespaceSelector: LABELS }), warning('Warn')], SOME_NAMESPACES],
    ['labels of claims', [matching({ objectSelector: LABELS })], SOME_CLAIMS],
    ['claims that have a label', [matching({ objectSelector: requires('Exists') })], SOME_CLAIMS],
    ['rules of its own', [matching({ resourceRules: [RULE] })], SOME_CLAIMS],
    ['exceptions', [matching({ excludeResourceRules: [RULE] })], SOME_CLAIMS],
    ['namespaces or claims', [matching({ namespaceSelector: LABELS }), matching({ objectSelector: LABELS })], SOME_CLAIMS],
  ])('that is bound by %s', (_, bindings, weakness) => {
    expect(weaknessOf(policy(), bindings)).toBe(weakness);
  });

  test.each<[string, object, string]>([
    [
      'lets pass what it cannot judge',
      { failurePolicy: 'Ignore' },
      "has the failurePolicy 'Ignore' instead of 'Fail', and lets pass what it cannot judge",
    ],
    [
      'has a condition of somebody else',
      { matchConditions: [asks('one'), { name: 'mine', expression: OTHER }] },
      "has the match condition 'mine' of somebody else, and lets pass what does not meet it",
    ],
    ['wants a label of namespaces', constraints({ namespaceSelector: LABELS }), 'is only for some namespaces'],
    ['is for one namespace', constraints({ namespaceSelector: requires('In') }), 'is only for some namespaces'],
    ['wants any value of a label', constraints({ namespaceSelector: requires('Exists') }), 'is only for some namespaces'],
    [
      'leaves a namespace out and wants a label',
      constraints({ namespaceSelector: { ...requires('NotIn'), ...LABELS } }),
      'is only for some namespaces',
    ],
    ['wants a label of claims', constraints({ objectSelector: LABELS }), 'is only for some claims'],
    ['leaves claims out by a label', constraints({ objectSelector: requires('NotIn') }), 'is only for some claims'],
    ['makes exceptions', constraints({ excludeResourceRules: [RULE] }), 'is only for some claims'],
  ])('that %s', (_, spec, weakness) => {
    expect(weaknessOf(policy(spec), [binding()])).toBe(weakness);
  });
});
