import { Chart, Testing } from 'cdk8s';
import { PreProvisionedSnapshotPolicies, StorageController } from '../../src';
import { findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet } from '../../src/rules/object-set';
import { handedOverDeletionPolicy } from '../../src/rules/pre-provisioned/handed-over-deletion-policy';
import { handedOverFilledByHand } from '../../src/rules/pre-provisioned/handed-over-filled-by-hand';
import { handedOverNamesDiffer } from '../../src/rules/pre-provisioned/handed-over-names-differ';
import { policiesNotInSet } from '../../src/rules/pre-provisioned/policies-not-in-set';
import { reservedName } from '../../src/rules/pre-provisioned/reserved-name';
import { sourceNamespaceUnknown } from '../../src/rules/pre-provisioned/source-namespace-unknown';
import { twoContentsForOneHandle } from '../../src/rules/pre-provisioned/two-contents-for-one-handle';
import { judgementsOf, type Rule } from '../../src/rules/rule';
import { find, type Manifest, render } from '../manifests';
import { examplesOf, judged } from './rule-examples';

const API = 'snapshot.storage.k8s.io/v1';
const content = {
  apiVersion: API,
  kind: 'VolumeSnapshotContent',
  metadata: {
    name: 'snapshot-clone.dev.prod.mysql',
    labels: { 'cdk8s-snapshot-clone/source-namespace': 'prod' },
    annotations: { 'cdk8s-snapshot-clone/data-source': 'VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql' },
  },
  spec: { deletionPolicy: 'Retain', source: {}, volumeSnapshotRef: { namespace: 'dev', name: 'snapshot-clone.prod.mysql' } },
};
const handedOver = {
  apiVersion: API,
  kind: 'VolumeSnapshot',
  metadata: { namespace: 'dev', name: 'snapshot-clone.prod.mysql' },
  spec: { source: { volumeSnapshotContentName: content.metadata.name } },
};
const grant = {
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'ReferenceGrant',
  metadata: { namespace: 'prod', name: 'mysql-to-test' },
  spec: {
    from: [{ group: '', kind: 'PersistentVolumeClaim', namespace: 'test' }],
    to: [{ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'mysql' }],
  },
};
/** Shows its namespace, and asks for nothing of another one. */
const plainClaim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { namespace: 'test', name: 'x' },
  spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'csi-fast', resources: { requests: { storage: '1Gi' } } },
};

const setOf = (manifests: readonly unknown[], external?: string[]) =>
  new ObjectSet(
    manifests.map((manifest) => ({ manifest })),
    { external },
  );
const found = (manifests: readonly unknown[], external?: string[]) =>
  [...findingsIn(setOf(manifests, external), ALL_RULES)].map(({ rule, object }) => `${rule} ${object.kind}`);

function policies(): Manifest[] {
  const app = Testing.app();
  new PreProvisionedSnapshotPolicies(new Chart(app, 'platform'), 'policies', {
    sourceNamespaces: ['prod'],
    storageControllers: [StorageController.serviceAccount('kube-system', 'snapshot-controller')],
  });
  return render(app);
}

/** The messages of the policies, each as the pieces of text between what they put in. */
function messagesOf(manifests: readonly Manifest[]): string[][] {
  return manifests
    .flatMap(({ spec }) => spec.validations ?? [])
    .map(({ messageExpression }: { messageExpression: string }) =>
      [...messageExpression.matchAll(/'((?:\\.|[^'\\])*)'/g)].map(([, text]) => text.replace(/\\(.)/g, '$1')),
    );
}

const fits = (message: string, pieces: readonly string[]) =>
  pieces.reduce((from, piece) => (from < 0 || !message.includes(piece, from) ? -1 : message.indexOf(piece, from) + piece.length), 0) >= 0;

