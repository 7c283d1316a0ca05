import { type ManifestSet, manifestSets } from '../agreement/manifest-sets';
import { Random } from '../agreement/random';
import type { ApiObject } from '../api/api-object';
import { cloneOf, grant, grantSpec, namespace } from '../manifests';
import { verdict } from '../predicate';
import { runningCluster } from '../running-cluster';
import { content, type Handover, localClaim } from './handed-over';
import { mustBecomeRefused, mustBeTaken, standingPolicies, WITHOUT_THE_GATE } from './standing-policies';

// Another seed, other grants: SEED=7 npm run test:cluster -- without-the-gate/agreement
const SEED = Number(process.env.SEED ?? 20261122);
const ROUNDS = 60;
const ASKED = 5;

// The namespaces of the random manifests, and names among theirs that a snapshot can have.
const NAMESPACES = ['prod', 'dev', 'prod-2', 'de', 'default'];
const NAMES = ['snap', 'snap-1', 'sna', 'data'];

const cluster = runningCluster(WITHOUT_THE_GATE);

/** Half of what is asked for besides is near the grants: it is granted often enough. */
function chosen(random: Random, grants: readonly ApiObject[]): Handover[] {
  return Array.from({ length: ASKED }, (_, index) => {
    const [source, target] = random.shuffled(NAMESPACES);
    const anyhow = { source, target, name: random.pick(NAMES) };
    if (index % 2 === 0 || grants.length === 0) return anyhow;
    const { metadata, spec } = random.pick(grants);
    const name = random.pick<{ name?: string }>(spec.to).name ?? anyhow.name;
    const near = { source: metadata.namespace!, target: random.pick<{ namespace: string }>(spec.from).namespace, name };
    return near.source !== near.target && NAMES.includes(name) ? near : anyhow;
  });
}

/** The sets about a snapshot of another namespace, with a name that a snapshot can have. */
function* aboutSnapshots(): Generator<ManifestSet> {
  for (const set of manifestSets(SEED)) {
    const { kind, name, namespace: source } = set.claim.spec.dataSourceRef;
    if (kind === 'VolumeSnapshot' && NAMES.includes(name) && source && source !== set.claim.metadata.namespace) yield set;
  }
}

/** What a set is about. */
function asked({ claim }: ManifestSet): Handover {
  const { name, namespace: source } = claim.spec.dataSourceRef;
  return { source, target: claim.metadata.namespace!, name };
}

/** The refusal of a content or claim that cannot be made, because its source does not exist; undefined where it was made. */
async function said(object: ApiObject): Promise<string | undefined> {
  return cluster()
    .api.create(object, 'dryRun=All')
    .then(
      () => undefined,
      (error: Error) => error.message,
    );
}

/**
 * Every grant made or deleted before is known once this one is: news of one kind arrive in the order in which they happened.
 */
async function grantsMustBeKnown(round: number): Promise<void> {
  const marker = { source: 'prod', target: 'dev', name: `marker-${round}` };
  await cluster().api.apply(grant('prod', marker.name, grantSpec('dev', marker.name)));
  await mustBecomeRefused(cluster(), content(marker), 'does not exist');
  await mustBeTaken(cluster(), localClaim(marker, 'marker'));
}

test('content and claim are granted exactly when the predicate says so, for random grants', async () => {
  await cluster().api.applyAll(NAMESPACES.map(namespace));
  await standingPolicies(cluster(), NAMESPACES);
  const random = new Random(SEED);
  const sets = aboutSnapshots();
  const disagreements: object[] = [];
  const tally = { granted: 0, refused: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const set = sets.next().value as ManifestSet;
    // Two namesakes are one object.
    const grants = [...new Map(set.grants.map((each) => [`${each.metadata.namespace}/${each.metadata.name}`, each])).values()];
    await cluster().api.applyAll(grants);
    await grantsMustBeKnown(round);
    for (const each of [...chosen(random, grants), asked(set)]) {
      const ours = verdict([cloneOf(each.source, each.name, each.target, 'clone'), ...grants]);
      const theirs = await said(content(each));
      const claims = await said(localClaim(each, 'clone'));
      const agree = ours
        ? theirs?.includes('does not exist') && claims === undefined
        : theirs?.includes(`isn't allowed`) && claims?.includes(`isn't allowed`);
      if (!agree) disagreements.push({ each, grants, ours, theirs, claims });
      tally[ours ? 'granted' : 'refused']++;
    }
    for (const each of grants) await cluster().api.delete(each);
  }
  expect(disagreements.slice(0, 3)).toEqual([]);
  expect(tally.granted + tally.refused).toBeGreaterThanOrEqual(ROUNDS * ASKED);
  expect(Math.min(tally.granted, tally.refused)).toBeGreaterThanOrEqual(20);
});
