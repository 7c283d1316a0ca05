import { type ApiObject, addressOf, type Json } from '../api/api-object';
import { claimMustBePending, snapshotMustBeReady } from '../claims';
import { groupSnapshotContentDefinition, installDefinitions } from '../definitions';
import { eventMustSay } from '../events';
import { SourceVolume } from '../grants/source-volume';
import { kubectl } from '../kubectl';
import { claim, grant, grantSpec, snapshot as snapshotOf } from '../manifests';
import { runningCluster } from '../running-cluster';
import { documented } from '../troubleshooting';
import { content, type Handover, intentOf, localClaim, snapshot, withMetadata } from './handed-over';
import { grantedSource, mustBeTaken, standingPolicies, WITHOUT_THE_GATE } from './standing-policies';

/*
 * The attacker is an administrator with every right there is, and no storage controller. In `dev` a snapshot of `prod` is handed over, as
 * granted; nothing is granted to `evil`, and nothing of `secret`, which the policies do not know.
 */

const cluster = runningCluster(WITHOUT_THE_GATE);
const api = () => cluster().api;

const SNAP = SourceVolume.SNAPSHOT;
const SNAPSHOT_API = 'snapshot.storage.k8s.io/v1';
const GRANTED_BY = 'cdk8s-snapshot-clone/granted-by';
const SOURCE_UID = 'cdk8s-snapshot-clone/source-uid';
const LABEL = 'cdk8s-snapshot-clone/source-namespace';
const INTENT = 'cdk8s-snapshot-clone/data-source';

const GRANTED: Handover = { source: 'prod-granted', name: SNAP, target: 'dev-granted' };
/** Granted as well, and not handed over yet. */
const MORE: Handover = { ...GRANTED, target: 'default' };
const EVIL: Handover = { source: 'prod-granted', name: SNAP, target: 'dev-secret' };
const SECRET: Handover = { source: 'prod-secret', name: SNAP, target: 'dev-secret' };
const HANDED_OVER = content(GRANTED);

let granted: SourceVolume;
let secret: SourceVolume;

beforeAll(async () => {
  await standingPolicies(cluster(), ['prod-granted', 'dev-granted']);
  ({ source: granted } = await grantedSource(cluster(), 'granted'));
  secret = await SourceVolume.make(cluster(), 'secret');
  await api().applyAll([HANDED_OVER, snapshot(GRANTED)]);
  await snapshotMustBeReady(cluster(), snapshot(GRANTED));
  await grantMustBeKnown(grant(MORE.source, 'more', grantSpec(MORE.target, SNAP)));
});

const contentOf = async (taken: ApiObject): Promise<ApiObject> => {
  const { status } = await api().get(taken);
  return api().get(addressOf(SNAPSHOT_API, 'VolumeSnapshotContent', status.boundVolumeSnapshotContentName));
};
const handleOf = async (source: SourceVolume): Promise<string> => (await contentOf(source.snapshot)).status.snapshotHandle;
const uidOf = async (object: ApiObject): Promise<string> => (await api().get(object)).metadata.uid!;

/** What a content of another name is made by, with all that the rules ask for. */
const named = (name: string, spec: Json = {}) => ({ ...content(GRANTED, spec), metadata: { name } });

const filledByItself = ({ source, name, target }: Handover) =>
  `VolumeSnapshotContent snapshot-clone.${target}.${source}.${name} says itself what it is filled from, but that is written by the cluster: write "source: {}" and leave out sourceVolumeMode`;
const stampedByItself = ({ source, name, target }: Handover) =>
  `VolumeSnapshotContent snapshot-clone.${target}.${source}.${name} has the annotation ${GRANTED_BY} or ${SOURCE_UID}, which only the cluster writes: leave it out`;
const notController = (name: string) =>
  `VolumeSnapshotContent ${name} is made by admin, who is no storage controller and may only make contents that hand a snapshot over, named snapshot-clone.<target namespace>.<source namespace>.<snapshot>. If this is a snapshot controller, a csi-snapshotter or a backup tool, add it to the storageControllers of PreProvisionedSnapshotPolicies`;
