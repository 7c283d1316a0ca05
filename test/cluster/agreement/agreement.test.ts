import { refusalOf, ruleFindings, verdict } from '../predicate';
import { HIDING_PLACES } from './hiding-places';
import { ACCIDENT, GRANTED, type ManifestSet, manifestSets, NEAR_MISSES, OWN_NAMESPACE } from './manifest-sets';
import { askProvisioner } from './provisioner-verdicts';

// Another seed, another hundred thousand sets: SEED=7 npx jest ...
const SEED = Number(process.env.SEED ?? 20261122);

function* first(count: number): Generator<ManifestSet> {
  const sets = manifestSets(SEED);
  for (let index = 0; index < count; index++) {
    yield sets.next().value;
  }
}

/** How many sets in a row are all of different kinds. */
const KINDS_OF_SETS = Object.keys({ ...GRANTED, ...NEAR_MISSES }).length + OWN_NAMESPACE.length + 1;

interface Tally {
  granted: number;
  refused: number;
}

describe('the predicate', () => {
  test('says of 100 000 sets of manifests what the code of the provisioner says, in the same words', async () => {
    const tallies = new Map<string, Tally>();
    const disagreements: object[] = [];
    await askProvisioner(first(100_000), true, (set, real) => {
      const ours = verdict([set.claim, ...set.grants]);
      const ownNamespace = OWN_NAMESPACE.includes(set.kind);
      const agree = ours === real.provision && (ownNamespace || ours === real.function) && (ours || refusalOf(set.claim) === real.reason);
      if (!agree) {
        disagreements.push({ set, ours, real });
      }
      const tally = tallies.get(set.kind) ?? { granted: 0, refused: 0 };
      tally[real.provision ? 'granted' : 'refused']++;
      tallies.set(set.kind, tally);
    });
    const distribution = [...tallies].map(([kind, { granted, refused }]) => ({ kind, granted, refused }));
    console.log(
      `seed ${SEED}\n${distribution.map((each) => `${String(each.granted).padStart(7)} granted ${String(each.refused).padStart(7)} refused  ${each.kind}`).join('\n')}`,
    );

    expect(disagreements.slice(0, 3)).toEqual([]);
    expect(distribution.reduce((sum, { granted }) => sum + granted, 0)).toBeGreaterThanOrEqual(30_000);
    for (const kind of Object.keys(NEAR_MISSES)) {
      expect({ kind, often: tallies.get(kind)!.refused >= 1000 }).toEqual({ kind, often: true });
    }
    for (const kind of [...Object.keys(GRANTED), ...OWN_NAMESPACE]) {
      expect({ kind, refused: tallies.get(kind)!.refused }).toEqual({ kind, refused: 0 });
    }
    const { granted, refused } = tallies.get(ACCIDENT)!;
    expect(Math.min(granted, refused)).toBeGreaterThanOrEqual(1000);
  });

  test('knows nothing of the gate: the provisioner without it refuses every namespace that is written out, the own one too', async () => {
    const wrong: object[] = [];
    await askProvisioner(first(5_000), false, (set, real) => {
      const expected = set.claim.spec.dataSourceRef.namespace === undefined;
      const words = 'dataSourceRef namespace specified but the CrossNamespaceVolumeDataSource feature is disabled';
      if (real.provision !== expected || (!expected && real.reason !== words)) {
        wrong.push({ set, real });
      }
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});

describe('the rule reference-not-granted', () => {
  test('says of 100 000 sets of manifests what the code of the provisioner says, wherever the claim hides', async () => {
    const places = Object.entries(HIDING_PLACES);
    const tallies = new Map<string, Tally>(places.map(([place]) => [place, { granted: 0, refused: 0 }]));
    const disagreements: object[] = [];
    let heard = 0;
    await askProvisioner(first(100_000), true, (set, real) => {
      // The kinds of sets take turns as well: a full round of places for each of them.
      const [place, hide] = places[Math.floor(heard++ / KINDS_OF_SETS) % places.length];
      const { manifests, claimName } = hide(set);
      const findings = ruleFindings(manifests);
      const asking = { ...set.claim, metadata: { ...set.claim.metadata, name: claimName } };
      const agree = real.provision ? findings.length === 0 : findings.length === 1 && findings[0].startsWith(`${refusalOf(asking)}: `);
      if (!agree) disagreements.push({ place, set, findings, real });
      tallies.get(place)![real.provision ? 'granted' : 'refused']++;
    });
    console.log([...tallies].map(([place, { granted, refused }]) => `${granted} granted ${refused} refused  ${place}`).join('\n'));

    expect(disagreements.slice(0, 3)).toEqual([]);
    expect([...tallies.values()].reduce((sum, { granted }) => sum + granted, 0)).toBeGreaterThanOrEqual(30_000);
    for (const [place, { granted, refused }] of tallies)
      expect({ place, met: granted > 3000 && refused > 3000 }).toEqual({ place, met: true });
  });
});
