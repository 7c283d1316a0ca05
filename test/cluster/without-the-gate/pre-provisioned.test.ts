import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ApiObject, addressOf } from '../api/api-object';
import { claimMustBeBound, claimMustBePending, mustBeGone, snapshotMustBeReady } from '../claims';
import { theOnly } from '../constructs';
import { referenceGrantDefinition } from '../definitions';
import { SourceVolume } from '../grants/source-volume';
import { kubectl } from '../kubectl';
import { claim, grant, grantSpec, snapshot as snapshotOf } from '../manifests';
import { runningCluster } from '../running-cluster';
import { storageClasses } from '../storage-classes';
import { documented } from '../troubleshooting';
import { checksumOf } from '../volume-content';
import { content, localClaim, snapshot, withMetadata } from './handed-over';
import { grantedSource, mustBecomeRefused, mustBeTaken, policies, standingPolicies, WITHOUT_THE_GATE } from './standing-policies';

const SNAP = SourceVolume.SNAPSHOT;
const TESTS = [
  'flow',
  'forced',
  'late',
  'policy',
  'none',
  'wrong',
  'two',
  'every',
  'revoked',
  'anew',
  'stale',
  'dead',
  'deleted',
  'kept',
  'second',
  'kind',
];
const SOURCES = TESTS.map((test) => `prod-${test}`);

/** Leaves the content of a snapshot that is deleted. */
const RETAINED: ApiObject = {
  ...theOnly('VolumeSnapshotClass', storageClasses()),
  metadata: { name: 'retained' },
  deletionPolicy: 'Retain',
};

const GUARD_BINDING = 'ValidatingAdmissionPolicyBinding pre-provisioned-snapshots-guard';

const cluster = runningCluster(WITHOUT_THE_GATE);

const notAllowed = (source: string, target: string, name: string) =>
  `accessing ${source}/${SNAP} of VolumeSnapshot dataSource from ${target}/${name} isn't allowed: no ReferenceGrant in namespace ${source} lets claims of namespace ${target} use this VolumeSnapshot`;

describe('without the policies', () => {
  test('the API server refuses the content, and the claim waits instead of being empty', async () => {
    const { prod, dev } = (await SourceVolume.make(cluster(), 'absent')).sides;
    const handover = { source: prod, name: SNAP, target: dev };
    const { status, text } = kubectl(cluster(), ['apply'], content(handover));
    expect(status).not.toBe(0);
    expect(text).toContain('spec.driver: Required value');
    await expect(cluster().api.create(content(handover, { driver: 'any' }))).rejects.toThrow(
      'spec.source: Invalid value: exactly one of volumeHandle and snapshotHandle must be set',
    );
    const clone = localClaim(handover, 'clone');
    await cluster().api.applyAll([snapshot(handover), clone]);
    // The provisioner has looked at every claim of before once this one is bound.
    const later = claim(dev, 'later');
    await cluster().api.apply(later);
    await claimMustBeBound(cluster(), later);
    await claimMustBePending(cluster(), clone);
  });
});