const notOneSource = (name: string, intent: string, label: string, ref: string) =>
  `VolumeSnapshotContent ${name} does not say one source everywhere: its annotation ${INTENT} is '${intent}', its label ${LABEL} '${label}', its volumeSnapshotRef ${ref}, and its name has to be snapshot-clone.<target namespace>.<source namespace>.<snapshot>`;
const notAllowed = ({ source, name, target }: Handover, by: string) =>
  `accessing ${source}/${name} of VolumeSnapshot dataSource from ${target}/${by} isn't allowed: no ReferenceGrant in namespace ${source} lets claims of namespace ${target} use this VolumeSnapshot`;
const unlisted = `VolumeSnapshotContent snapshot-clone.dev-secret.prod-secret.snap is to be filled from VolumeSnapshot prod-secret/snap, but namespace prod-secret is not among the sourceNamespaces of PreProvisionedSnapshotPolicies: the platform team has to add it`;
const belongs = (to: string) => `belongs to ${to}: its volumeSnapshotRef and its driver never change`;
const neverChange =
  'VolumeSnapshotContent snapshot-clone.dev-granted.prod-granted.snap hands a snapshot over: its sourceVolumeMode and its labels and annotations of cdk8s-snapshot-clone/ and snapshot.storage.kubernetes.io/ never change';

/** Makes a grant, and waits until the policies know of it: they hear of all grants in the order in which they were made. */
async function grantMustBeKnown(made: ApiObject): Promise<void> {
  const later = { ...GRANTED, target: `after-${made.metadata.namespace}-${made.metadata.name}` };
  await api().applyAll([made, grant(later.source, later.target, grantSpec(later.target, SNAP))]);
  await mustBeTaken(cluster(), content(later));
}

/** Refused when made as usual, by a dry run, and by a forced server-side apply; and not there afterwards. */
async function mustBeRefused(object: ApiObject, words: string): Promise<void> {
  await expect(api().create(object)).rejects.toThrow(words);
  await expect(api().create(object, 'dryRun=All&fieldValidation=Ignore')).rejects.toThrow(words);
  await expect(api().apply(object)).rejects.toThrow(words);
  expect(await api().find(object)).toBeUndefined();
}

async function changeMustBeRefused(object: ApiObject, patch: object, words: string): Promise<void> {
  const before = await api().get(object);
  await expect(api().patch(object, patch)).rejects.toThrow(words);
  expect((await api().get(object)).spec).toEqual(before.spec);
}

