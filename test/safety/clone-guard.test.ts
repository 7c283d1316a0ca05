import { App, Chart } from 'cdk8s';
import { CloneGuard, type CloneGuardProps, Delivery, GuardAction } from '../../src';
import { errorOf, find, type Manifest, render } from '../manifests';

function rendered(props: Partial<CloneGuardProps> = {}): Manifest[] {
  const app = new App();
  new CloneGuard(new Chart(app, 'platform', { namespace: 'platform' }), 'guard', { recordIntent: true, ...props });
  return render(app);
}

const POLICY = 'ValidatingAdmissionPolicy';

test('the guard is two policies and their bindings, cluster-scoped, before everything else', () => {
  expect(rendered()).toMatchSnapshot();
});

test('without recording intents there is no mutating policy', () => {
  expect(rendered({ recordIntent: false }).map((manifest) => manifest.kind)).toEqual([POLICY, `${POLICY}Binding`]);
});

test('a refusal denies, a warning warns and is written into the audit log', () => {
  expect(find(rendered(), `${POLICY}Binding`).spec.validationActions).toEqual(['Deny']);
  expect(find(rendered({ action: GuardAction.WARN }), `${POLICY}Binding`).spec.validationActions).toEqual(['Warn', 'Audit']);
});

test('a policy that cannot be evaluated refuses', () => {
  for (const kind of [POLICY, 'MutatingAdmissionPolicy']) expect(find(rendered(), kind).spec.failurePolicy).toBe('Fail');
});

test('namespaces are left out by their labels, from both policies', () => {
  const manifests = rendered({ exceptNamespaceLabels: { backup: 'true', scratch: 'yes' } });
  for (const kind of [POLICY, 'MutatingAdmissionPolicy']) {
    expect(find(manifests, kind).spec.matchConstraints.namespaceSelector).toEqual({
      matchExpressions: [
        { key: 'backup', operator: 'NotIn', values: ['true'] },
        { key: 'scratch', operator: 'NotIn', values: ['yes'] },
      ],
    });
  }
  expect(find(rendered(), POLICY).spec.matchConstraints).not.toHaveProperty('namespaceSelector');
});

test('references that say nothing are refused only on request', () => {
  expect(find(rendered(), POLICY).spec.validations).toHaveLength(3);
  const { validations, matchConditions } = find(rendered({ refuseUnannotated: true }), POLICY).spec;
  expect(validations).toHaveLength(4);
  expect(matchConditions[0].expression).toMatch(/ \|\| /);
});

test('the name may be given, and the delivery changed; a namespace is an error', () => {
  const manifests = rendered({ metadata: { name: 'mine', labels: { team: 'platform' } }, delivery: Delivery.plain() });
  for (const { metadata } of manifests) expect(metadata).toEqual({ name: 'mine', labels: { team: 'platform' } });
  expect(errorOf(() => rendered({ metadata: { namespace: 'x' } }))).toBe(
    "CloneGuard 'platform/guard' has metadata.namespace 'x', but is cluster-scoped; leave metadata.namespace out",
  );
});
