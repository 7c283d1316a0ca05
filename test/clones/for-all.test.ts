import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App, Chart, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { setOf, verdictsOf } from '../../projenrc/demo/verdicts';
import { SharedSnapshot, SnapshotAccess } from '../../src';
import { covers } from '../../src/reference/grant';
import { sourceOfHandedOver } from '../../src/reference/pre-provisioned';
import { type Manifest, render } from '../manifests';

interface Share {
  readonly owner: string;
  readonly id: string;
  /** Whether the snapshots exist already. */
  readonly existing: boolean;
  readonly generations?: string[];
  /** Consumers in this App; each gets a claim. */
  readonly consumers: string[];
  /** Consumers in other repositories. */
  readonly granted: string[];
  /** Whether the claims pin the oldest generation on offer. */
  readonly pinned: boolean;
  /** Nothing: the default. */
  readonly access?: SnapshotAccess;
}

const OWNERS = ['prod', 'staging'];
const CONSUMERS = ['dev', 'test', 'ci-1', 'ci-2', 'prod', 'staging'];
const GENERATIONS = ['g1', 'g2', 'g3'];
const ACCESSES = Object.values(SnapshotAccess);

const share: fc.Arbitrary<Share> = fc.record(
  {
    owner: fc.constantFrom(...OWNERS),
    id: fc.constantFrom('mysql', 'files', 'a-to-b'),
    generations: fc.uniqueArray(fc.constantFrom(...GENERATIONS), { minLength: 1 }),
    existing: fc.boolean(),
    consumers: fc.array(fc.constantFrom(...CONSUMERS), { maxLength: 8 }),
    granted: fc.array(fc.constantFrom(...CONSUMERS), { maxLength: 3 }),
    pinned: fc.boolean(),
    access: fc.constantFrom(...ACCESSES),
  },
  { requiredKeys: ['owner', 'id', 'existing', 'consumers', 'granted', 'pinned'] },
);
const shares = fc.uniqueArray(share, { maxLength: 5, selector: ({ owner, id }) => `${owner} ${id}` });

const allowed = ({ owner, consumers, granted }: Share) => new Set([...consumers, ...granted].filter((consumer) => consumer !== owner));

/** Consumers' charts are made first or last: the order must not matter. */
function build(wanted: Share[], consumersFirst: boolean): App {
  const app = new App();
  const charts = new Map<string, Chart>();
  const chartOf = (id: string) => charts.get(id) ?? charts.set(id, new Chart(app, id)).get(id)!;
  if (consumersFirst) for (const { consumers } of wanted) consumers.map((consumer) => chartOf(`in-${consumer}`));
  for (const one of wanted) {
    const { owner, id, existing, generations, consumers, granted, pinned, access } = one;
    const source = existing ? { snapshotName: id } : { claimName: id, volumeSnapshotClassName: 'csi-fast', metadata: { name: id } };
    const shared = new SharedSnapshot(chartOf(owner), id, { namespace: owner, generations, access, ...source });
    shared.grantTo(...granted.filter((consumer) => consumer !== owner));
    const generation = pinned ? generations?.at(-1) : undefined;
    for (const [index, namespace] of consumers.filter((consumer) => consumer !== owner).entries()) {
      shared.cloneInto(chartOf(`in-${namespace}`), `${owner}-${id}-${index}`, {
        namespace,
        storageClassName: 'csi-fast',
        storage: Size.gibibytes(1),
        generation,
      });
    }
  }
  return app;
}

/** What somebody else has made. */
const existingSnapshots = ({ owner, id, generations }: Share): Manifest[] =>
  (generations?.map((generation) => `${id}-${generation}`) ?? [id]).map((name) => ({
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshot',
    metadata: { namespace: owner, name },
  }));

