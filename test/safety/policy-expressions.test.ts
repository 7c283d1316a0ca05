import { App, Chart } from 'cdk8s';
import { CloneGuard, PreProvisionedSnapshotPolicies, StorageController } from '../../src';
import { type Manifest, render } from '../manifests';
import { evaluate, type Question } from './evaluate';

/*
 * Each condition and validation is evaluated here once so that it holds, and once so that it does not. What only the API server can
 * evaluate are the mutations: Object{...} and JSONPatch{...} are types of its own.
 */

const LABEL = 'cdk8s-snapshot-clone/source-namespace';
const INTENT = 'cdk8s-snapshot-clone/data-source';
const GRANTED_BY = 'cdk8s-snapshot-clone/granted-by';
const SOURCE_UID = 'cdk8s-snapshot-clone/source-uid';
const WANTED = 'VolumeSnapshot.snapshot.storage.k8s.io/prod/my.sql';
const CONTROLLER = 'system:serviceaccount:kube-system:snapshot-controller';

function policies(): Map<string, Manifest> {
  const chart = new Chart(new App(), 'platform');
  new PreProvisionedSnapshotPolicies(chart, 'policies', {
    sourceNamespaces: ['prod', 'stage'],
    storageControllers: [StorageController.user(CONTROLLER)],
    rewriteClaims: new CloneGuard(chart, 'guard', { recordIntent: true }),
    keepSources: true,
  });
  const found = render(App.of(chart) as App).filter(({ kind }) => kind.endsWith('Policy'));
  const named = found.filter(({ metadata }) => metadata.name.startsWith('pre-provisioned-snapshots-'));
  return new Map(named.map((each) => [each.metadata.name.slice('pre-provisioned-snapshots-'.length), each]));
}

const POLICIES = policies();

/** A deep change: objects are merged, undefined takes away. */
// biome-ignore lint/suspicious/noExplicitAny: what is merged has no static type
function change(base: any, by: any): any {
  if (by === null || typeof by !== 'object' || Array.isArray(by) || Array.isArray(base) || base === null || typeof base !== 'object')
    return by;
  const keys = new Set([...Object.keys(base), ...Object.keys(by)]);
  return Object.fromEntries([...keys].map((key) => [key, key in by ? (key in base ? change(base[key], by[key]) : by[key]) : base[key]]));
}

const sent = (fields: object) => [{ manager: 'kubectl', fieldsV1: fields }];

const CONTENT = {
  metadata: {
    name: 'snapshot-clone.dev.prod.my.sql',
    labels: { [LABEL]: 'prod' },
    annotations: { [INTENT]: WANTED, [GRANTED_BY]: 'prod/dev', [SOURCE_UID]: 'uid-1' },
    managedFields: sent({ 'f:metadata': { 'f:annotations': { [`f:${INTENT}`]: {} } }, 'f:spec': { 'f:source': {} } }),
  },
  spec: {
    driver: 'csi',
    deletionPolicy: 'Retain',
    source: { snapshotHandle: 'handle' },
    volumeSnapshotRef: { namespace: 'dev', name: 'snapshot-clone.prod.my.sql', uid: 'uid-2' },
  },
  status: { snapshotHandle: 'handle' },
};

const REF = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'snapshot-clone.prod.my.sql' };
const CLAIM = {
  metadata: {
    name: 'clone',
    annotations: { [INTENT]: WANTED, [GRANTED_BY]: 'prod/dev', [SOURCE_UID]: 'uid-1' },
    managedFields: sent({ 'f:spec': {} }),
  },
  spec: { dataSource: REF, dataSourceRef: REF },
};

const GRANT = {
  metadata: { namespace: 'prod', name: 'dev' },
  spec: {
    from: [{ group: '', kind: 'PersistentVolumeClaim', namespace: 'dev' }],
    to: [{ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'my.sql' }],
  },
};

const request = (by: object = {}) => ({ operation: 'CREATE', namespace: 'dev', subResource: '', userInfo: { username: 'admin' }, ...by });