describe('a content', () => {
  test('with the right handle, the granted one', async () => {
    const source = { snapshotHandle: await handleOf(granted) };
    await mustBeRefused(content(MORE, { source }), filledByItself(MORE));
  });

  test('with a wrong handle', () => mustBeRefused(content(EVIL, { source: { snapshotHandle: 'made-up' } }), filledByItself(EVIL)));

  test('with the handle of a secret snapshot', async () => {
    await mustBeRefused(content(EVIL, { source: { snapshotHandle: await handleOf(secret) } }), filledByItself(EVIL));
  });

  test('with a mode of its own', () => mustBeRefused(content(EVIL, { sourceVolumeMode: 'Block' }), filledByItself(EVIL)));

  test.each([
    [
      'to the uid of a snapshot',
      { volumeSnapshotRef: { ...content(GRANTED).spec.volumeSnapshotRef, namespace: 'default', uid: 'squatted' } },
    ],
    ['to a class', { volumeSnapshotClassName: 'directory' }],
  ])('that is bound beforehand %s', (_, spec) =>
    mustBeRefused(
      content(MORE, spec),
      'VolumeSnapshotContent snapshot-clone.default.prod-granted.snap says itself which VolumeSnapshot or class it belongs to: leave out volumeSnapshotRef.uid and volumeSnapshotClassName',
    ),
  );

  test('with a forged stamp', () =>
    mustBeRefused(withMetadata(content(EVIL), { annotations: { [GRANTED_BY]: 'prod-granted/dev' } }), stampedByItself(EVIL)));

  test('with the uid of its source', async () => {
    const annotations = { [GRANTED_BY]: 'prod-granted/dev', [SOURCE_UID]: await uidOf(granted.snapshot) };
    await mustBeRefused(withMetadata(content(EVIL), { annotations }), stampedByItself(EVIL));
  });

  const entry = { manager: 'another', operation: 'Update', apiVersion: SNAPSHOT_API, time: '2026-01-01T00:00:00Z', fieldsType: 'FieldsV1' };
  test.each([
    ['no entry', []],
    ['an empty entry', [{}]],
    ['an entry of another manager', [{ ...entry, fieldsV1: { 'f:metadata': {} } }]],
    ['an entry for a subresource', [{ ...entry, subresource: 'status', fieldsV1: { 'f:metadata': { 'f:annotations': {} } } }]],
    ['an entry that cannot be read', [{ ...entry, fieldsV1: { 'x:y': 'z' } }]],
  ])('with forged stamps, and managedFields with %s', async (_, managedFields) => {
    const annotations = { [GRANTED_BY]: 'prod-granted/dev', [SOURCE_UID]: await uidOf(granted.snapshot) };
    const forged = withMetadata(content(EVIL, { driver: 'directory.csi.test', source: { snapshotHandle: 'made-up' } }), {
      annotations,
      managedFields,
    });
    await expect(api().create(forged)).rejects.toThrow(filledByItself(EVIL));
    await expect(api().create(withMetadata(content(EVIL), { annotations, managedFields }))).rejects.toThrow(stampedByItself(EVIL));
    expect(await api().find(forged)).toBeUndefined();
  });

  test('copied from the cluster, with all that was written there, into another namespace', async () => {
    const { metadata, spec } = await api().get(HANDED_OVER);
    const { labels, annotations } = metadata;
    const copied = withMetadata(content(EVIL, { ...spec, volumeSnapshotRef: content(EVIL).spec.volumeSnapshotRef }), {
      labels,
      annotations,
    });
    await mustBeRefused(copied, filledByItself(EVIL));
  });

  test('without label, with a handle', async () => {
    await mustBeRefused(
      named('own', { driver: 'directory.csi.test', source: { snapshotHandle: await handleOf(secret) } }),
      notController('own'),
    );
  });

  test('with label and annotation, and a name of its own', async () => {
    const source = { snapshotHandle: await handleOf(secret) };
    await mustBeRefused(withMetadata(content(EVIL, { driver: 'directory.csi.test', source }), { name: 'own' }), notController('own'));
  });

  test("of prod's volume", async () => {
    const { spec } = await contentOf(granted.snapshot);
    const source = { volumeHandle: spec.source.volumeHandle };
    await mustBeRefused(named('own', { driver: spec.driver, source, volumeSnapshotClassName: 'directory' }), notController('own'));
    await mustBeRefused(content(EVIL, { driver: spec.driver, source }), filledByItself(EVIL));
  });

  test('with a name of ours and nothing else', async () => {
    const name = 'snapshot-clone.dev-secret.prod-granted.snap';
    await mustBeRefused(
      named(name, { driver: 'directory.csi.test', source: { snapshotHandle: 'made-up' } }),
      notOneSource(name, '', '', 'dev-granted/snapshot-clone.prod-granted.snap'),
    );
  });

  test.each<[string, (right: ApiObject) => ApiObject, string, string, string, string]>([
    [
      'the label',
      (right) => withMetadata(right, { labels: { [LABEL]: 'dev-granted' } }),
      'snapshot-clone.default.prod-granted.snap',
      intentOf(GRANTED),
      'dev-granted',
      'default/snapshot-clone.prod-granted.snap',
    ],
    [
      'the annotation, which is what grants are asked about,',
      (right) => withMetadata(right, { annotations: { [INTENT]: intentOf({ ...GRANTED, name: 'other' }) } }),
      'snapshot-clone.default.prod-granted.snap',
      intentOf({ ...GRANTED, name: 'other' }),
      'prod-granted',
      'default/snapshot-clone.prod-granted.snap',
    ],
    [
      'the name',
      (right) => withMetadata(right, { name: 'snapshot-clone.default.prod-granted.other' }),
      'snapshot-clone.default.prod-granted.other',
      intentOf(GRANTED),
      'prod-granted',
      'default/snapshot-clone.prod-granted.snap',
    ],
    [
      'the snapshot that it is bound to',
      (right) => ({ ...right, spec: { ...right.spec, volumeSnapshotRef: { ...right.spec.volumeSnapshotRef, name: 'innocent' } } }),
      'snapshot-clone.default.prod-granted.snap',
      intentOf(GRANTED),
      'prod-granted',
      'default/innocent',
    ],
    [
      'the namespace that it is bound to',
      (right) => ({ ...right, spec: { ...right.spec, volumeSnapshotRef: { ...right.spec.volumeSnapshotRef, namespace: 'kube-system' } } }),
      'snapshot-clone.default.prod-granted.snap',
      intentOf(GRANTED),
      'prod-granted',
      'kube-system/snapshot-clone.prod-granted.snap',
    ],
  ])('of which %s says something else', async (_, change, name, intent, label, ref) => {
    await mustBeRefused(change(content(MORE)), notOneSource(name, intent, label, ref));
  });

  test('whose name the server makes', async () => {
    const { name, ...metadata } = content(EVIL).metadata;
    const generated = { ...content(EVIL), metadata: { ...metadata, generateName: name } } as unknown as ApiObject;
    await expect(api().create(generated)).rejects.toThrow(
      `does not say one source everywhere: its annotation ${INTENT} is '${intentOf(EVIL)}', its label ${LABEL} 'prod-granted', its volumeSnapshotRef dev-secret/snapshot-clone.prod-granted.snap`,
    );
    const own = {
      ...named('own', { driver: 'd', source: { snapshotHandle: 'h' } }),
      metadata: { generateName: 'own-' },
    } as unknown as ApiObject;
    await expect(api().create(own)).rejects.toThrow('is made by admin, who is no storage controller');
  });

  test('of a namespace without a grant, and with grants that the attacker can make', async () => {
    await grantMustBeKnown(grant('dev-secret', 'own', grantSpec('dev-secret', SNAP)));
    await mustBeRefused(content(EVIL), notAllowed(EVIL, 'snapshot-clone.prod-granted.snap'));
  });

  test('of a namespace that the policies do not know, with a grant in it', async () => {
    await grantMustBeKnown(grant('prod-secret', 'dev', grantSpec('dev-secret', SNAP)));
    await mustBeRefused(content(SECRET), unlisted);
  });

  test('of what was handed over itself, with the grant of who got it', async () => {
    await grantMustBeKnown(grant('dev-granted', 'onwards', grantSpec('dev-secret', 'snapshot-clone.prod-granted.snap')));
    const onwards = { source: 'dev-granted', name: 'snapshot-clone.prod-granted.snap', target: 'dev-secret' };
    await mustBeRefused(
      content(onwards),
      'VolumeSnapshot dev-granted/snapshot-clone.prod-granted.snap is itself handed over, and is not handed on: ask the owner of its source for a grant',
    );
  });

  test.each([
    ['lets the mode of volumes be changed', { 'snapshot.storage.kubernetes.io/allow-volume-mode-change': 'true' }],
    [
      'names a Secret for the driver to read',
      {
        'snapshot.storage.kubernetes.io/deletion-secret-name': 'x',
        'snapshot.storage.kubernetes.io/deletion-secret-namespace': 'kube-system',
      },
    ],
  ])('with an annotation that %s', async (_, annotations) => {
    const words =
      'VolumeSnapshotContent snapshot-clone.default.prod-granted.snap has an annotation of snapshot.storage.kubernetes.io/, which only storage controllers write: leave it out';
    await mustBeRefused(withMetadata(content(MORE), { annotations }), words);
  });

  test('with the deletionPolicy Delete is made with Retain, and cannot be given Delete later', async () => {
    const made = await api().create(content(MORE, { deletionPolicy: 'Delete' }), 'dryRun=All');
    expect(made.spec.deletionPolicy).toBe('Retain');
    await changeMustBeRefused(
      HANDED_OVER,
      { spec: { deletionPolicy: 'Delete' } },
      'VolumeSnapshotContent snapshot-clone.dev-granted.prod-granted.snap has the deletionPolicy Delete, but must have Retain: the snapshot belongs to the source, and would be destroyed with the copy',
    );
    await expect(api().apply(content(GRANTED, { deletionPolicy: 'Delete' }))).rejects.toThrow('but must have Retain');
  });

  test('with the driver of another is made with that of its source', async () => {
    const made = await api().create(content(MORE, { driver: 'other' }), 'dryRun=All');
    expect(made.spec.driver).toBe((await contentOf(granted.snapshot)).spec.driver);
  });
});

