import { Chart, Size, Testing } from 'cdk8s';
import { CloneGuard, GuardAction, PreProvisionedSnapshotPolicies, SharedSnapshot, SnapshotAccess, StorageController } from '../../src';
import { findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet } from '../../src/rules/object-set';
import { type Manifest, render } from '../manifests';

/* Without the gate a copy takes objects of three people. What one of them has left out is told, where the set shows the others. */

/** The three files of docs/without-the-gate.md. */
function program({ sourceNamespaces = ['prod'], guard = GuardAction.REFUSE } = {}): Manifest[] {
  const app = Testing.app();
  const platform = new Chart(app, 'platform');
  const storageControllers = [StorageController.serviceAccount('kube-system', 'snapshot-controller')];
  new PreProvisionedSnapshotPolicies(platform, 'policies', { sourceNamespaces, storageControllers });
  new CloneGuard(platform, 'guard', { recordIntent: true, action: guard });
  const mysql = new SharedSnapshot(new Chart(app, 'prod'), 'mysql', {
    namespace: 'prod',
    claimName: 'mysql-data',
    volumeSnapshotClassName: 'csi-fast',
    generations: ['2026-11-22'],
    metadata: { name: 'mysql' },
    access: SnapshotAccess.PRE_PROVISIONED_SNAPSHOT,
  });
  const volume = { storageClassName: 'csi-fast', storage: Size.gibibytes(20) };
  mysql.cloneInto(new Chart(app, 'dev'), 'mysql', { namespace: 'dev', ...volume, metadata: { name: 'mysql' } });
  return render(app);
}

const found = (manifests: readonly Manifest[], external?: string[]) =>
  [
    ...findingsIn(
      new ObjectSet(
        manifests.map((manifest) => ({ manifest })),
        { external },
      ),
      ALL_RULES,
    ),
  ].map(({ severity, rule, object }) => `${severity} ${rule} ${object.kind} ${object.name}`);
const without = (manifests: readonly Manifest[], ...left: ((manifest: Manifest) => boolean)[]) =>
  manifests.filter((manifest) => !left.some((isLeft) => isLeft(manifest)));

const isContent = ({ kind }: Manifest) => kind === 'VolumeSnapshotContent';
const isLocalSnapshot = ({ kind, metadata }: Manifest) => kind === 'VolumeSnapshot' && metadata.namespace === 'dev';
const isPolicy = ({ kind }: Manifest) => kind.includes('AdmissionPolicy');
const isRefusal = ({ kind }: Manifest) => kind.startsWith('ValidatingAdmissionPolicy');
const isRefusalBinding = ({ kind, metadata }: Manifest) =>
  kind === 'ValidatingAdmissionPolicyBinding' && metadata.name.startsWith('pre-provisioned');

const CONTENT = 'VolumeSnapshotContent snapshot-clone.dev.prod.mysql-2026-11-22';
const LOCAL = 'VolumeSnapshot snapshot-clone.prod.mysql-2026-11-22';
const CLAIM = 'PersistentVolumeClaim mysql-2026-11-22';

test('of the whole program nothing is told', () => {
  expect(found(program())).toEqual([]);
});

describe('the content that is left out', () => {
  test('is missed at its snapshot, where the policies are in the set that would fill it', () => {
    expect(found(without(program(), isContent))).toEqual([`error handed-over-content-missing ${LOCAL}`]);
  });

  test('may be delivered elsewhere, if the policies are as well', () => {
    expect(found(without(program(), isContent, isPolicy))).toEqual([`info policies-not-in-set ${LOCAL}`]);
  });

  test('is none of this set if the consumer is delivered elsewhere', () => {
    expect(found(without(program(), isContent), ['dev'])).toEqual([]);
  });
});