type See = Record<string, unknown>;

const bare = (object: object) => change(object, { metadata: { annotations: { [GRANTED_BY]: undefined, [SOURCE_UID]: undefined } } });
const emptied = (object: object) => change(bare(object), { spec: { source: { snapshotHandle: undefined }, driver: undefined } });

/** One expression of a policy: where it stands, what makes it hold, and everything that makes it not hold. */
interface Case {
  readonly policy: string;
  readonly at: 'matchConditions' | 'validations';
  readonly index: number;
  readonly holds: readonly See[];
  readonly fails: readonly See[];
}

const created = (object: unknown, by: object = {}) => ({ request: request(by), object, oldObject: null });
const updated = (object: unknown, oldObject: unknown = CONTENT) => ({ request: request({ operation: 'UPDATE' }), object, oldObject });
const NEW = change(CONTENT, { spec: { volumeSnapshotRef: { uid: undefined } } });
const UNFILLED = change(NEW, {
  spec: { driver: 'cdk8s-snapshot-clone.unfilled', source: { snapshotHandle: 'cdk8s-snapshot-clone.unfilled' } },
});
const made = (by: object) => created(change(NEW, by));
const changed = (by: object) => updated(change(CONTENT, by));

const DYNAMIC = { metadata: { name: 'snapcontent-1' }, spec: { ...CONTENT.spec, deletionPolicy: 'Delete' } };
const SNAPSHOT = { metadata: { namespace: 'prod', name: 'my.sql', uid: 'uid-1' }, status: { readyToUse: true } };
const SOURCE_CONTENT = {
  metadata: { name: 'snapcontent-2' },
  spec: { driver: 'csi', source: { volumeHandle: 'v' }, volumeSnapshotRef: { namespace: 'prod', name: 'my.sql', uid: 'uid-1' } },
  status: { snapshotHandle: 'handle' },
};
const fill = (by: object, params: object = SOURCE_CONTENT) => ({ ...created(change(emptied(CONTENT), by)), params });
const source = (params: object) => ({ ...created(emptied(CONTENT)), params: change(SNAPSHOT, params) });
const claimGrant = (object: object, params: object = GRANT) => ({ ...created(object), params });
const claimSource = (object: unknown, by: object = {}) => ({ ...created(object), params: change(SNAPSHOT, { metadata: by }) });
const claimContent = (annotations: object, params: object = {}) => ({
  ...created(change(CLAIM, { metadata: { annotations } })),
  params: change(CONTENT, params),
});
const to = (...entries: object[]) => ({ ...GRANT, spec: { ...GRANT.spec, to: entries } });
const from = (by: object) => ({ ...GRANT, spec: { ...GRANT.spec, from: [{ ...GRANT.spec.from[0], ...by }] } });
const named = (name: string) => change(CLAIM, { spec: { dataSource: { name }, dataSourceRef: { name } } });
const [TO] = GRANT.spec.to;
const crossing = (by: object = {}) => ({
  metadata: { name: 'foreign' },
  spec: { dataSourceRef: { ...REF, name: 'mysql', namespace: 'prod', ...by } },
});
const reserved = (by: object) => created({ metadata: { name: 'snapshot-clone.prod.sql' }, spec: { source: by } });

const grantedContent = { ...created(emptied(CONTENT)), params: GRANT };
const withGrant = (params: object) => ({ ...grantedContent, params });