describe('a content that is handed over', () => {
  const to = 'dev-granted/snapshot-clone.prod-granted.snap';

  test.each<[string, object, string]>([
    ['re-pointed to another namespace', { spec: { volumeSnapshotRef: { namespace: 'dev-secret', uid: null } } }, belongs(to)],
    ['re-pointed to another snapshot', { spec: { volumeSnapshotRef: { name: 'innocent', uid: null } } }, belongs(to)],
    ['bound to another uid', { spec: { volumeSnapshotRef: { uid: '00000000-0000-0000-0000-000000000000' } } }, belongs(to)],
    ['given to another driver', { spec: { driver: 'other' } }, belongs(to)],
    ['given another handle', { spec: { source: { snapshotHandle: 'made-up' } } }, 'snapshotHandle is immutable'],
    ['given another mode', { spec: { sourceVolumeMode: 'Block' } }, 'sourceVolumeMode is immutable'],
    [
      'given another intent',
      { metadata: { annotations: { [INTENT]: 'VolumeSnapshot.snapshot.storage.k8s.io/prod-granted/other' } } },
      neverChange,
    ],
    ['given another stamp', { metadata: { annotations: { [GRANTED_BY]: 'prod-granted/another' } } }, neverChange],
    ['robbed of its stamps', { metadata: { annotations: { [GRANTED_BY]: null, [SOURCE_UID]: null } } }, neverChange],
    ['given another label', { metadata: { labels: { [LABEL]: 'dev-granted' } } }, neverChange],
    ['robbed of its label', { metadata: { labels: { [LABEL]: null } } }, neverChange],
    [
      'allowed to change the mode of volumes',
      { metadata: { annotations: { 'snapshot.storage.kubernetes.io/allow-volume-mode-change': 'true' } } },
      neverChange,
    ],
  ])('is not %s', (_, patch, words) => changeMustBeRefused(HANDED_OVER, patch, words));

  test('keeps its uid when the attacker takes it away', async () => {
    const before = (await api().get(HANDED_OVER)).spec;
    await api().patch(HANDED_OVER, { spec: { volumeSnapshotRef: { uid: null } } });
    expect((await api().get(HANDED_OVER)).spec).toEqual(before);
  });

  test('is not replaced as a whole', () => {
    const { text, status } = kubectl(cluster(), ['replace'], content(GRANTED, { driver: 'x', source: { snapshotHandle: 'made-up' } }));
    expect({ status, text }).toMatchObject({ status: 1, text: expect.stringContaining('snapshotHandle is immutable') });
  });
});