describe('the snapshot that is left out', () => {
  test('is missed at the claim, where its content is in the set', () => {
    expect(found(without(program(), isLocalSnapshot))).toEqual([`error source-missing ${CLAIM}`]);
  });

  test('may be delivered elsewhere together with its content', () => {
    expect(found(without(program(), isLocalSnapshot, isContent))).toEqual([`info source-not-in-set ${CLAIM}`]);
    expect(found(without(program(), isLocalSnapshot), ['dev'])).toEqual([`info source-not-in-set ${CLAIM}`]);
  });

  test('is missed where others of its namespace are in the set', () => {
    const other = { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name: 'x', namespace: 'dev' }, spec: {} };
    const others = found([...without(program(), isLocalSnapshot, isContent), other]);
    expect(others.filter((one) => one.includes('source-'))).toEqual([`error source-missing ${CLAIM}`]);
  });

  test('is not missed again where the claim is refused already', () => {
    const isGrant = ({ kind }: Manifest) => kind === 'ReferenceGrant';
    expect(found(without(program(), isLocalSnapshot, isGrant))).toEqual([`error reference-not-granted ${CLAIM}`]);
  });
});

describe('the policies that know another namespace', () => {
  const shop = program({ sourceNamespaces: ['production', 'shop'] });
  const told = (manifests: readonly Manifest[]) =>
    [...findingsIn(new ObjectSet(manifests.map((manifest) => ({ manifest }))), ALL_RULES)].map(({ message }) => message);

  test('refuse the content, in their words, and are told with those that they know', () => {
    expect(found(shop)).toEqual([`error source-namespace-unknown ${CONTENT}`]);
    expect(told(shop)[0]).toMatch(
      /, but namespace prod is not among the sourceNamespaces of PreProvisionedSnapshotPolicies: the platform team has to add it; in this set they are production, shop$/,
    );
  });

  test('are told with five at most', () => {
    const many = program({ sourceNamespaces: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] });
    expect(told(many)[0]).toMatch(/they are a, b, c, d, e and 2 more$/);
  });

  test('cannot be judged without the bindings that say which: that they are missing is worth knowing', () => {
    const isSeekerBinding = ({ kind, metadata }: Manifest) =>
      kind === 'MutatingAdmissionPolicyBinding' && metadata.name.startsWith('pre-provisioned-snapshots-grant.');
    expect(found(without(shop, isSeekerBinding))).toEqual([`info policies-not-in-set ${CONTENT}`]);
  });

  test('cannot be judged if their bindings name none', () => {
    const nameless = shop.map((manifest) =>
      manifest.metadata.name.startsWith('pre-provisioned-snapshots-grant.')
        ? { ...manifest, spec: { policyName: manifest.spec.policyName, paramRef: { selector: {} } } }
        : manifest,
    );
    expect(found(nameless)).toEqual([]);
  });
});

describe('the policies that refuse', () => {
  const refusers = ['guard', 'group-guard', 'reserved-names', 'claim-guard', 'claim-content'];
  const names = refusers.map((suffix) => `pre-provisioned-snapshots-${suffix}`);
  const bound = (validationActions: unknown) =>
    program().map((manifest) => (isRefusalBinding(manifest) ? { ...manifest, spec: { ...manifest.spec, validationActions } } : manifest));

  test('refuse nothing without their bindings', () => {
    expect(found(without(program(), isRefusalBinding))).toEqual(
      names.map((name) => `error policies-not-enforced ValidatingAdmissionPolicy ${name}`),
    );
  });

  test.each([[['Warn']], [['Warn', 'Audit']], [[]], [undefined]])('refuse nothing while they do %j', (actions) => {
    expect(found(bound(actions))).toEqual(names.map((name) => `error policies-not-enforced ValidatingAdmissionPolicyBinding ${name}`));
  });

  test('refuse if they warn as well, or if one of their bindings denies', () => {
    expect(found(bound(['Deny', 'Audit']))).toEqual([]);
    const [one] = bound(['Audit']).filter(isRefusalBinding);
    expect(found([...program(), { ...one, metadata: { name: 'audit' } }])).toEqual([]);
  });

  test('are missed where those that fill stand alone', () => {
    expect(found(without(program(), isRefusal)).filter((one) => !one.startsWith('info'))).toEqual([
      'error policies-not-enforced MutatingAdmissionPolicy pre-provisioned-snapshots-fill',
    ]);
  });

  test('cannot be judged where the bindings of all are delivered elsewhere', () => {
    const isBinding = ({ kind }: Manifest) => kind.endsWith('Binding');
    expect(found(without(program(), isBinding)).filter((one) => !one.startsWith('info'))).toEqual([]);
  });

  test('are not the guard of claims by reference, which may only warn', () => {
    expect(found(program({ guard: GuardAction.WARN }))).toEqual([]);
  });
});