test.each([handedOverNamesDiffer, handedOverFilledByHand, handedOverDeletionPolicy, sourceNamespaceUnknown, reservedName])(
  '$id speaks in the words of the policies that would refuse the object',
  ({ id }) => {
    const messages = messagesOf(policies());
    const findings = examplesOf(id)
      .filter(({ file }) => file.startsWith('violating'))
      .flatMap(judged)
      .filter(({ rule }) => rule === id);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.map(({ message }) => message).filter((message) => !messages.some((pieces) => fits(message, pieces)))).toEqual([]);
  },
);

describe('the policies of the construct', () => {
  const found = (manifests: readonly unknown[]) => [...findingsIn(setOf([...manifests, content, handedOver]), [policiesNotInSet])];

  test('are found in a set', () => {
    expect(found(policies())).toEqual([]);
  });

  test('are missed without the binding of the one that fills', () => {
    const others = policies().filter(({ kind, spec }) => !kind.endsWith('Binding') || !spec.policyName.endsWith('-fill'));
    expect(found(others)).toHaveLength(1);
    find(others, 'MutatingAdmissionPolicy', 'pre-provisioned-snapshots-fill');
  });
});

describe('a content whose claims are not in the set', () => {
  test('needs the grant that they would need', () => {
    expect(found([content, handedOver])).toContain('reference-not-granted VolumeSnapshotContent');
  });

  test('is not judged if its source is delivered elsewhere', () => {
    expect(found([content, handedOver], ['prod'])).not.toContain('reference-not-granted VolumeSnapshotContent');
  });

  test('needs none for a source of its own namespace', () => {
    const own = {
      ...content,
      metadata: {
        ...content.metadata,
        name: 'snapshot-clone.prod.prod.mysql',
      },
      spec: { ...content.spec, volumeSnapshotRef: { namespace: 'prod', name: 'snapshot-clone.prod.mysql' } },
    };
    expect(found([own])).toEqual(['policies-not-in-set VolumeSnapshotContent']);
  });

  test('tells the mistake of a grant for it, and the grant is not told again', () => {
    const rules = found([content, handedOver, grant, plainClaim]);
    expect(rules).toContain('reference-not-granted VolumeSnapshotContent');
    expect(rules).not.toContain('grant-covers-nothing ReferenceGrant');
    expect(found([grant, plainClaim])).toContain('grant-covers-nothing ReferenceGrant');
  });
});

test('a content that was read from a cluster is full, and that is no fault', () => {
  const read = {
    ...content,
    metadata: {
      ...content.metadata,
      uid: '6f1c7f0e',
      annotations: { ...content.metadata.annotations, 'cdk8s-snapshot-clone/granted-by': 'prod/mysql-to-dev' },
    },
    spec: { ...content.spec, driver: 'csi.example.com', sourceVolumeMode: 'Filesystem', source: { snapshotHandle: 'snap-0123' } },
  };
  expect([...findingsIn(setOf([read]), [handedOverFilledByHand])]).toEqual([]);
});

test('a snapshot of another namespace, delivered elsewhere, need not have its content here', () => {
  const other = { ...handedOver, metadata: { ...handedOver.metadata, namespace: 'test' } };
  const taken = { ...other, spec: { source: { volumeSnapshotContentName: 'snapshot-clone.test.prod.mysql' } } };
  expect(found([content, taken])).toContain('handed-over-content-missing VolumeSnapshot');
  expect(found([content, taken], ['test'])).not.toContain('handed-over-content-missing VolumeSnapshot');
  expect(found([taken])).not.toContain('handed-over-content-missing VolumeSnapshot');
});

