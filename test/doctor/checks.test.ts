import { PreProvisionedSnapshotPolicies, StorageController } from '../../src';
import { diagnose } from '../../src/doctor/diagnose';
import { keptOf } from '../../src/doctor/kept';
import { synthesized } from '../cluster/constructs';
import {
  CONTROLLER,
  csiDriver,
  type Difference,
  deployment,
  guardBinding,
  guardPolicy,
  healthyView,
  known,
  PROVISIONER,
  snapshotClass,
  storageClass,
} from './healthy-view';

/* What a cluster of the cluster tests cannot be: several API servers, several drivers, kinds hidden or too old. */

/** What is said of a cluster that differs from a healthy one. */
function said(difference: Difference): string[] {
  const { findings, unknown } = diagnose(healthyView(difference));
  return [
    ...findings.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`),
    ...unknown.map(({ rule, because }) => `unknown ${rule}: ${because}`),
  ];
}

const server = (process: string, on?: boolean) => ({ known: { process, on } });

test('of a healthy cluster nothing is said', () => {
  expect(said({})).toEqual([]);
});

describe('API servers behind one address', () => {
  test('that have all answered, some of them twice, and have the gate on are fine', () => {
    const gateReadings = [server('a', true), server('a', true), server('b', true)];
    expect(said({ apiServers: { known: 2 }, gateReadings })).toEqual([]);
  });

  test('that differ are an error, however many have not answered', () => {
    const gateReadings = [server('a', true), server('b', false)];
    expect(said({ apiServers: { known: 3 }, gateReadings })).toEqual([
      'error api-server-gate: The feature gate CrossNamespaceVolumeDataSource is on in 1 and off in 1 of the API servers that answered behind one address.',
    ]);
  });

  test('that have not all answered leave the question open', () => {
    expect(said({ apiServers: { known: 3 }, gateReadings: [server('a', true)] })).toEqual([
      'unknown api-server-gate: 3 API servers have leases in kube-system, and 1 answered',
    ]);
  });

  test('that do not know the gate leave the question open', () => {
    expect(said({ gateReadings: [server('a')] })).toEqual([
      'unknown api-server-gate: the metrics of the API server do not name the gate, as before Kubernetes 1.26',
    ]);
  });

  test.each([
    [{ unknown: 'leases is forbidden' }, 'how many API servers there are is not known: leases is forbidden'],
    [{ known: 0 }, 'no API servers have leases in kube-system'],
  ])('whose number is not known leave the question open: %j', (apiServers, why) => {
    expect(said({ apiServers, gateReadings: [server('a', true)] })).toEqual([`unknown api-server-gate: ${why}, and 1 answered`]);
  });
});

describe('several drivers', () => {
  const off = { image: 'csi-provisioner:v6.3.0', args: ['--csi-address=/csi/csi.sock'] };

  test('of which one provisioner has the gate off are a warning, for the other may be all that is wanted', () => {
    const deployments = known(deployment('one', PROVISIONER), deployment('two', off), CONTROLLER);
    expect(said({ objects: { deployments } })).toEqual([
      'warning provisioner-gate: The feature gate CrossNamespaceVolumeDataSource is off in container main of Deployment csi/two.',
    ]);
  });

  test('that all have it off are an error each', () => {
    const deployments = known(deployment('one', off), deployment('two', off), CONTROLLER);
    expect(said({ objects: { deployments } })).toEqual([
      expect.stringMatching(/^error provisioner-gate: .* csi\/one\.$/),
      expect.stringMatching(/^error provisioner-gate: .* csi\/two\.$/),
    ]);
  });

  test('of which one is scaled to nothing are judged by the other', () => {
    expect(said({ objects: { deployments: known(deployment('one', PROVISIONER), deployment('two', off, 0), CONTROLLER) } })).toEqual([]);
  });

  test('of which one takes no snapshots are worth knowing', () => {
    const storageclasses = known(storageClass('csi.example.com'), storageClass('files.example.com'), storageClass('local-path'));
    const csidrivers = known(csiDriver('csi.example.com'), csiDriver('files.example.com'));
    const deployments = known(deployment('one', PROVISIONER), deployment('two', PROVISIONER), CONTROLLER);
    expect(said({ objects: { storageclasses, csidrivers, deployments } })).toEqual([
      "info driver-classes: The driver 'files.example.com' of StorageClass class-of-files.example.com has no VolumeSnapshotClass.",
    ]);
  });

  test('of which one has a csi-provisioner that nobody sees leave the question open', () => {
    const storageclasses = known(storageClass('csi.example.com'), storageClass('files.example.com'), storageClass('local-path'));
    const csidrivers = known(csiDriver('csi.example.com'), csiDriver('files.example.com'));
    expect(said({ objects: { storageclasses, csidrivers } })).toContainEqual(
      expect.stringMatching(/^unknown provisioner-gate: 1 csi-provisioner can be seen, and the StorageClasses are of 2 CSI drivers/),
    );
  });

  test('of which one has snapshots only are a warning', () => {
    const volumesnapshotclasses = known(snapshotClass('csi.example.com'), snapshotClass('old.example.com'));
    expect(said({ objects: { volumesnapshotclasses } })).toEqual([
      expect.stringMatching(/^warning driver-classes: The driver 'old\.example\.com' .* there is no CSIDriver of that name/),
    ]);
  });
});

test('without any VolumeSnapshotClass there is no clone', () => {
  expect(said({ objects: { volumesnapshotclasses: known() } })).toEqual([
    "error driver-classes: No VolumeSnapshotClass exists; the StorageClasses are of 'csi.example.com'.",
  ]);
});

describe('csi-provisioner', () => {
  test('whose gates come from elsewhere leaves the question open', () => {
    const deployments = known(deployment('one', { ...PROVISIONER, args: ['--feature-gates=$(GATES)'] }), CONTROLLER);
    expect(said({ objects: { deployments } })).toEqual([
      'unknown provisioner-gate: the argument --feature-gates of container main of Deployment csi/one holds a variable whose value is elsewhere',
    ]);
  });

  test.each(['6.0.1', '6.1.1', '6.2.0', '3.3.0'])('%s is an error', (version) => {
    const deployments = known(
      deployment('one', { ...PROVISIONER, image: `registry.k8s.io/sig-storage/csi-provisioner:v${version}` }),
      CONTROLLER,
    );
    expect(said({ objects: { deployments } })).toEqual([expect.stringContaining(`Deployment csi/one runs csi-provisioner ${version},`)]);
  });

  test.each(['6.0.0', '6.0.2', '6.1.2', '6.2.1', '6.3.0', '5.3.0'])('%s is fine', (version) => {
    const deployments = known(deployment('one', { ...PROVISIONER, image: `csi-provisioner:v${version}` }), CONTROLLER);
    expect(said({ objects: { deployments } })).toEqual([]);
  });
});

describe('the snapshot-controller', () => {
  const snapshot = (status?: object) => ({
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshot',
    metadata: { name: 'snap', namespace: 'prod' },
    status,
  });
  const hidden = known(deployment('provisioner', PROVISIONER));

  test('that nobody sees, and that has done its work, runs elsewhere', () => {
    const volumesnapshots = known(snapshot({ readyToUse: true }));
    expect(said({ objects: { deployments: hidden, volumesnapshots } })).toEqual([]);
  });

  test('that nobody sees, and that answers nothing, is missing', () => {
    expect(said({ objects: { deployments: hidden, volumesnapshots: known(snapshot()) } })).toEqual([
      'error snapshot-controller: No workload runs a container of snapshot-controller, and no VolumeSnapshot has a status, prod/snap for one.',
    ]);
  });

  test('that nobody sees, and that nobody has asked, leaves the question open', () => {
    expect(said({ objects: { deployments: hidden } })).toEqual([expect.stringMatching(/^unknown snapshot-controller: /)]);
  });
});

describe('a workload', () => {
  const idle = { observedGeneration: 1, unavailableReplicas: 1 };
  const provisioner = (name: string, status?: object) => ({ ...deployment(name, PROVISIONER), status });

  test('without a pod that is ready provisions nothing, and answers no snapshot', () => {
    const deployments = known(provisioner('one', idle), { ...CONTROLLER, status: idle });
    expect(said({ objects: { deployments } })).toEqual([
      'error sidecars-ready: Deployment csi/one, which runs csi-provisioner, has no pod that is ready.',
      'error sidecars-ready: Deployment csi/snapshots, which runs snapshot-controller, has no pod that is ready.',
    ]);
  });

  test('beside others that are ready is a warning', () => {
    const deployments = known(provisioner('one', idle), provisioner('two', { observedGeneration: 1, readyReplicas: 1 }), CONTROLLER);
    expect(said({ objects: { deployments } })).toEqual([expect.stringMatching(/^warning sidecars-ready: Deployment csi\/one,/)]);
  });

  test.each([
    ['pods', { conditions: [{ type: 'Ready', status: 'False' }] }, { conditions: [{ type: 'Ready', status: 'True' }] }],
    ['daemonsets', { observedGeneration: 2, numberReady: 0 }, { observedGeneration: 2, numberReady: 3 }],
    ['deployments', { observedGeneration: 2, replicas: 1 }, { observedGeneration: 2, readyReplicas: 1, replicas: 2 }],
    ['deployments', { observedGeneration: 2, replicas: 1 }, {}],
  ] as const)('of the kind %s is kept with what says whether it is ready', (kind, no, yes) => {
    const [{ spec: template }] = [deployment('one', PROVISIONER).spec.template];
    const spec = kind === 'pods' ? template : { template: { spec: template } };
    const kept = (status: object) => keptOf(kind, { kind, metadata: { name: 'one', namespace: 'csi' }, spec, status });
    const found = (status: object) => said({ objects: { deployments: known(CONTROLLER), [kind]: known(CONTROLLER, kept(status)) } });
    expect(found(yes)).toEqual([]);
    expect(found(no)).toEqual([expect.stringMatching(/^error sidecars-ready: /)]);
  });
});

describe('the guard', () => {
  test('that only warns is a warning', () => {
    expect(said({ objects: { validatingadmissionpolicybindings: known(guardBinding('Warn', 'Audit')) } })).toEqual([
      'warning clone-guard: The guard guard only does Warn and Audit, and refuses nothing.',
    ]);
  });

  test('may be one of several, of which one refuses', () => {
    const validatingadmissionpolicies = known(guardPolicy('unbound'), guardPolicy());
    expect(said({ objects: { validatingadmissionpolicies } })).toEqual([]);
  });

  test('is not what the policies of handed-over snapshots bring: with them alone there is no guard', () => {
    const objects = synthesized((chart) => {
      const storageControllers = [StorageController.serviceAccount('kube-system', 'snapshot-controller')];
      new PreProvisionedSnapshotPolicies(chart, 'policies', { sourceNamespaces: ['prod'], storageControllers });
    });
    const ofKind = (kind: string) => known(...objects.filter((each) => each.kind === kind));
    const validatingadmissionpolicies = ofKind('ValidatingAdmissionPolicy');
    const validatingadmissionpolicybindings = ofKind('ValidatingAdmissionPolicyBinding');
    expect(validatingadmissionpolicies.known.length).toBeGreaterThan(1);
    expect(said({ objects: { validatingadmissionpolicies, validatingadmissionpolicybindings } })).toEqual([
      expect.stringMatching(/^warning clone-guard: No ValidatingAdmissionPolicy asks all claims for the annotation/),
    ]);
  });

  const [policy, binding] = [guardPolicy(), guardBinding('Deny')];
  const somewhere = { namespaceSelector: { matchLabels: { team: 'x' } } };
  const somebodyElse = [...policy.spec.matchConditions, { name: 'never', expression: 'false' }];
  test.each([
    ['is bound only for some namespaces', {}, { matchResources: somewhere }],
    ['is bound only for some claims', {}, { matchResources: { objectSelector: { matchLabels: { team: 'x' } } } }],
    ['is only for some namespaces', { matchConstraints: { ...policy.spec.matchConstraints, ...somewhere } }, {}],
    ["has the failurePolicy 'Ignore' instead of 'Fail', and lets pass what it cannot judge", { failurePolicy: 'Ignore' }, {}],
    ["has the match condition 'never' of somebody else, and lets pass what does not meet it", { matchConditions: somebodyElse }, {}],
  ])('that %s is a warning', (weakness, policySpec, bindingSpec) => {
    const validatingadmissionpolicies = known({ ...policy, spec: { ...policy.spec, ...policySpec } });
    const validatingadmissionpolicybindings = known({ ...binding, spec: { ...binding.spec, ...bindingSpec } });
    expect(said({ objects: { validatingadmissionpolicies, validatingadmissionpolicybindings } })).toEqual([
      `warning clone-guard: The guard guard ${weakness}.`,
    ]);
  });

  test('that leaves namespaces out by their label, or has the empty selectors that the API server writes, is fine', () => {
    const except = { matchExpressions: [{ key: 'scratch', operator: 'NotIn', values: ['yes'] }] };
    const matchConstraints = { ...policy.spec.matchConstraints, namespaceSelector: except, objectSelector: {} };
    const validatingadmissionpolicies = known({ ...policy, spec: { ...policy.spec, matchConstraints } });
    const matchResources = { namespaceSelector: {}, objectSelector: {}, matchPolicy: 'Equivalent' };
    const validatingadmissionpolicybindings = known({ ...binding, spec: { ...binding.spec, matchResources } });
    expect(said({ objects: { validatingadmissionpolicies, validatingadmissionpolicybindings } })).toEqual([]);
  });

  test('cannot stand before Kubernetes 1.30', () => {
    expect(said({ objects: { validatingadmissionpolicies: { absent: 'the server could not find the requested resource' } } })).toEqual([
      'warning clone-guard: The API server serves no ValidatingAdmissionPolicy in version v1, so no guard can stand.',
    ]);
  });
});

test('where snapshots are no kind, that is said once', () => {
  const absent = { absent: 'the server could not find the requested resource' };
  const view = healthyView({
    objects: { volumesnapshots: absent, volumesnapshotclasses: absent, deployments: known(deployment('one', PROVISIONER)) },
  });
  const versions = { ...view.versions, volumesnapshots: { known: [] } };
  expect(diagnose({ ...view, versions }).findings.map(({ rule, message }) => [rule, message])).toEqual([
    [
      'kinds-served',
      'The API server does not serve volumesnapshots.snapshot.storage.k8s.io in version v1, which is the one that is watched; it serves no version of it.',
    ],
  ]);
});
