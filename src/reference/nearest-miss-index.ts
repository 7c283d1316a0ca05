import { fromMisses, type Grant, MAX_GRANT_ENTRIES } from './grant';
import { missOf, NEAR, type NearestMiss, precedes } from './nearest-miss';
import type { Reference } from './reference';

/** Stands for every value of a field. What is written in a grant looks otherwise, even where it is an asterisk. */
const ANY = '*';

/** With its length in front, no value can run into the next. */
function exactly(value: string): string {
  return `${value.length}:${value}`;
}

/** A grant with its place in the order by namespace and name. */
interface Ranked {
  readonly rank: number;
  readonly grant: Grant;
}

/** A value that a query fixes, or every value at the cost of one wrong field. */
interface Pattern {
  readonly cost: number;
  readonly key: string;
}

/**
 * Finds what `nearestMiss` finds without looking at all grants for each reference: thousands of claims that a mistake leaves without a grant
 * meet thousands of grants.
 *
 * A grant is kept under every pattern that it fits with one or two fields left open; under each pattern only the first grant by namespace
 * and name. Nothing else could be told.
 */
export class NearestMissIndex {
  /** By number of wrong fields. */
  private readonly first: readonly Map<string, Ranked>[] = Array.from({ length: NEAR + 1 }, () => new Map());

  constructor(grants: Iterable<Grant>) {
    const sorted = [...grants].sort((a, b) => (precedes(a, b) ? -1 : precedes(b, a) ? 1 : 0));
    for (const [rank, grant] of sorted.entries()) {
      // The API takes none of that size, and its patterns would be millions; another mistake is told of it.
      if (grant.from.length > MAX_GRANT_ENTRIES || grant.to.length > MAX_GRANT_ENTRIES) continue;
      for (const { cost, key } of patternsOf(grant)) {
        // In order: whoever is there already comes first.
        if (!this.first[cost].has(key)) this.first[cost].set(key, { rank, grant });
      }
    }
  }

  /** The nearest miss of a reference that no grant covers. */
  nearest(reference: Reference): NearestMiss | undefined {
    for (let distance = 1; distance <= NEAR; distance++) {
      let nearest: Ranked | undefined;
      for (const key of keysFor(reference)) {
        const found = this.first[distance].get(key);
        if (found && (!nearest || found.rank < nearest.rank)) nearest = found;
      }
      if (nearest) return missOf(nearest.grant, reference);
    }
    return undefined;
  }
}

function* patternsOf(grant: Grant): Generator<Pattern> {
  const places: Pattern[] = [
    { cost: 0, key: exactly(grant.namespace) },
    { cost: 1, key: ANY },
  ];
  const froms = distinct(grant.from.flatMap(fromPatterns));
  const tos = distinct(grant.to.flatMap(toPatterns));
  for (const place of places) {
    for (const from of froms) {
      for (const to of tos) {
        const cost = place.cost + from.cost + to.cost;
        if (cost > 0 && cost <= NEAR) yield { cost, key: `${place.key} ${from.key} ${to.key}` };
      }
    }
  }
}

function fromPatterns(from: Grant['from'][number]): Pattern[] {
  // Which claim asks changes nothing about group and kind: they are right or wrong for all.
  const cost = fromMisses(from, claimOf(from.namespace)).length;
  return [
    { cost, key: exactly(from.namespace) },
    { cost: cost + 1, key: ANY },
  ];
}

function toPatterns(to: Grant['to'][number]): Pattern[] {
  const name = to.name ? exactly(to.name) : ANY;
  return [true, false].flatMap((group) =>
    [true, false].flatMap((kind) =>
      [true, false].map((named) => ({
        cost: [group, kind, named].filter((fixed) => !fixed).length,
        key: toKey(group ? exactly(to.group) : ANY, kind ? exactly(to.kind) : ANY, named ? name : ANY),
      })),
    ),
  );
}

function* keysFor({ claim, source }: Reference): Generator<string> {
  for (const place of [exactly(source.namespace), ANY]) {
    for (const from of [exactly(claim.namespace), ANY]) {
      for (const group of [exactly(source.group), ANY]) {
        for (const kind of [exactly(source.kind), ANY]) {
          for (const name of [exactly(source.name), ANY]) yield `${place} ${from} ${toKey(group, kind, name)}`;
        }
      }
    }
  }
}

function toKey(group: string, kind: string, name: string): string {
  return `${group} ${kind} ${name}`;
}

function claimOf(namespace: string): Reference {
  return { claim: { namespace, name: '' }, source: { group: '', kind: '', namespace: '', name: '' } };
}

/** Each key once, at its lowest cost. */
function distinct(patterns: readonly Pattern[]): Pattern[] {
  const lowest = new Map<string, Pattern>();
  for (const pattern of patterns) {
    const known = lowest.get(pattern.key);
    if (pattern.cost <= NEAR && (!known || pattern.cost < known.cost)) lowest.set(pattern.key, pattern);
  }
  return [...lowest.values()];
}