describe('waves compare in one delivery only', () => {
  const at = (manifest: { metadata: object }, wave: string, file: string) => ({
    manifest: {
      ...manifest,
      metadata: {
        ...manifest.metadata,
        annotations: { ...(manifest.metadata as { annotations?: object }).annotations, 'argocd.argoproj.io/sync-wave': wave },
      },
    },
    origin: { file, line: 1 },
  });
  const source = { apiVersion: API, kind: 'VolumeSnapshot', metadata: { namespace: 'prod', name: 'mysql' }, spec: {} };
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'dev', name: 'data' },
    spec: { dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'snapshot-clone.prod.mysql' } },
  };
  const waves = (owner: string, consumer: string) =>
    [
      ...findingsIn(
        new ObjectSet([
          at(source, '5', `${owner}/a.yaml`),
          at(content, '1', `${consumer}/b.yaml`),
          at(handedOver, '1', `${consumer}/b.yaml`),
          at(claim, '0', 'dev/c.yaml'),
        ]),
        ALL_RULES,
      ),
    ]
      .map(({ rule }) => rule)
      .filter((rule) => rule === 'content-before-source' || rule === 'claim-before-handed-over');

  test.each([
    ['dev', 'dev', ['content-before-source', 'claim-before-handed-over']],
    ['prod', 'dev', ['claim-before-handed-over']],
    ['prod', 'pairs', []],
  ])('with the source in %s, the pair in %s and the claim in dev', (owner, consumer, rules) => {
    expect(waves(owner, consumer)).toEqual(rules);
  });
});

test('a refused claim tells the mistake of its own namespace only', () => {
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'dev', name: 'data' },
    spec: { dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'snapshot-clone.prod.mysql' } },
  };
  const other = {
    ...content,
    metadata: { ...content.metadata, name: 'snapshot-clone.test.prod.mysql' },
    spec: { ...content.spec, volumeSnapshotRef: { ...content.spec.volumeSnapshotRef, namespace: 'test' } },
  };
  const refused = [...findingsIn(setOf([claim, content, other]), ALL_RULES)].filter(({ rule }) => rule === 'reference-not-granted');
  expect(refused.map(({ object }) => object.name)).toEqual(['data', 'snapshot-clone.test.prod.mysql']);
});

describe('what is absent or null is no fault:', () => {
  test('the fields that the cluster fills in', () => {
    const nulls = { ...content, spec: { ...content.spec, sourceVolumeMode: null, source: { snapshotHandle: null } } };
    expect([...findingsIn(setOf([nulls]), [handedOverFilledByHand])]).toEqual([]);
  });

  test('the deletionPolicy, which the policies write', () => {
    const { deletionPolicy, ...spec } = content.spec;
    expect(deletionPolicy).toBe('Retain');
    expect([...findingsIn(setOf([{ ...content, spec }]), [handedOverDeletionPolicy])]).toEqual([]);
  });
});

describe('one content', () => {
  const held = (name: string, handle?: string) => ({
    apiVersion: API,
    kind: 'VolumeSnapshotContent',
    metadata: { name },
    spec: { deletionPolicy: 'Delete', driver: 'csi.example.com', source: handle === undefined ? {} : { snapshotHandle: handle } },
  });
  const told = (...manifests: unknown[]) => judgementsOf(twoContentsForOneHandle, setOf(manifests)).flatMap(({ faults }) => faults);

  test('that is described twice holds its handle once', () => {
    expect(told(held('a', 'snap'), held('a', 'snap'))).toEqual([]);
  });

  test('without a handle shares none', () => {
    expect(told(held('a'), held('b'))).toEqual([]);
  });

  test('is blamed for its own spec', () => {
    const [one, other] = [held('a', 'snap'), held('b', 'snap')];
    expect(told(one, other).map(({ node }) => node)).toEqual([one.spec, other.spec]);
  });
});

test('the blame is on the source, or on what would hold it', () => {
  const nodes = (rule: Rule, manifest: unknown) =>
    judgementsOf(rule, setOf([manifest])).flatMap(({ faults }) => faults.map(({ node }) => node));
  const { spec, ...bare } = handedOver;
  const taken = { ...bare, spec: { source: { persistentVolumeClaimName: 'x' } } };
  expect(spec).toBeDefined();
  expect(nodes(reservedName, taken)).toEqual([taken.spec.source]);
  expect(nodes(reservedName, bare)).toEqual([bare.metadata]);
  expect(nodes(policiesNotInSet, content)).toEqual([content.spec.source]);
});