describe('a content of others', () => {
  test('is not re-pointed to the attacker, nor given another driver', async () => {
    const theirs = await contentOf(granted.snapshot);
    await changeMustBeRefused(
      theirs,
      { spec: { volumeSnapshotRef: { namespace: 'dev-secret', name: 'stolen', uid: null } } },
      belongs('prod-granted/snap'),
    );
    await changeMustBeRefused(theirs, { spec: { volumeSnapshotRef: { uid: null } } }, belongs('prod-granted/snap'));
    await changeMustBeRefused(theirs, { spec: { driver: 'other' } }, belongs('prod-granted/snap'));
  });

  test("of the attacker's own snapshot is not given a foreign handle in its status, which is what claims are filled from", async () => {
    const own = await contentOf(secret.snapshot);
    const words = `status.snapshotHandle of VolumeSnapshotContent ${own.metadata.name} is written by the storage controllers only, and admin is not among the storageControllers of PreProvisionedSnapshotPolicies`;
    const stolen = { status: { snapshotHandle: await handleOf(granted) } };
    await expect(api().patch(own, stolen, '/status')).rejects.toThrow(words);
    await expect(api().patch(own, { status: { snapshotHandle: null } }, '/status')).rejects.toThrow(words);
    await api().patch(own, stolen);
    expect((await api().get(own)).status.snapshotHandle).toBe(own.status.snapshotHandle);
  });

  test('is not made by the snapshot controller out of a group that the attacker makes', async () => {
    await installDefinitions(api(), [groupSnapshotContentDefinition()]);
    const group = {
      apiVersion: 'groupsnapshot.storage.k8s.io/v1',
      kind: 'VolumeGroupSnapshotContent',
      metadata: { name: 'group' },
      spec: {
        deletionPolicy: 'Retain',
        driver: 'directory.csi.test',
        source: { groupSnapshotHandles: { volumeGroupSnapshotHandle: 'g', volumeSnapshotHandles: [await handleOf(granted)] } },
        volumeGroupSnapshotRef: { name: 'group', namespace: 'dev-secret' },
      },
    };
    await mustBeRefused(
      group,
      'VolumeGroupSnapshotContent group is written by admin, who is not among the storageControllers of PreProvisionedSnapshotPolicies',
    );
  });
});

