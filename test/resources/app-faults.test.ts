import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  ClonedVolumeClaim,
  CloneGuard,
  DataSource,
  DeletionPolicy,
  ProvisionerGrantAccess,
  ReferenceGrant,
  SharedSnapshot,
  VolumeSnapshot,
  VolumeSnapshotClass,
} from '../../src';
import { MYSQL, render, VOLUME, validationErrors } from '../manifests';

function world(yamlOutputType?: YamlOutputType) {
  const app = new App({ yamlOutputType });
  return { app, prod: new Chart(app, 'prod', { namespace: 'prod' }), dev: new Chart(app, 'dev', { namespace: 'dev' }) };
}

const snapshot = (scope: Chart, id: string, name: string) =>
  new VolumeSnapshot(scope, id, { claimName: 'mysql-data', volumeSnapshotClassName: 'csi-fast', metadata: { name } });
const claim = (scope: Chart, id: string, name = id) =>
  new ClonedVolumeClaim(scope, id, {
    ...VOLUME,
    metadata: { name },
    dataSource: DataSource.snapshot(VolumeSnapshot.fromSnapshotName(scope, `${id}-source`, { namespace: 'prod', snapshotName: 'mysql' })),
  });

describe('a claim whose source is made in this App has to be granted in this App', () => {
  const refused = "accessing prod/mysql of VolumeSnapshot dataSource from dev/data isn't allowed";
  const advice = 'grant it in namespace prod, from claims of namespace dev to VolumeSnapshot mysql';

  test('no grant', () => {
    const { app, prod, dev } = world();
    snapshot(prod, 'mysql', 'mysql');
    claim(dev, 'data');
    expect(validationErrors(app)).toEqual([`[dev/data] ${refused}: no grant of this App comes near; ${advice}`]);
  });

  test('a grant that comes near is named, with what differs', () => {
    const { app, prod, dev } = world();
    snapshot(prod, 'mysql', 'mysql');
    new ReferenceGrant(prod, 'grant', { metadata: { name: 'mysql' }, fromNamespaces: ['dev2'], toSnapshots: ['mysql'] });
    claim(dev, 'data');
    expect(validationErrors(app)).toEqual([
      `[dev/data] ${refused}: grant prod/mysql allows namespace dev2, the claim is in dev; ${advice}`,
    ]);
  });

  test('a grant added later covers it, whatever has been validated before', () => {
    const { app, prod, dev } = world();
    snapshot(prod, 'mysql', 'mysql');
    const grant = new ReferenceGrant(prod, 'grant', { metadata: { name: 'mysql' }, fromNamespaces: ['dev2'], toSnapshots: ['mysql'] });
    claim(dev, 'data');
    expect(validationErrors(app)).toHaveLength(1);
    grant.addFromNamespaces('dev');
    expect(() => render(app)).not.toThrow();
  });

  test('a grant of the user’s own making counts', () => {
    const { app, prod, dev } = world();
    snapshot(prod, 'mysql', 'mysql');
    claim(dev, 'data');
    new ApiObject(prod, 'grant', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ReferenceGrant',
      spec: {
        from: [{ group: '', kind: 'PersistentVolumeClaim', namespace: 'dev' }],
        to: [{ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' }],
      },
    });
    expect(() => render(app)).not.toThrow();
  });

  test('a grant that was taken out of the tree does not count', () => {
    const { app, prod, dev } = world();
    snapshot(prod, 'mysql', 'mysql');
    new ReferenceGrant(prod, 'grant', { fromNamespaces: ['dev'], toSnapshots: ['mysql'] });
    prod.node.tryRemoveChild('grant');
    claim(dev, 'data');
    expect(validationErrors(app)).toHaveLength(1);
  });

  test('an existing snapshot that an owner in this App shares counts as made here', () => {
    const { app, prod, dev } = world();
    new SharedSnapshot(prod, 'share', { namespace: 'prod', snapshotName: 'mysql' });
    claim(dev, 'data');
    expect(validationErrors(app)).toHaveLength(1);
  });

  test('a claim whose owner is elsewhere is not judged', () => {
    const { app, prod, dev } = world();
    snapshot(prod, 'other', 'other');
    claim(dev, 'data');
    expect(() => render(app)).not.toThrow();
  });

  test('a claim that is restored already needs no grant', () => {
    const { app, prod, dev } = world();
    const share = new SharedSnapshot(prod, 'mysql', { ...MYSQL, metadata: { name: 'mysql' }, generations: ['g1'] });
    share.cloneInto(dev, 'data', { ...VOLUME, namespace: 'dev', generation: 'g1', alreadyRestored: true });
    expect(() => render(app)).not.toThrow();
  });

  test('a source that is a claim of the App is held to it too', () => {
    const { app, prod, dev } = world();
    new kplus.PersistentVolumeClaim(prod, 'data', { metadata: { name: 'mysql-data' } });
    new ClonedVolumeClaim(dev, 'data', { ...VOLUME, metadata: { name: 'data' }, dataSource: DataSource.claim('prod', 'mysql-data') });
    expect(validationErrors(app)).toEqual([
      "[dev/data] accessing prod/mysql-data of PersistentVolumeClaim dataSource from dev/data isn't allowed: no grant of this App comes near; grant it in namespace prod, from claims of namespace dev to PersistentVolumeClaim mysql-data",
    ]);
    new ReferenceGrant(prod, 'grant', { fromNamespaces: ['dev'], toClaims: ['mysql-data'] });
    expect(() => render(app)).not.toThrow();
  });
});

describe('what changes after one synthesis is judged by the next', () => {
  test('a grant of the user’s own that was missing', () => {
    const { app, prod, dev } = world();
    snapshot(prod, 'mysql', 'mysql');
    claim(dev, 'data');
    expect(validationErrors(app)).toHaveLength(1);
    new ApiObject(prod, 'grant', {
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      spec: {
        from: [{ group: '', kind: 'PersistentVolumeClaim', namespace: 'dev' }],
        to: [{ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'mysql' }],
      },
    });
    expect(() => render(app)).not.toThrow();
  });

  test('a grant that is taken away', () => {
    const { app, prod, dev } = world();
    snapshot(prod, 'mysql', 'mysql');
    new ReferenceGrant(prod, 'grant', { fromNamespaces: ['dev'], toSnapshots: ['mysql'] });
    claim(dev, 'data');
    expect(() => render(app)).not.toThrow();
    prod.node.tryRemoveChild('grant');
    expect(validationErrors(app)).toHaveLength(1);
  });

  test('a claim of the user’s own with the name of ours', () => {
    const { app, dev } = world();
    claim(dev, 'ours', 'data');
    expect(() => render(app)).not.toThrow();
    new kplus.PersistentVolumeClaim(dev, 'theirs', { metadata: { name: 'data' } });
    expect(validationErrors(app)).toHaveLength(1);
  });

  test('a share of an existing snapshot that comes, and goes', () => {
    const { app, prod, dev } = world();
    claim(dev, 'data');
    expect(() => render(app)).not.toThrow();
    new SharedSnapshot(prod, 'share', { namespace: 'prod', snapshotName: 'mysql' });
    expect(validationErrors(app)).toHaveLength(1);
    prod.node.tryRemoveChild('share');
    new kplus.ConfigMap(prod, 'something-else');
    expect(() => render(app)).not.toThrow();
  });
});

test('cluster-scoped objects of one name are one object, in whichever chart', () => {
  const { app, prod, dev } = world();
  for (const scope of [prod, dev]) {
    new ProvisionerGrantAccess(scope, 'access', { serviceAccounts: [{ namespace: 'csi', serviceAccountName: scope.node.id }] });
    new CloneGuard(scope, 'guard', { recordIntent: false });
    new VolumeSnapshotClass(scope, 'class', { driver: 'd', deletionPolicy: DeletionPolicy.RETAIN, metadata: { name: 'fast' } });
  }
  expect(validationErrors(app)).toEqual(
    ['ClusterRole', 'ClusterRoleBinding', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'VolumeSnapshotClass'].map(
      (kind) => expect.stringMatching(new RegExp(`^\\[dev/.*\\] ${kind} [a-z-]+ is made twice in this App, here and by 'prod/`)),
    ),
  );
});

describe('one object is made once', () => {
  test('two claims of one name in one namespace', () => {
    const { app, dev } = world();
    claim(dev, 'a', 'data');
    claim(dev, 'b', 'data');
    expect(validationErrors(app)).toEqual([
      "[dev/b] PersistentVolumeClaim dev/data is made twice in this App, here and by 'dev/a/Resource'; give one of them another name",
    ]);
  });

  test('two snapshots of one name in one namespace', () => {
    const { app, prod } = world();
    snapshot(prod, 'a', 'mysql');
    snapshot(prod, 'b', 'mysql');
    expect(validationErrors(app)).toEqual([
      "[prod/b] VolumeSnapshot prod/mysql is made twice in this App, here and by 'prod/a/Resource'; give one of them another name",
    ]);
  });

  test('two shares of one existing snapshot cannot have other names, and are made one', () => {
    const { app, prod } = world();
    for (const id of ['a', 'b']) new SharedSnapshot(prod, id, { namespace: 'prod', snapshotName: 'mysql' }).grantTo('dev');
    expect(validationErrors(app)).toEqual([
      "[prod/b/to dev] ReferenceGrant prod/mysql-to-dev is made twice in this App, here and by 'prod/a/to dev/Resource'; use one SharedSnapshot for both",
    ]);
  });

  test('a grant of the user’s own with the name of a share’s can have another', () => {
    const { app, prod } = world();
    new SharedSnapshot(prod, 'share', { namespace: 'prod', snapshotName: 'mysql' }).grantTo('dev');
    new ReferenceGrant(prod, 'own', { metadata: { name: 'mysql-to-dev' }, fromNamespaces: ['dev'], toSnapshots: ['mysql'] });
    expect(validationErrors(app)).toEqual([expect.stringMatching(/; give one of them another name$/)]);
  });

  test('a claim of ours and one of the user’s, in whichever order', () => {
    for (const oursFirst of [true, false]) {
      const { app, dev } = world();
      if (oursFirst) claim(dev, 'ours', 'data');
      new kplus.PersistentVolumeClaim(dev, 'theirs', { metadata: { name: 'data' } });
      if (!oursFirst) claim(dev, 'ours', 'data');
      expect(validationErrors(app)).toEqual([
        "[dev/ours] PersistentVolumeClaim dev/data is made twice in this App, here and by 'dev/theirs/Resource'; give one of them another name",
      ]);
    }
  });

  test('two claims of the user’s own are not our business', () => {
    const { app, dev } = world();
    claim(dev, 'ours', 'other');
    for (const id of ['a', 'b']) new kplus.PersistentVolumeClaim(dev, id, { metadata: { name: 'data' } });
    expect(() => render(app)).not.toThrow();
  });
});

describe('one kind and name in two namespaces', () => {
  function sameName(output: YamlOutputType, inOneChart = false) {
    const { app, prod, dev } = world(output);
    new kplus.PersistentVolumeClaim(prod, 'theirs', { metadata: { name: 'data', namespace: 'prod' } });
    const scope = inOneChart ? prod : dev;
    new ClonedVolumeClaim(scope, 'ours', {
      ...VOLUME,
      metadata: { name: 'data', namespace: 'dev' },
      dataSource: DataSource.claim('other', 'x'),
    });
    return app;
  }

  test.each([YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_APP])('is fine where charts or the App are one file (%s)', (output) => {
    expect(() => render(sameName(output))).not.toThrow();
  });

  test('is an error where each object is a file: cdk8s would keep one of the two', () => {
    expect(validationErrors(sameName(YamlOutputType.FILE_PER_RESOURCE))).toEqual([
      "[dev/ours] PersistentVolumeClaim dev/data and prod/data ('prod/theirs/Resource') would be written to one file, PersistentVolumeClaim.data, and cdk8s would keep only one; give one of them another name, or the App another yamlOutputType",
    ]);
  });

  test('is an error in a folder for each chart only where both are in one chart', () => {
    expect(() => render(sameName(YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE))).not.toThrow();
    expect(validationErrors(sameName(YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, true))).toHaveLength(1);
  });
});

test('all faults of an App are told at once', () => {
  const { app, prod, dev } = world();
  snapshot(prod, 'mysql', 'mysql');
  claim(dev, 'a', 'data');
  claim(dev, 'b', 'data');
  expect(validationErrors(app)).toHaveLength(3);
});
