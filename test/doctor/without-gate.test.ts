import { PreProvisionedSnapshotPolicies, StorageController } from '../../src';
import { diagnose } from '../../src/doctor/diagnose';
import { INTENT_ANNOTATION } from '../../src/reference/intent';
import { GRANTED_BY_ANNOTATION } from '../../src/reference/pre-provisioned';
import { synthesized } from '../cluster/constructs';
import { CONTROLLER, type Difference, deployment, healthyView, known } from './healthy-view';

/* A cluster that does without the feature gate: it is off everywhere, and handed-over snapshots fill claims. */

const POLICIES = synthesized((chart) => {
  const storageControllers = [StorageController.serviceAccount('kube-system', 'snapshot-controller')];
  new PreProvisionedSnapshotPolicies(chart, 'policies', { sourceNamespaces: ['prod'], storageControllers });
});
const ofKind = (kind: string) => known(...POLICIES.filter((each) => each.kind === kind));
const GATE_OFF = [{ known: { process: '1', on: false } }];
const WITHOUT_GATE: Difference['objects'] = {
  deployments: known(deployment('provisioner', { image: 'csi-provisioner:v6.3.0' }), CONTROLLER),
  mutatingadmissionpolicies: ofKind('MutatingAdmissionPolicy'),
  mutatingadmissionpolicybindings: ofKind('MutatingAdmissionPolicyBinding'),
};

function diagnosed(objects: Difference['objects'] = {}, gateReadings: Difference['gateReadings'] = GATE_OFF) {
  return diagnose(healthyView({ gateReadings, objects: { ...WITHOUT_GATE, ...objects } }));
}

function said(...of: Parameters<typeof diagnosed>): string[] {
  const { findings, unknown } = diagnosed(...of);
  return [...findings.map(({ severity, rule }) => `${severity} ${rule}`), ...unknown.map(({ rule }) => `unknown ${rule}`)];
}

const SNAPSHOT = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' };
const HANDED_OVER = { ...SNAPSHOT, name: 'snapshot-clone.prod.snap' };

function claim(phase: string, dataSourceRef: object | undefined) {
  const annotations = { [INTENT_ANNOTATION]: 'VolumeSnapshot.snapshot.storage.k8s.io/prod/snap' };
  const metadata = { name: 'data', namespace: 'dev', annotations };
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: { dataSourceRef }, status: { phase } };
}

test('a good handed-over claim is nothing wrong, and neither are gates that are off', () => {
  expect(said({ persistentvolumeclaims: known(claim('Bound', HANDED_OVER)) })).toEqual([]);
  expect(said()).toEqual([]);
});

test('a csi-provisioner that nobody sees, and metrics that nobody may read, are no question there', () => {
  expect(said({ deployments: known(CONTROLLER) }, [{ unknown: 'forbidden' }])).toEqual([]);
});

const wrong = ['error api-server-gate', 'error provisioner-gate'];

test.each([
  ['policies that are not bound', { mutatingadmissionpolicybindings: known() }],
  ['no policies', { mutatingadmissionpolicies: known(), mutatingadmissionpolicybindings: known() }],
  ['a server that knows no such policies', { mutatingadmissionpolicies: { absent: 'not found' } }],
])('with %s a gate that is off is an error', (_, objects) => {
  expect(said(objects)).toEqual(wrong);
});

test('a claim that names another namespace, or has lost what it named, needs the gate all the same', () => {
  const named = claim('Bound', { ...SNAPSHOT, namespace: 'prod', name: 'snap' });
  expect(said({ persistentvolumeclaims: known(named) })).toEqual(wrong);
  expect(said({ persistentvolumeclaims: known(claim('Bound', undefined)) })).toEqual([...wrong, 'error data-source-dropped']);
});

test('a gate that is on in some API servers is meant to be on in all', () => {
  expect(said({}, [...GATE_OFF, { known: { process: '2', on: true } }])).toEqual(wrong);
});

describe('where nobody may read the policies', () => {
  const mutatingadmissionpolicies = { unknown: 'forbidden' };

  test('it cannot be told whether a gate that is off is wrong', () => {
    expect(said({ mutatingadmissionpolicies })).toEqual(['unknown api-server-gate', 'unknown provisioner-gate']);
    expect(diagnosed({ mutatingadmissionpolicies }).unknown[0].because).toMatch(/^it is off, .*: forbidden$/);
  });

  test('a content that they have filled shows that they stand', () => {
    const metadata = { name: 'snapshot-clone.dev.prod.snap', annotations: { [GRANTED_BY_ANNOTATION]: 'prod/dev' } };
    const volumesnapshotcontents = known({ kind: 'VolumeSnapshotContent', metadata });
    expect(said({ mutatingadmissionpolicies, volumesnapshotcontents })).toEqual([]);
  });
});

describe('a handed-over claim that waits', () => {
  test('is not told that csi-provisioner asks for its grant', () => {
    const { findings } = diagnosed({ persistentvolumeclaims: known(claim('Pending', HANDED_OVER)) });
    expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(['warning reference-not-granted']);
    expect(findings[0].effect).not.toContain('csi-provisioner refuses');
    expect(findings[0].remediation).not.toContain('tried again');
  });

  test('waits for the snapshot beside it, and not for the original', () => {
    const snapshot = (namespace: string, name: string, readyToUse: boolean) => ({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { namespace, name },
      status: { readyToUse },
    });
    const volumesnapshots = known(snapshot('prod', 'snap', true), snapshot('dev', HANDED_OVER.name, false));
    const { findings } = diagnosed({ persistentvolumeclaims: known(claim('Pending', HANDED_OVER)), volumesnapshots });
    expect(findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('waits for VolumeSnapshot dev/snapshot-clone.prod.snap'),
    );
  });
});