describe('with the policies', () => {
  beforeAll(async () => {
    await cluster().api.apply(RETAINED);
    await standingPolicies(cluster(), SOURCES);
  });

  test('none of their expressions has a type that the API server warns of', async () => {
    const ours = policies(SOURCES).filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
    for (const policy of ours) {
      const checked = await cluster().eventually(`${policy.metadata.name} to be type-checked`, async () => {
        const { status } = await cluster().api.get(policy);
        if (!status?.typeChecking) throw new Error('not yet');
        return status.typeChecking;
      });
      expect({ policy: policy.metadata.name, checked }).toEqual({ policy: policy.metadata.name, checked: {} });
    }
  });

  test('a granted snapshot is handed over, and a claim is filled with every byte of it', async () => {
    const { source, handover } = await grantedSource(cluster(), 'flow');
    const clone = localClaim(handover, 'clone');
    const dryRun = kubectl(cluster(), ['apply', '--dry-run=server', '--output', 'json'], content(handover));
    const found = JSON.parse(dryRun.stdout);
    const taken = await cluster().api.get(source.snapshot);
    const original = await cluster().api.get(
      addressOf('snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent', taken.status.boundVolumeSnapshotContentName),
    );
    expect(found.spec).toMatchObject({
      driver: original.spec.driver,
      sourceVolumeMode: 'Filesystem',
      deletionPolicy: 'Retain',
      source: { snapshotHandle: original.status.snapshotHandle },
    });
    for (const object of [content(handover), snapshot(handover), clone]) {
      expect(kubectl(cluster(), ['apply'], object)).toMatchObject({ status: 0 });
    }
    await snapshotMustBeReady(cluster(), snapshot(handover));
    await source.mustBeClonedInto(clone);
    expect((await cluster().api.get(content(handover))).metadata.annotations).toMatchObject({
      'cdk8s-snapshot-clone/granted-by': `${handover.source}/dev`,
      'cdk8s-snapshot-clone/source-uid': taken.metadata.uid,
    });
    for (const object of [content(handover), snapshot(handover), clone]) {
      expect(kubectl(cluster(), ['apply'], object).text).toMatch(/ unchanged$/m);
      expect(kubectl(cluster(), ['diff'], object)).toMatchObject({ status: 0, text: '' });
    }
  });

  test('a forced server-side apply keeps the uid of the binding, however often', async () => {
    const { source, handover } = await grantedSource(cluster(), 'forced');
    await cluster().api.applyAll([content(handover), snapshot(handover)]);
    await snapshotMustBeReady(cluster(), snapshot(handover));
    const before = await cluster().api.get(content(handover));
    expect(before.spec.volumeSnapshotRef.uid).toBe((await cluster().api.get(snapshot(handover))).metadata.uid);
    for (let times = 0; times < 3; times++) await cluster().api.apply(content(handover));
    expect((await cluster().api.get(content(handover))).spec).toEqual(before.spec);
    const clone = localClaim(handover, 'clone');
    await cluster().api.apply(clone);
    await source.mustBeClonedInto(clone);
  });

  test('a source that is not there or not ready is said to be so, and only to whom it is granted', async () => {
    const [prod, dev] = ['prod-late', 'dev-late'];
    const { sides } = await SourceVolume.make(cluster(), 'late');
    expect(sides).toEqual({ prod, dev });
    const handover = { source: prod, name: 'later', target: dev };
    await expect(cluster().api.create(content(handover))).rejects.toThrow(
      `accessing prod-late/later of VolumeSnapshot dataSource from dev-late/snapshot-clone.prod-late.later isn't allowed`,
    );
    await cluster().api.apply(grant(prod, 'dev', grantSpec(dev, 'later')));
    await mustBecomeRefused(
      cluster(),
      content(handover),
      'VolumeSnapshot prod-late/later does not exist, is being deleted, or is not ready to use, so that VolumeSnapshotContent snapshot-clone.dev-late.prod-late.later cannot be filled: apply it again when the VolumeSnapshot is ready',
    );
    await cluster().api.apply(snapshotOf(prod, 'later', 'data'));
    await mustBeTaken(cluster(), content(handover));
  });

  describe('a grant', () => {
    test('that is absent: neither content nor claim', async () => {
      const { prod, dev } = (await SourceVolume.make(cluster(), 'none')).sides;
      const handover = { source: prod, name: SNAP, target: dev };
      await expect(cluster().api.create(content(handover))).rejects.toThrow(notAllowed(prod, dev, `snapshot-clone.${prod}.${SNAP}`));
      await expect(cluster().api.create(localClaim(handover, 'clone'))).rejects.toThrow(notAllowed(prod, dev, 'clone'));
    });

    test('of a namespace that the policies do not know: neither content nor claim', async () => {
      const { prod, dev } = (await SourceVolume.make(cluster(), 'unlisted')).sides;
      const handover = { source: prod, name: SNAP, target: dev };
      await cluster().api.apply(grant(prod, 'dev', grantSpec(dev, SNAP)));
      await expect(cluster().api.create(content(handover))).rejects.toThrow(
        'VolumeSnapshotContent snapshot-clone.dev-unlisted.prod-unlisted.snap is to be filled from VolumeSnapshot prod-unlisted/snap, but namespace prod-unlisted is not among the sourceNamespaces of PreProvisionedSnapshotPolicies: the platform team has to add it',
      );
      await expect(cluster().api.create(localClaim(handover, 'clone'))).rejects.toThrow(
        `${notAllowed(prod, dev, 'clone')}, or the namespace is not among the sourceNamespaces of PreProvisionedSnapshotPolicies`,
      );
    });

    test('of which two exist and one fits: both', async () => {
      const { source, handover } = await grantedSource(cluster(), 'two');
      await cluster().api.apply(grant(handover.source, 'another', grantSpec('elsewhere', 'other')));
      await cluster().api.applyAll([content(handover), snapshot(handover), localClaim(handover, 'clone')]);
      await source.mustBeClonedInto(localClaim(handover, 'clone'));
    });

    test('to every snapshot, without a name: both', async () => {
      const { prod, dev } = (await SourceVolume.make(cluster(), 'every')).sides;
      const handover = { source: prod, name: SNAP, target: dev };
      const { from, to } = grantSpec(dev, SNAP);
      await cluster().api.apply(grant(prod, 'dev', { from, to: [{ group: to[0].group, kind: to[0].kind }] }));
      await mustBeTaken(cluster(), content(handover));
      await mustBeTaken(cluster(), localClaim(handover, 'clone'));
    });

    test('that is taken away: no new content, no new claim; what exists lives on and may be applied again', async () => {
      const { source, handover } = await grantedSource(cluster(), 'revoked');
      const objects = [content(handover), snapshot(handover), localClaim(handover, 'clone')];
      await cluster().api.applyAll(objects);
      await source.mustBeClonedInto(localClaim(handover, 'clone'));
      await cluster().api.delete(grant(handover.source, 'dev', grantSpec(handover.target, SNAP)));
      await mustBecomeRefused(cluster(), localClaim(handover, 'later'), notAllowed(handover.source, handover.target, 'later'));
      const other = content({ ...handover, target: 'default' });
      await mustBecomeRefused(cluster(), other, notAllowed(handover.source, 'default', `snapshot-clone.${handover.source}.${SNAP}`));
      await cluster().api.applyAll(objects);
      await source.mustBeClonedInto(localClaim(handover, 'clone'));
      await cluster().api.create(claim(handover.target, 'plain'));
    });
  });

  test('a snapshot that was made anew is handed over as it is now, whatever its predecessor has left', async () => {
    const { handover, source } = await grantedSource(cluster(), 'anew', RETAINED.metadata.name);
    const name = (await cluster().api.get(source.snapshot)).status.boundVolumeSnapshotContentName;
    const left = addressOf('snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent', name);
    await cluster().api.delete(source.snapshot);
    await mustBeGone(cluster(), source.snapshot);
    await mustBecomeRefused(cluster(), content(handover), 'VolumeSnapshot prod-anew/snap does not exist');
    await cluster().api.apply(source.snapshot);
    await snapshotMustBeReady(cluster(), source.snapshot);
    await mustBeTaken(cluster(), content(handover));
    const old = (await cluster().api.get(left)).status.snapshotHandle;
    const { spec } = await cluster().api.create(content(handover), 'dryRun=All');
    expect(spec.source.snapshotHandle).not.toBe(old);
  });

  test('a claim never gets the data of a snapshot that was deleted, or made anew under its name, though the grant and that data are there', async () => {
    const { handover, source } = await grantedSource(cluster(), 'stale', RETAINED.metadata.name);
    const pair = [content(handover), snapshot(handover)];
    await cluster().api.applyAll(pair);
    await snapshotMustBeReady(cluster(), snapshot(handover));
    const name = (await cluster().api.get(source.snapshot)).status.boundVolumeSnapshotContentName;
    const left = addressOf('snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent', name);
    const clone = localClaim(handover, 'clone');
    await mustBeTaken(cluster(), clone);

    await cluster().api.delete(source.snapshot);
    await mustBeGone(cluster(), source.snapshot);
    const names = { 'dev/claim': 'dev-stale/clone', 'prod/snap': 'prod-stale/snap' };
    const old = documented(
      'PersistentVolumeClaim dev/claim would be filled with old data: VolumeSnapshot prod/snap was deleted, or made anew, since it was handed over.',
      names,
    );
    const words = `${old} Delete VolumeSnapshot dev-stale/snapshot-clone.prod-stale.snap, then VolumeSnapshotContent snapshot-clone.dev-stale.prod-stale.snap, and apply both again`;
    await mustBecomeRefused(cluster(), clone, words);
    await writeFile(join(await cluster().dataOf(handover.source, 'data'), 'index'), 'masked');
    await cluster().api.apply(source.snapshot);
    await snapshotMustBeReady(cluster(), source.snapshot);
    expect((await cluster().api.get(left)).status.readyToUse).toBe(true);
    await mustBecomeRefused(cluster(), clone, words);
    await cluster().api.applyAll(pair);
    await expect(cluster().api.create(clone)).rejects.toThrow(words);

    for (const each of [...pair].reverse()) {
      await cluster().api.delete(each);
      await mustBeGone(cluster(), each);
    }
    await cluster().eventually('the content to be filled anew', () => cluster().api.apply(content(handover)));
    await cluster().api.apply(snapshot(handover));
    await cluster().eventually('the claim to be taken', () => cluster().api.create(clone));
    await claimMustBeBound(cluster(), clone);
    const [masked, copy] = [await cluster().dataOf(handover.source, 'data'), await cluster().dataOf(handover.target, 'clone')];
    expect(await checksumOf(copy)).toBe(await checksumOf(masked));
  });

  test('the storage controllers keep working: snapshots are taken and deleted, as is what is handed over', async () => {
    const { source, handover } = await grantedSource(cluster(), 'deleted');
    await cluster().api.applyAll([content(handover), snapshot(handover)]);
    await snapshotMustBeReady(cluster(), snapshot(handover));
    await cluster().api.delete(snapshot(handover));
    await mustBeGone(cluster(), snapshot(handover));
    await cluster().api.delete(content(handover));
    await mustBeGone(cluster(), content(handover));
    const name = (await cluster().api.get(source.snapshot)).status.boundVolumeSnapshotContentName;
    await cluster().api.delete(source.snapshot);
    await mustBeGone(cluster(), addressOf('snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent', name));
    const again = snapshotOf(handover.source, 'again', 'data');
    await cluster().api.apply(again);
    await snapshotMustBeReady(cluster(), again);
    const made = (await cluster().api.get(again)).status.boundVolumeSnapshotContentName;
    const { metadata } = await cluster().api.get(addressOf('snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent', made));
    expect((metadata as { managedFields?: { manager: string }[] }).managedFields?.map(({ manager }) => manager)).toContain(
      'snapshot-controller',
    );
  });

  test('people may still change the deletionPolicy of contents that are not handed over', async () => {
    const { source } = await grantedSource(cluster(), 'policy');
    const name = (await cluster().api.get(source.snapshot)).status.boundVolumeSnapshotContentName;
    const ordinary = addressOf('snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent', name);
    expect((await cluster().api.patch(ordinary, { spec: { deletionPolicy: 'Retain' } })).spec.deletionPolicy).toBe('Retain');
    await cluster().api.patch(ordinary, { spec: { deletionPolicy: 'Delete' }, metadata: { annotations: { 'a.tool/note': 'x' } } });
  });

  test('a second API server on the same etcd says the same', async () => {
    const { source, handover } = await grantedSource(cluster(), 'second');
    const second = await cluster().controlPlane.startSecondApiserver(false);
    const known = async () => {
      await second.create(content(handover), 'dryRun=All');
      await second.create(localClaim(handover, 'probe'), 'dryRun=All');
    };
    // It has just begun to read all there is.
    await cluster().eventually('the second API server to know the policies and the grant', known);
    await expect(second.create(content({ ...handover, target: 'default' }))).rejects.toThrow(
      notAllowed(handover.source, 'default', `snapshot-clone.${handover.source}.${SNAP}`),
    );
    await second.create(content(handover));
    await cluster().api.create(snapshot(handover));
    await second.create(localClaim(handover, 'clone'));
    await source.mustBeClonedInto(localClaim(handover, 'clone'));
  });
});