const CASES: readonly Case[] = [
  {
    policy: 'guard',
    at: 'matchConditions',
    index: 0,
    holds: [made({}), made({ metadata: { name: 'own' } }), created(CONTENT, { userInfo: { username: CONTROLLER } })],
    fails: [
      created(DYNAMIC, { userInfo: { username: CONTROLLER } }),
      created(CONTENT, { operation: 'UPDATE', userInfo: { username: CONTROLLER } }),
    ],
  },
  { policy: 'guard', at: 'validations', index: 0, holds: [made({}), updated(DYNAMIC, DYNAMIC)], fails: [created(DYNAMIC)] },
  {
    policy: 'guard',
    at: 'validations',
    index: 1,
    holds: [made({})],
    fails: [
      made({ metadata: { name: 'snapshot-clone.dev.prod.mysql' } }),
      made({ metadata: { labels: undefined } }),
      made({ metadata: { labels: { [LABEL]: 'stage' } } }),
      made({ metadata: { annotations: undefined } }),
      made({ metadata: { annotations: { [INTENT]: 'VolumeSnapshot.snapshot.storage.k8s.io/prod/other' } } }),
      made({ metadata: { annotations: { [INTENT]: 'PersistentVolumeClaim/prod/my.sql' } } }),
      made({ spec: { volumeSnapshotRef: { name: 'innocent' } } }),
      made({ spec: { volumeSnapshotRef: { namespace: 'evil' } } }),
      made({ spec: { volumeSnapshotRef: { namespace: undefined } } }),
    ],
  },
  {
    policy: 'guard',
    at: 'validations',
    index: 2,
    holds: [made({})],
    fails: [made({ metadata: { labels: { [LABEL]: 'secret' } } })],
  },
  {
    policy: 'guard',
    at: 'validations',
    index: 3,
    holds: [made({})],
    fails: [made({ metadata: { annotations: { [INTENT]: 'VolumeSnapshot.snapshot.storage.k8s.io/prod/snapshot-clone.a.b' } } })],
  },
  {
    policy: 'guard',
    at: 'validations',
    index: 4,
    holds: [made({})],
    fails: [
      ...['f:snapshotHandle', 'f:volumeHandle'].map((field) =>
        made({ metadata: { managedFields: sent({ 'f:spec': { 'f:source': { [field]: {} } } }) } }),
      ),
      made({ metadata: { managedFields: sent({ 'f:spec': { 'f:sourceVolumeMode': {} } }) } }),
      made({ metadata: { managedFields: undefined } }),
      made({ metadata: { managedFields: [] } }),
    ],
  },
  {
    policy: 'guard',
    at: 'validations',
    index: 5,
    holds: [made({})],
    fails: [made({ spec: { volumeSnapshotRef: { uid: 'uid-2' } } }), made({ spec: { volumeSnapshotClassName: 'csi' } })],
  },
  {
    policy: 'guard',
    at: 'validations',
    index: 6,
    holds: [made({})],
    fails: [GRANTED_BY, SOURCE_UID].map((key) =>
      made({ metadata: { managedFields: sent({ 'f:metadata': { 'f:annotations': { [`f:${key}`]: {} } } }) } }),
    ),
  },
  {
    policy: 'guard',
    at: 'validations',
    index: 7,
    holds: [made({})],
    fails: [made({ metadata: { annotations: { 'snapshot.storage.kubernetes.io/allow-volume-mode-change': 'true' } } })],
  },
  { policy: 'guard', at: 'validations', index: 8, holds: [made({})], fails: [created(bare(CONTENT))] },
  {
    policy: 'guard',
    at: 'validations',
    index: 9,
    holds: [made({})],
    fails: [
      made({ metadata: { annotations: { [SOURCE_UID]: undefined } } }),
      made({ spec: { driver: 'cdk8s-snapshot-clone.unfilled' } }),
      made({ spec: { source: { snapshotHandle: 'cdk8s-snapshot-clone.unfilled' } } }),
      made({ spec: { source: { snapshotHandle: undefined } } }),
    ],
  },
  {
    policy: 'guard',
    at: 'validations',
    index: 10,
    holds: [
      made({ spec: { driver: 'cdk8s-snapshot-clone.unfilled' } }),
      changed({}),
      updated(change(UNFILLED, { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }), UNFILLED),
      updated(SOURCE_CONTENT, SOURCE_CONTENT),
    ],
    fails: [
      updated(UNFILLED, UNFILLED),
      updated(change(UNFILLED, { spec: { driver: 'csi' } }), change(UNFILLED, { spec: { driver: 'csi' } })),
    ],
  },
  {
    policy: 'guard',
    at: 'validations',
    index: 11,
    holds: [made({}), changed({}), updated(DYNAMIC, DYNAMIC)],
    fails: [
      changed({ status: { snapshotHandle: 'stolen' } }),
      changed({ status: undefined }),
      updated(CONTENT, { ...CONTENT, status: {} }),
    ],
  },
  {
    policy: 'guard',
    at: 'validations',
    index: 12,
    holds: [made({}), changed({}), updated(CONTENT, change(CONTENT, { spec: { volumeSnapshotRef: { uid: undefined } } }))],
    fails: [
      changed({ spec: { driver: 'other' } }),
      changed({ spec: { volumeSnapshotRef: { name: 'other' } } }),
      changed({ spec: { volumeSnapshotRef: { namespace: 'other' } } }),
      changed({ spec: { volumeSnapshotRef: { uid: 'other' } } }),
      changed({ spec: { volumeSnapshotRef: { uid: undefined } } }),
    ],
  },
  {
    policy: 'guard',
    at: 'validations',
    index: 13,
    holds: [
      made({}),
      changed({ metadata: { annotations: { 'a.tool/x': 'y' }, labels: { tool: 'x' } } }),
      updated({ ...DYNAMIC, metadata: { name: 'x', labels: { [LABEL]: 'x' } } }, DYNAMIC),
    ],
    fails: [
      changed({ metadata: { annotations: { [INTENT]: 'other' } } }),
      changed({ metadata: { annotations: { [GRANTED_BY]: undefined } } }),
      changed({ metadata: { annotations: { 'cdk8s-snapshot-clone/new': 'x' } } }),
      changed({ metadata: { annotations: { 'snapshot.storage.kubernetes.io/new': 'x' } } }),
      changed({ metadata: { labels: { [LABEL]: 'stage' } } }),
      changed({ metadata: { labels: undefined } }),
      changed({ spec: { sourceVolumeMode: 'Block' } }),
    ],
  },
  {
    policy: 'guard',
    at: 'validations',
    index: 14,
    holds: [made({}), updated(DYNAMIC, DYNAMIC)],
    fails: [changed({ spec: { deletionPolicy: 'Delete' } })],
  },
  {
    policy: 'group-guard',
    at: 'matchConditions',
    index: 0,
    holds: [made({}), created({}, { operation: 'UPDATE', subResource: 'status' })],
    fails: [created({}, { operation: 'UPDATE' })],
  },
  {
    policy: 'group-guard',
    at: 'validations',
    index: 0,
    holds: [created({}, { userInfo: { username: CONTROLLER } })],
    fails: [created({})],
  },
  {
    policy: 'reserved-names',
    at: 'matchConditions',
    index: 0,
    holds: [reserved({})],
    fails: [created({ metadata: { name: 'snapshot-clone' } })],
  },
  {
    policy: 'reserved-names',
    at: 'validations',
    index: 0,
    holds: [reserved({ volumeSnapshotContentName: 'snapshot-clone.dev.prod.sql' })],
    fails: [
      reserved({ persistentVolumeClaimName: 'data' }),
      reserved({ volumeSnapshotContentName: 'snapcontent-1' }),
      reserved({ volumeSnapshotContentName: 'snapshot-clone.other.prod.sql' }),
    ],
  },
  {
    policy: 'kept-sources',
    at: 'validations',
    index: 0,
    holds: [
      { oldObject: SNAPSHOT, params: DYNAMIC },
      { oldObject: change(SNAPSHOT, { metadata: { name: 'other' } }), params: CONTENT },
      { oldObject: SNAPSHOT, params: change(CONTENT, { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }) },
    ],
    fails: [{ oldObject: SNAPSHOT, params: CONTENT }],
  },
  {
    policy: 'carry',
    at: 'matchConditions',
    index: 0,
    holds: [changed({ spec: { volumeSnapshotRef: { uid: undefined } } })],
    fails: [
      changed({}),
      changed({ spec: { volumeSnapshotRef: { uid: undefined, name: 'other' } } }),
      changed({ spec: { volumeSnapshotRef: { uid: undefined, namespace: 'other' } } }),
      changed({ metadata: { name: 'own' }, spec: { volumeSnapshotRef: { uid: undefined } } }),
    ],
  },
  {
    policy: 'placeholder',
    at: 'matchConditions',
    index: 0,
    holds: [created(emptied(CONTENT)), made({ spec: { driver: undefined } }), made({ spec: { source: { snapshotHandle: undefined } } })],
    fails: [made({}), made({ spec: { source: { snapshotHandle: undefined, volumeHandle: 'v' } } })],
  },
  {
    policy: 'source',
    at: 'matchConditions',
    index: 0,
    holds: [source({})],
    fails: [
      source({ metadata: { name: 'other' } }),
      source({ metadata: { namespace: 'stage' } }),
      source({ metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }),
      source({ status: { readyToUse: false } }),
      source({ status: { readyToUse: undefined } }),
      source({ status: undefined }),
    ],
  },
  {
    policy: 'fill',
    at: 'matchConditions',
    index: 0,
    holds: [fill({}), fill({ spec: { source: { snapshotHandle: 'sent' } } })],
    fails: [
      fill({ metadata: { labels: { [LABEL]: 'stage' } } }),
      fill({ metadata: { annotations: { [INTENT]: 'other' } } }),
      fill({ spec: { source: { volumeHandle: 'v' } } }),
      fill({}, { ...SOURCE_CONTENT, status: {} }),
      fill({}, { ...SOURCE_CONTENT, status: undefined }),
    ],
  },
  {
    policy: 'grant',
    at: 'matchConditions',
    index: 0,
    holds: [
      grantedContent,
      withGrant(to({ ...TO, name: undefined })),
      withGrant(to({ ...TO, name: '' })),
      withGrant(to({ ...TO, name: 'other' }, TO)),
    ],
    fails: [
      withGrant(to({ ...TO, name: 'other' })),
      withGrant(to({ ...TO, kind: 'volumesnapshot' })),
      withGrant(to({ ...TO, group: '' })),
      withGrant(from({ group: 'core' })),
      withGrant(from({ kind: 'persistentvolumeclaim' })),
      withGrant(from({ namespace: 'de' })),
      withGrant(change(GRANT, { metadata: { namespace: 'stage' } })),
    ],
  },
  {
    policy: 'claim-grant',
    at: 'matchConditions',
    index: 0,
    holds: [
      claimGrant(CLAIM),
      claimGrant(change(CLAIM, { spec: { dataSource: undefined } })),
      claimGrant(change(CLAIM, { spec: { dataSourceRef: undefined } })),
      claimGrant(crossing(), to({ ...TO, name: 'mysql' })),
      claimGrant(crossing(), to({ ...TO, name: undefined })),
      claimGrant(change(CLAIM, { spec: { dataSource: { kind: 'PersistentVolumeClaim', name: 'snapshot-clone.stage.sql' } } })),
      claimGrant(CLAIM, to({ ...TO, name: undefined })),
      claimGrant(CLAIM, to({ ...TO, name: '' })),
    ],
    fails: [
      claimGrant(CLAIM, to({ ...TO, name: 'my' })),
      claimGrant(CLAIM, from({ namespace: 'evil' })),
      claimGrant(CLAIM, change(GRANT, { metadata: { namespace: 'pro' } })),
      claimGrant(named('snapshot-clone.prod2.my.sql'), to({ ...TO, name: undefined })),
      claimGrant(named('prod.my.sql')),
      claimGrant(crossing({ namespace: 'stage' }), to({ ...TO, name: 'mysql' })),
      claimGrant(crossing({ name: 'my.sql', namespace: 'secret' })),
      claimGrant(change(CLAIM, { spec: { dataSource: { name: 'snapshot-clone.prod.secret' } } })),
      claimGrant(change(CLAIM, { spec: { dataSource: { kind: 'PersistentVolumeClaim' }, dataSourceRef: undefined } })),
      claimGrant({ metadata: { name: 'plain' }, spec: {} }),
    ],
  },
  {
    policy: 'claim-guard',
    at: 'matchConditions',
    index: 0,
    holds: [created(CLAIM), created(change(CLAIM, { spec: { dataSource: undefined } }))],
    fails: [created(named('own')), created({ metadata: { name: 'plain' }, spec: {} }), created(crossing())],
  },
  {
    policy: 'claim-guard',
    at: 'validations',
    index: 0,
    holds: [created(CLAIM)],
    fails: [created(change(CLAIM, { spec: { dataSource: undefined, dataSourceRef: { namespace: 'other' } } }))],
  },
  {
    policy: 'claim-guard',
    at: 'validations',
    index: 1,
    holds: [created(CLAIM), created(change(CLAIM, { metadata: { annotations: undefined } }))],
    fails: [created(change(CLAIM, { metadata: { annotations: { [INTENT]: 'other' } } })), created(named('snapshot-clone.prod.sql'))],
  },
  {
    policy: 'claim-guard',
    at: 'validations',
    index: 2,
    holds: [created(CLAIM), created(change(CLAIM, { spec: { volumeName: '', storageClassName: 'csi' } }))],
    fails: [created(change(CLAIM, { spec: { volumeName: 'pv' } })), created(change(CLAIM, { spec: { storageClassName: '' } }))],
  },
  {
    policy: 'claim-guard',
    at: 'validations',
    index: 3,
    holds: [created(CLAIM)],
    fails: [
      ...[GRANTED_BY, SOURCE_UID].map((key) =>
        created(change(CLAIM, { metadata: { managedFields: sent({ 'f:metadata': { 'f:annotations': { [`f:${key}`]: {} } } }) } })),
      ),
      created(change(CLAIM, { metadata: { managedFields: undefined } })),
    ],
  },
  {
    policy: 'claim-guard',
    at: 'validations',
    index: 4,
    holds: [created(CLAIM)],
    fails: [
      created(bare(CLAIM)),
      created(change(CLAIM, { metadata: { annotations: undefined } })),
      created(change(CLAIM, { metadata: { annotations: { [GRANTED_BY]: 'stage/dev' } } })),
      created(change(CLAIM, { metadata: { annotations: { [GRANTED_BY]: 'pro/dev' } } })),
      created(change(named('snapshot-clone.secret.sql'), { metadata: { annotations: { [GRANTED_BY]: 'secret/dev' } } })),
    ],
  },
  {
    policy: 'claim-source',
    at: 'matchConditions',
    index: 0,
    holds: [claimSource(CLAIM), claimSource(crossing({ name: 'my.sql' })), claimSource(change(CLAIM, { spec: { dataSource: undefined } }))],
    fails: [
      claimSource(CLAIM, { name: 'my' }),
      claimSource(CLAIM, { namespace: 'stage' }),
      claimSource(named('own')),
      claimSource(crossing()),
      claimSource({ metadata: { name: 'plain' }, spec: {} }),
    ],
  },
  {
    policy: 'claim-content',
    at: 'matchConditions',
    index: 0,
    holds: [created(CLAIM)],
    fails: [created(named('own')), created({ metadata: { name: 'plain' }, spec: {} })],
  },
  {
    policy: 'claim-content',
    at: 'validations',
    index: 0,
    holds: [
      claimContent({}),
      claimContent({ [SOURCE_UID]: 'new' }, { metadata: { name: 'snapshot-clone.test.prod.my.sql' } }),
      claimContent({ [SOURCE_UID]: 'new' }, { metadata: { name: 'snapshot-clone.dev.prod.my' } }),
    ],
    fails: [
      claimContent({ [SOURCE_UID]: 'new' }),
      claimContent({ [SOURCE_UID]: undefined }),
      claimContent({ [SOURCE_UID]: undefined }, { metadata: { annotations: { [SOURCE_UID]: undefined } } }),
      claimContent({}, { metadata: { annotations: undefined } }),
    ],
  },
  {
    policy: 'rewrite',
    at: 'matchConditions',
    index: 0,
    holds: [
      created(crossing()),
      created(crossing({ namespace: 'stage' })),
      created(change(crossing(), { spec: { dataSource: { ...REF, name: 'snapshot-clone.prod.mysql' } } })),
    ],
    fails: [
      created(crossing({ namespace: 'secret' })),
      created(crossing({ namespace: '' })),
      created(crossing({ kind: 'PersistentVolumeClaim' })),
      created(crossing({ apiGroup: undefined })),
      created(crossing({ name: 'snapshot-clone.a.b' })),
      { ...created(crossing()), request: request({ namespace: 'prod' }) },
      created(change(crossing(), { spec: { dataSource: REF } })),
      created({ metadata: { name: 'plain' }, spec: {} }),
    ],
  },
  {
    policy: 'rewrite',
    at: 'matchConditions',
    index: 1,
    holds: [created(crossing()), updated(crossing(), named('snapshot-clone.prod.mysql'))],
    fails: [
      updated(crossing(), crossing()),
      updated(crossing(), { metadata: { name: 'empty' }, spec: {} }),
      updated(crossing(), named('snapshot-clone.prod.other')),
      updated(crossing(), crossing({ name: 'snapshot-clone.prod.mysql', namespace: 'prod' })),
    ],
  },
];

