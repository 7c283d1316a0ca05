import type { ApiObject, Json } from '../api/api-object';
import { claim, type GrantSpec, grant } from '../manifests';
import { Random } from './random';

/** A claim and all grants around it, and how it came about. */
export interface ManifestSet {
  readonly kind: string;
  readonly claim: ApiObject;
  readonly grants: readonly ApiObject[];
}

// Few words, so that they meet often; among them the near ones that people write by mistake.
const NAMESPACES = ['prod', 'dev', 'prod-2', 'de', 'default'];
const NAMES = ['snap', 'snap-1', 'sna', 'data', 'VolumeSnapshot'];
const GROUPS = ['', 'core', 'snapshot.storage.k8s.io', 'snapshot.storage', 'gateway.networking.k8s.io'];
const KINDS = ['PersistentVolumeClaim', 'VolumeSnapshot', 'persistentvolumeclaim', 'Volumesnapshot', 'VolumeSnapshotContent', 'Pod'];

const SOURCES = [
  { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' },
  { apiGroup: '', kind: 'PersistentVolumeClaim' },
  { kind: 'PersistentVolumeClaim' },
];

/** One reference across namespaces, and the grant that is right for it. */
interface Situation {
  readonly random: Random;
  readonly prod: string;
  readonly dev: string;
  readonly right: GrantSpec;
}

type Recipe = (situation: Situation) => readonly ApiObject[];

/** Sets that are right: `granted` whatever else is in them. */
export const GRANTED: Readonly<Partial<Record<string, Recipe>>> = {
  exact: ({ prod, right }) => [grant(prod, 'right', right)],
  'every name': ({ prod, right }) => [grant(prod, 'right', withTo(right, { name: undefined }))],
  'one of several entries': ({ random, prod, right }) => {
    const others = noiseSpec(random);
    return [
      grant(prod, 'right', { from: random.shuffled([...right.from, ...others.from]), to: random.shuffled([...right.to, ...others.to]) }),
    ];
  },
  'one of several grants': ({ random, prod, right }) => [
    grant(prod, 'near', withFrom(right, { namespace: other(random, NAMESPACES, right.from[0].namespace) })),
    grant(prod, 'right', right),
  ],
};

/** Sets with exactly one thing wrong. */
export const NEAR_MISSES: Readonly<Partial<Record<string, Recipe>>> = {
  'no grant': () => [],
  'from.group': ({ random, prod, right }) => [grant(prod, 'near', withFrom(right, { group: other(random, GROUPS, right.from[0].group) }))],
  'from.kind': ({ random, prod, right }) => [grant(prod, 'near', withFrom(right, { kind: other(random, KINDS, right.from[0].kind) }))],
  'from.namespace': ({ random, prod, right }) => [
    grant(prod, 'near', withFrom(right, { namespace: other(random, NAMESPACES, right.from[0].namespace) })),
  ],
  'to.group': ({ random, prod, right }) => [grant(prod, 'near', withTo(right, { group: other(random, GROUPS, right.to[0].group) }))],
  'to.kind': ({ random, prod, right }) => [grant(prod, 'near', withTo(right, { kind: other(random, KINDS, right.to[0].kind) }))],
  'to.name': ({ random, prod, right }) => [grant(prod, 'near', withTo(right, { name: other(random, NAMES, right.to[0].name) }))],
  'grant in the namespace of the claim': ({ dev, right }) => [grant(dev, 'near', right)],
  'grant in a third namespace': ({ prod, dev, right, random }) => [
    grant(random.pick(NAMESPACES.filter((each) => each !== prod && each !== dev)), 'near', right),
  ],
  'from and to in two grants': ({ random, prod, right }) => [
    grant(prod, 'from', withTo(right, { name: other(random, NAMES, right.to[0].name) })),
    grant(prod, 'to', withFrom(right, { namespace: other(random, NAMESPACES, right.from[0].namespace) })),
  ],
  'the other direction': ({ prod, dev, right }) => [grant(dev, 'near', withFrom(right, { namespace: prod }))],
};

/** Sets whose claim stays in its namespace: nobody asks for a grant. */
export const OWN_NAMESPACE = ['own namespace written out', 'no namespace'];

/** Grants in which every field is more often right than wrong: as a whole they fit or do not, and nobody planned which. */
export const ACCIDENT = 'accident';

const KIND_NAMES = [...Object.keys(GRANTED), ...Object.keys(NEAR_MISSES), ...OWN_NAMESPACE, ACCIDENT];

/** An endless row of sets, always the same for the same seed; every kind has its turn. */
export function* manifestSets(seed: number): Generator<ManifestSet> {
  const random = new Random(seed);
  for (;;) {
    for (const kind of KIND_NAMES) {
      yield manifestSet(random, kind);
    }
  }
}

function manifestSet(random: Random, kind: string): ManifestSet {
  const [prod, dev] = random.shuffled(NAMESPACES);
  const source = random.pick(SOURCES);
  const name = random.pick(NAMES);
  const own = OWN_NAMESPACE.includes(kind);
  const namespace = kind === 'no namespace' ? undefined : own ? dev : prod;
  const asking = claim(dev, random.pick(NAMES), { dataSourceRef: { ...source, name, namespace } });
  const right: GrantSpec = {
    from: [{ group: '', kind: 'PersistentVolumeClaim', namespace: dev }],
    to: [{ group: source.apiGroup ?? '', kind: source.kind, name }],
  };
  const situation = { random, prod, dev, right };
  const recipe = kind === ACCIDENT ? accident : (GRANTED[kind] ?? NEAR_MISSES[kind]);
  const grants = recipe?.(situation) ?? [];
  return { kind, claim: asking, grants: random.shuffled([...grants, ...noise(random)]) };
}

function accident({ random, prod, right }: Situation): ApiObject[] {
  const [from] = right.from;
  const [to] = right.to;
  const mostly = <T>(value: T, choices: readonly T[]) => (random.below(4) > 0 ? value : random.pick(choices));
  return Array.from({ length: 1 + random.below(3) }, (_, index) =>
    grant(mostly(prod, NAMESPACES), `accident-${index}`, {
      from: some(random, () => ({
        group: mostly(from.group, GROUPS),
        kind: mostly(from.kind, KINDS),
        namespace: mostly(from.namespace, NAMESPACES),
      })),
      to: some(random, () => ({
        group: mostly(to.group, GROUPS),
        kind: mostly(to.kind, KINDS),
        name: mostly(to.name, [...NAMES, undefined]),
      })),
    }),
  );
}

/** Up to two grants about other things; very seldom, one of them fits. */
function noise(random: Random): ApiObject[] {
  return Array.from({ length: random.below(3) }, (_, index) => grant(random.pick(NAMESPACES), `noise-${index}`, noiseSpec(random)));
}

function noiseSpec(random: Random): GrantSpec {
  return {
    from: some(random, () => ({ group: random.pick(GROUPS), kind: random.pick(KINDS), namespace: random.pick(NAMESPACES) })),
    to: some(random, () => ({ group: random.pick(GROUPS), kind: random.pick(KINDS), name: random.pick([...NAMES, undefined]) })),
  };
}

function some<T>(random: Random, make: () => T): T[] {
  return Array.from({ length: 1 + random.below(3) }, make);
}

function withFrom(right: GrantSpec, change: Json): GrantSpec {
  return { ...right, from: [{ ...right.from[0], ...change }] };
}

function withTo(right: GrantSpec, change: Json): GrantSpec {
  return { ...right, to: [{ ...right.to[0], ...change }] };
}

function other<T>(random: Random, choices: readonly T[], than: T): T {
  return random.pick(choices.filter((each) => each !== than));
}