const identify = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace}/${metadata.name}`;

/** Claims, and what they are handed their snapshots through. */
const isConsumersSide = ({ kind, metadata }: Manifest) =>
  kind === 'PersistentVolumeClaim' || kind === 'VolumeSnapshotContent' || sourceOfHandedOver(metadata.name) !== undefined;

test('every set that the constructs emit resolves, is granted, and says what it expects', () => {
  fc.assert(
    fc.property(shares, fc.boolean(), (wanted, consumersFirst) => {
      const manifests = render(build(wanted, consumersFirst));
      const verdicts = verdictsOf(setOf([...manifests, ...wanted.filter(({ existing }) => existing).flatMap(existingSnapshots)]));
      expect(verdicts.flatMap((verdict) => verdict.faults)).toEqual([]);
      expect(verdicts).toHaveLength(wanted.flatMap(({ owner, consumers }) => consumers.filter((consumer) => consumer !== owner)).length);
    }),
  );
});

test('no two objects are the same one, and the same App gives the same bytes again', () => {
  fc.assert(
    fc.property(shares, fc.boolean(), (wanted, consumersFirst) => {
      const manifests = render(build(wanted, consumersFirst));
      expect(new Set(manifests.map(identify)).size).toBe(manifests.length);
      expect(JSON.stringify(render(build(wanted, consumersFirst)))).toBe(JSON.stringify(manifests));
    }),
    { numRuns: 50 },
  );
});

test('pre-provisioned, every claim has one pair of its namespace and source, and no pair is without a claim', () => {
  fc.assert(
    fc.property(shares, fc.boolean(), (drawn, consumersFirst) => {
      const wanted = drawn.map((one) => ({ ...one, access: SnapshotAccess.PRE_PROVISIONED_SNAPSHOT }));
      const manifests = render(build(wanted, consumersFirst));
      const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
      const needed = ofKind('PersistentVolumeClaim').map(({ metadata, spec }) => `${metadata.namespace}/${spec.dataSourceRef.name}`);
      const refs = ofKind('VolumeSnapshotContent').map(({ spec }) => spec.volumeSnapshotRef);
      expect(refs.map(({ namespace, name }) => `${namespace}/${name}`).sort()).toEqual([...new Set(needed)].sort());
      const snapshots = ofKind('VolumeSnapshot').filter(isConsumersSide);
      expect(snapshots.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort()).toEqual([...new Set(needed)].sort());
    }),
    { numRuns: 50 },
  );
});

test('switching the access changes no grant, no snapshot and no name of a claim; on the owner’s side the wave alone', () => {
  const wave = 'argocd.argoproj.io/sync-wave';
  fc.assert(
    fc.property(shares, (drawn) => {
      const without = (access: SnapshotAccess) =>
        render(
          build(
            drawn.map((one) => ({ ...one, access })),
            false,
          ),
        ).filter((manifest) => sourceOfHandedOver(manifest.metadata.name) === undefined);
      const [byReference, preProvisioned] = ACCESSES.map(without);
      expect(preProvisioned.map(identify)).toEqual(byReference.map(identify));
      for (const manifest of [...byReference, ...preProvisioned]) {
        delete manifest.metadata.annotations[wave];
        if (manifest.kind === 'PersistentVolumeClaim') delete manifest.spec.dataSourceRef;
      }
      expect(preProvisioned).toEqual(byReference);
    }),
    { numRuns: 50 },
  );
});

test('no namespace and no snapshot is covered that was not asked for', () => {
  fc.assert(
    fc.property(shares, (wanted) => {
      const { grants } = setOf(render(build(wanted, false))).grantIndex;
      for (const owner of OWNERS) {
        for (const id of ['mysql', 'files', 'a-to-b', 'unshared']) {
          for (const generation of ['', ...GENERATIONS.map((name) => `-${name}`), '-g9']) {
            for (const namespace of [...CONSUMERS, 'stranger']) {
              if (namespace === owner) continue;
              const source = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', namespace: owner, name: `${id}${generation}` };
              const asked = wanted.some(
                (one) =>
                  one.owner === owner &&
                  one.id === id &&
                  allowed(one).has(namespace) &&
                  (one.generations?.map((name) => `-${name}`) ?? ['']).includes(generation),
              );
              expect(covers(grants, { claim: { namespace, name: 'any' }, source })).toBe(asked);
            }
          }
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('adding or removing a consumer touches its grant on the owner’s side, and nothing else there', () => {
  fc.assert(
    fc.property(share, fc.constantFrom('dev', 'newcomer'), (drawn, consumer) => {
      const one = { ...drawn, granted: drawn.granted.filter((name) => name !== consumer) };
      const ownersSide = (consumers: string[]) =>
        new Map(
          render(build([{ ...one, consumers }], false))
            .filter((manifest) => !isConsumersSide(manifest))
            .map((manifest) => [identify(manifest), JSON.stringify(manifest)]),
        );
      const without = ownersSide(one.consumers.filter((name) => name !== consumer));
      const withIt = ownersSide([consumer, ...one.consumers.filter((name) => name !== consumer)]);
      const changed = [...withIt].filter(([id, text]) => without.get(id) !== text).map(([id]) => id);
      expect(changed).toEqual([`ReferenceGrant ${one.owner}/${one.id}-to-${consumer}`]);
      expect([...without.keys()].filter((id) => !withIt.has(id))).toEqual([]);
    }),
  );
});

test.each(ACCESSES)('by %s, a rotation keeps the names of all grants, and of the snapshots that stay on offer', (access) => {
  const one = { owner: 'prod', id: 'mysql', existing: false, consumers: ['dev', 'test'], granted: [], pinned: false, access };
  const identities = (generations: string[]) =>
    render(build([{ ...one, generations }], false))
      .filter((manifest) => !isConsumersSide(manifest))
      .map(identify);
  const before = identities(['g2', 'g1']);
  const after = identities(['g3', 'g2']);
  expect(after.filter((id) => !before.includes(id))).toEqual(['VolumeSnapshot prod/mysql-g3']);
  expect(before.filter((id) => !after.includes(id))).toEqual(['VolumeSnapshot prod/mysql-g1']);
});

test('the same app gives the same bytes in another time zone, language and folder', () => {
  const root = resolve(__dirname, '..', '..');
  const program = `
    const { App, Chart, Size } = require(${JSON.stringify(join(root, 'node_modules/cdk8s'))});
    const { CrossNamespaceSnapshotClone, SharedSnapshot, SnapshotAccess } = require(${JSON.stringify(join(root, 'node_modules/cdk8s-snapshot-clone'))});
    const app = new App();
    const source = { namespace: 'prod', claimName: 'data', volumeSnapshotClassName: 'csi', generations: ['2026-11-22', '2026-11-15'] };
    const volume = { storageClassName: 'csi', storage: Size.gibibytes(1) };
    const clone = new CrossNamespaceSnapshotClone(new Chart(app, 'one'), 'clone', { source });
    for (const namespace of ['b', 'a', 'c']) clone.addTarget(namespace, { ...volume, namespace });
    new SharedSnapshot(new Chart(app, 'prod'), 'share', source).cloneInto(new Chart(app, 'dev'), 'share', { ...volume, namespace: 'dev' });
    const preProvisioned = { ...source, access: SnapshotAccess.PRE_PROVISIONED_SNAPSHOT };
    new SharedSnapshot(new Chart(app, 'p'), 'share', preProvisioned).cloneInto(new Chart(app, 'd'), 'share', { ...volume, namespace: 'd' });
    process.stdout.write(app.synthYaml());`;
  const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  const run = (cwd: string, env: Record<string, string>) =>
    execFileSync(process.execPath, ['-e', program], { cwd, env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' });
  try {
    const here = run(root, { TZ: 'UTC', LANG: 'C' });
    expect(run(folder, { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' })).toBe(here);
    expect(here).toMatch(/kind: PersistentVolumeClaim/);
    expect(here).toMatch(/kind: VolumeSnapshotContent/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