describe('a snapshot that is named like one handed over', () => {
  const words = (name: string) =>
    `VolumeSnapshot dev-secret/${name} is named like a handed-over snapshot, but is not taken from VolumeSnapshotContent snapshot-clone.dev-secret.${name.slice('snapshot-clone.'.length)}: give it another name`;

  test('is not taken of a claim', async () => {
    const name = 'snapshot-clone.prod-granted.snap';
    await mustBeRefused(snapshotOf('dev-secret', name, 'data'), words(name));
  });

  test('is not taken from another content', async () => {
    const name = 'snapshot-clone.prod-granted.snap';
    const other = { ...snapshot(EVIL), spec: { source: { volumeSnapshotContentName: (await contentOf(secret.snapshot)).metadata.name } } };
    await mustBeRefused(other, words(name));
  });

  test('with a name that the server makes', async () => {
    const { spec } = snapshotOf('dev-secret', 'x', 'data');
    const metadata = { generateName: 'snapshot-clone.prod-granted.snap', namespace: 'dev-secret' };
    await expect(api().create({ ...snapshot(EVIL), metadata, spec } as unknown as ApiObject)).rejects.toThrow(
      'is named like a handed-over snapshot',
    );
  });

  test('with the content of another namespace never binds, and a claim on it is refused', async () => {
    const name = 'stolen';
    const stolen = {
      ...snapshot(EVIL),
      metadata: { name, namespace: 'dev-secret' },
      spec: { source: { volumeSnapshotContentName: HANDED_OVER.metadata.name } },
    };
    await api().create(stolen);
    await api().patch(stolen, { status: { readyToUse: true, boundVolumeSnapshotContentName: HANDED_OVER.metadata.name } }, '/status');
    const thief = claim('dev-secret', 'thief', { dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name } });
    await api().create(thief);
    await eventMustSay(cluster(), thief, 'ProvisioningFailed', 'is bound to a different snapshot');
    await claimMustBePending(cluster(), thief);
  });
});