describe('without the guard', () => {
  test('a content that is made is never filled, says so when it is applied again, and can be deleted, bound or not', async () => {
    const { prod, dev } = (await SourceVolume.make(cluster(), 'dead')).sides;
    const handover = { source: prod, name: SNAP, target: dev };
    const [binding] = policies(SOURCES).filter(({ kind, metadata }) => `${kind} ${metadata.name}` === GUARD_BINDING);
    const dead = documented('VolumeSnapshotContent snapshot-clone.dev.prod.snap was made without being filled, and can never be', {
      'dev.prod': 'dev-dead.prod-dead',
    });
    const words = `${dead}: delete VolumeSnapshot dev-dead/snapshot-clone.prod-dead.snap, then this content; if it stays, take its finalizers away, which nobody else does; then apply both again`;
    const makeUnfilled = async () => {
      await cluster().api.delete(binding);
      await cluster().eventually('the content to be made', () => cluster().api.create(content(handover)));
      await cluster().api.apply(binding);
      await cluster().eventually('the content to be refused', async () => {
        const said = await cluster()
          .api.apply(withMetadata(content(handover), { annotations: { 'a.tool/note': 'x' } }))
          .then(() => 'it was taken', String);
        if (!said.includes(words)) throw new Error(said);
      });
    };
    await makeUnfilled();
    await cluster().api.delete(content(handover));
    await mustBeGone(cluster(), content(handover));

    await makeUnfilled();
    await cluster().api.apply(snapshot(handover));
    await cluster().eventually('the content to be bound, and protected', async () => {
      const { spec, metadata } = await cluster().api.get(content(handover));
      expect(spec.volumeSnapshotRef.uid).toBeDefined();
      expect(metadata.finalizers).toHaveLength(1);
    });
    await cluster().api.apply(grant(prod, 'dev', grantSpec(dev, SNAP)));
    await cluster().api.delete(snapshot(handover));
    await mustBeGone(cluster(), snapshot(handover));
    await cluster().api.delete(content(handover));
    expect((await cluster().api.get(content(handover))).metadata.finalizers).toHaveLength(1);
    await cluster().api.patch(content(handover), { metadata: { finalizers: null } });
    await mustBeGone(cluster(), content(handover));
    await mustBeTaken(cluster(), content(handover));
  });
});