const titled = CASES.map((each) => [`${each.policy} ${each.at}[${each.index}]`, each] as const);
const answers = new Map<Case, { holds: unknown[]; fails: unknown[] }>();

/** A key without a value is an absent one. */
function defined(see: See): See {
  return JSON.parse(JSON.stringify(see));
}

// One process for all of them: starting it takes longer than all answers.
beforeAll(() => {
  const ask = ({ policy: name, at, index }: Case, see: See): Question => {
    const { spec } = POLICIES.get(name)!;
    return { expression: spec[at][index].expression, variables: at === 'validations' ? spec.variables : [], see: defined(see) };
  };
  const all = evaluate(CASES.flatMap((each) => [...each.holds, ...each.fails].map((see) => ask(each, see))));
  for (const each of CASES) {
    answers.set(each, { holds: all.splice(0, each.holds.length), fails: all.splice(0, each.fails.length) });
  }
});

test.each(titled)('%s holds and does not hold', (_, each) => {
  expect(answers.get(each)).toEqual({ holds: each.holds.map(() => true), fails: each.fails.map(() => false) });
});

test('no condition and no validation is left out', () => {
  const all = [...POLICIES].flatMap(([name, { spec }]) =>
    (['matchConditions', 'validations'] as const).flatMap((at) =>
      (spec[at] ?? []).map((_: unknown, index: number) => `${name} ${at}[${index}]`),
    ),
  );
  expect(titled.map(([title]) => title).sort()).toEqual(all.sort());
});

test('every refusal has a text', () => {
  const questions = [...POLICIES].flatMap(([name, { spec }]) =>
    (spec.validations ?? []).map(({ messageExpression }: { messageExpression: string }) => {
      const object = name.startsWith('claim') ? CLAIM : CONTENT;
      const oldObject = name === 'kept-sources' ? SNAPSHOT : CONTENT;
      return { expression: messageExpression, variables: spec.variables, see: defined({ ...updated(object, oldObject), params: CONTENT }) };
    }),
  );
  for (const message of evaluate(questions))
    expect(message).toMatch(/^(VolumeSnapshot|PersistentVolumeClaim|VolumeGroup|accessing|status)/);
});