describe('a claim', () => {
  const forged = (annotations: object) => withMetadata(localClaim(EVIL, 'clone'), { annotations });

  test('without a grant', () => mustBeRefused(localClaim(EVIL, 'clone'), notAllowed(EVIL, 'clone')));

  test('with a forged stamp', () =>
    mustBeRefused(
      forged({ [GRANTED_BY]: 'prod-granted/dev' }),
      `${documented(
        `PersistentVolumeClaim dev/claim has the annotation cdk8s-snapshot-clone/granted-by or cdk8s-snapshot-clone/source-uid, which only the cluster writes: leave it out.`,
        { 'dev/claim': 'dev-secret/clone' },
      )} If a backup tool restores this claim, or it was exported from a cluster, take both annotations out of the copy`,
    ));

  test('with a forged uid of its source', async () => {
    const uid = await uidOf(granted.snapshot);
    const words = `has the annotation ${GRANTED_BY} or ${SOURCE_UID}, which only the cluster writes`;
    await mustBeRefused(withMetadata(localClaim(GRANTED, 'forged'), { annotations: { [SOURCE_UID]: uid } }), words);
  });

  test.each([
    ['a volume that exists already', { volumeName: 'any' }],
    ['none to be made', { storageClassName: '' }],
  ])('that asks for %s', (_, spec) =>
    mustBeRefused(
      localClaim(GRANTED, 'clone', spec),
      'PersistentVolumeClaim dev-granted/clone is to be filled from VolumeSnapshot prod-granted/snap, but asks for a volume that exists already (spec.volumeName), or for none to be made (spec.storageClassName is empty): no provisioner would fill it. Leave out volumeName, and name the StorageClass. If a backup tool restores this claim with data of its own, let it leave out dataSource and dataSourceRef',
    ),
  );

  test('with a forged stamp and forged managedFields', async () => {
    const managedFields = [{ manager: 'another', operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: {} }];
    for (const fields of [[], [{}], managedFields]) {
      const object = withMetadata(forged({ [GRANTED_BY]: 'prod-granted/dev' }), { managedFields: fields });
      await expect(api().create(object)).rejects.toThrow(
        `has the annotation ${GRANTED_BY} or ${SOURCE_UID}, which only the cluster writes`,
      );
    }
  });

  test('whose annotation says another source than the name of the snapshot', () =>
    mustBeRefused(
      withMetadata(localClaim(GRANTED, 'liar'), { annotations: { [INTENT]: intentOf(SECRET) } }),
      `PersistentVolumeClaim dev-granted/liar is to be filled from ${intentOf(SECRET)} by its annotation ${INTENT}, but names ${intentOf(GRANTED)}, handed over as snapshot-clone.prod-granted.snap: correct the one that is wrong`,
    ));

  test('with a dataSource that is not granted beside a granted reference that the server drops', () => {
    const { dataSourceRef: dataSource } = localClaim(EVIL, 'x').spec;
    const dataSourceRef = { ...dataSource, name: 'snapshot-clone.other.snap', namespace: 'elsewhere' };
    return mustBeRefused(localClaim(EVIL, 'two', { dataSource, dataSourceRef }), notAllowed(EVIL, 'two'));
  });

  test('whose name the server makes', async () => {
    const { spec } = localClaim(EVIL, 'x');
    const metadata = { generateName: 'clone-', namespace: 'dev-secret' };
    const generated = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec } as unknown as ApiObject;
    await expect(api().create(generated)).rejects.toThrow(
      /accessing prod-granted\/snap of VolumeSnapshot dataSource from dev-secret\/clone-\w+ isn't allowed/,
    );
  });

  test('that is pointed there later', async () => {
    const innocent = claim('dev-secret', 'innocent', { storageClassName: 'directory-when-used' });
    await api().create(innocent);
    const { dataSourceRef } = localClaim(EVIL, 'x').spec;
    await expect(api().patch(innocent, { spec: { dataSourceRef } })).rejects.toThrow('spec is immutable after creation');
  });
});

test('what is handed over has survived all of it', async () => {
  const survivor = localClaim(GRANTED, 'survivor');
  await api().apply(survivor);
  await granted.mustBeClonedInto(survivor);
  const { metadata, spec } = await api().get(HANDED_OVER);
  expect({ metadata, spec }).toMatchObject({ metadata: HANDED_OVER.metadata, spec: HANDED_OVER.spec });
});