describe('with keepSources', () => {
  test('a snapshot cannot be deleted while it is handed over', async () => {
    await cluster().api.applyAll(policies(SOURCES, { keepSources: true }));
    const { source, handover } = await grantedSource(cluster(), 'kept');
    await cluster().api.apply(content(handover));
    const words =
      'VolumeSnapshot prod-kept/snap is handed over to namespace dev-kept by VolumeSnapshotContent snapshot-clone.dev-kept.prod-kept.snap: delete VolumeSnapshot dev-kept/snapshot-clone.prod-kept.snap and that content first';
    await cluster().eventually('the deletion to be refused', async () => {
      const said = await cluster()
        .api.delete(source.snapshot, 'dryRun=All')
        .then(() => 'it was allowed', String);
      if (!said.includes(words)) throw new Error(said);
    });
    await cluster().api.delete(content(handover));
    await mustBeGone(cluster(), content(handover));
    await cluster().eventually('the deletion to be allowed', () => cluster().api.delete(source.snapshot));
    await mustBeGone(cluster(), source.snapshot);
  });
});

describe('without the kind ReferenceGrant', () => {
  test('plain claims are made as ever, and nothing is handed over', async () => {
    const { source, handover } = await grantedSource(cluster(), 'kind');
    const [definition] = referenceGrantDefinition();
    await cluster().api.delete(definition);
    await mustBeGone(cluster(), definition);
    await mustBecomeRefused(cluster(), localClaim(handover, 'clone'), notAllowed(handover.source, handover.target, 'clone'));
    const said = await cluster()
      .api.create(content(handover))
      .then(() => 'it was taken', String);
    expect(said).toMatch(/forbidden/);
    const plain = withMetadata(claim(source.sides.dev, 'plain'), {});
    await cluster().api.create(plain);
    await claimMustBeBound(cluster(), plain);
  });
});
