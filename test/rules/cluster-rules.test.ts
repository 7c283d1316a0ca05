import { latestWarning } from '../../src/rules/cluster/claim-events';
import { dataSourceDropped } from '../../src/rules/cluster/data-source-dropped';
import { snapshotNotReady } from '../../src/rules/cluster/snapshot-not-ready';
import { ObjectSet } from '../../src/rules/object-set';
import { judgementsOf, type Rule } from '../../src/rules/rule';

const INTENT = 'cdk8s-snapshot-clone/data-source';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const SOURCE = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'mysql', namespace: 'prod' };
const MEANT = 'VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql';

const setOf = (...manifests: object[]) => new ObjectSet(manifests.map((manifest) => ({ manifest })));
/** What a rule says of each object that it has looked at; an empty text is no fault. */
const said = (rule: Rule, ...manifests: object[]) =>
  judgementsOf(rule, setOf(...manifests)).map(({ faults }) => faults.map(({ message }) => message).join());

const claim = (metadata: object = {}, spec: object = {}, phase: string | undefined = 'Bound') => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'dev', ...metadata },
  spec,
  status: { phase },
});

describe('a claim whose source was dropped', () => {
  const intent = { annotations: { [INTENT]: MEANT } };
  const applied = (ref: object) => ({ annotations: { [LAST_APPLIED]: JSON.stringify({ spec: { dataSourceRef: ref } }) } });
  const managed = (...fields: string[]) => ({
    managedFields: fields.map((field) => ({ manager: 'kubectl', fieldsV1: { 'f:spec': { [field]: {} } } })),
  });
  const empty = (place: string, source = MEANT) =>
    `claim dev/data is Bound and is to be filled from ${source} by its ${place}, but names no data source: its volume was made EMPTY`;

  test.each<[string, object, string]>([
    ['its intent', intent, empty(`annotation ${INTENT}`)],
    ['what kubectl applied', applied(SOURCE), empty(`annotation ${LAST_APPLIED}`)],
    ['who set the field', managed('f:dataSourceRef'), empty('managedFields', 'a source')],
    ['one of those who set fields', managed('f:resources', 'f:dataSourceRef'), empty('managedFields', 'a source')],
  ])('is known by %s', (_, metadata, message) => {
    expect(said(dataSourceDropped, claim(metadata))).toEqual([message]);
  });

  test('will be EMPTY if it is not bound, and is filled from something else if it names that', () => {
    expect(said(dataSourceDropped, claim(intent, {}, 'Pending'))[0]).toMatch(
      /^claim dev\/data is Pending .*: its volume will be made EMPTY$/,
    );
    expect(said(dataSourceDropped, claim(intent, { dataSourceRef: { ...SOURCE, name: 'other' } }))).toEqual([
      `claim dev/data is to be filled from ${MEANT} by its annotation ${INTENT}, but names VolumeSnapshot.snapshot.storage.k8s.io/prod/other: it does not hold the data that was meant`,
    ]);
  });

  test.each<[string, object, string[]]>([
    ['names what was meant', claim(intent, { dataSourceRef: SOURCE }), ['']],
    ['names a source that somebody has set', claim(managed('f:dataSourceRef'), { dataSourceRef: SOURCE }), []],
    ['names it in the old field', claim(managed('f:dataSourceRef'), { dataSource: SOURCE }), []],
    ['never had a source', claim(managed('f:resources')), []],
    ['had one, as far as can be read, in its own namespace', claim(applied({ ...SOURCE, namespace: 'dev' })), []],
    ['had one without a namespace', claim(applied({ kind: 'PersistentVolumeClaim', name: 'x' })), []],
    ['has an annotation that cannot be read', claim({ annotations: { [LAST_APPLIED]: '{' } }), []],
    ['is in no cluster yet', { ...claim(intent), status: undefined }, []],
  ])('is none that %s', (_, one, faults) => {
    expect(said(dataSourceDropped, one)).toEqual(faults);
  });

  test('is no template in a pod, which has a phase of its own', () => {
    const volumes = [{ name: 'tmp', ephemeral: { volumeClaimTemplate: { metadata: intent, spec: {} } } }];
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { containers: [], volumes }, status: { phase: 'Running' } };
    expect(said(dataSourceDropped, pod)).toEqual([]);
  });
});

describe('the events of a claim', () => {
  const event = (message: string, time: object, others: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: message, namespace: 'dev' },
    involvedObject: { kind: 'PersistentVolumeClaim', namespace: 'dev', name: 'data' },
    type: 'Warning',
    message,
    ...time,
    ...others,
  });
  const at = (minute: number) => ({ lastTimestamp: `2026-01-01T00:0${minute}:00Z` });
  const since = (minute: number) => ({ eventTime: `2026-01-01T00:0${minute}:00.000000Z` });
  const eventsOf = (...events: object[]) => {
    const set = setOf(claim(), ...events);
    return latestWarning(set, set.objects[0]);
  };

  test.each<[string, object[], string | undefined]>([
    ['the only one', [event('a', at(1))], 'a'],
    ['the last', [event('a', at(1)), event('b', at(2))], 'b'],
    ['the last, in whatever order they come', [event('b', at(2)), event('a', at(1))], 'b'],
    ['the second of two at one time', [event('a', at(1)), event('b', at(1))], 'b'],
    ['the last, also of the newer kind', [event('b', since(2)), event('a', since(1))], 'b'],
    ['the last of both kinds', [event('b', since(2)), event('a', at(1))], 'b'],
    ['the last by the time when it was seen last', [event('b', { ...at(3), ...since(1) }), event('a', at(2))], 'b'],
    ['the last warning, whatever is said after it', [event('a', at(1)), event('b', at(2), { type: 'Normal' })], 'a'],
    ['the last warning, whatever was said later and is heard before', [event('b', at(2), { type: 'Normal' }), event('a', at(1))], 'a'],
    ['none, if all is normal', [event('a', at(1), { type: 'Normal' })], undefined],
  ])('say what went wrong: %s', (_, events, warning) => {
    expect(eventsOf(...events)).toEqual({ known: true, warning });
  });

  test.each<[string, object]>([
    ['another claim', { kind: 'PersistentVolumeClaim', namespace: 'dev', name: 'other' }],
    ['a claim of another namespace', { kind: 'PersistentVolumeClaim', namespace: 'prod', name: 'data' }],
    ['a pod of its name', { kind: 'Pod', namespace: 'dev', name: 'data' }],
  ])('are not those of %s', (_, involvedObject) => {
    expect(eventsOf(event('a', at(1), { involvedObject }))).toStrictEqual({ known: false });
  });
});

describe('a claim waits', () => {
  const snapshot = (name: string, namespace: string, status: object = {}) => ({
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshot',
    metadata: { name, namespace },
    status,
  });
  const waiting = (ref: object = {}, phase = 'Pending') => claim({}, { dataSourceRef: { ...SOURCE, ...ref } }, phase);
  const waits = (namespace: string, name: string, why = 'it reports no error, it may only need time') =>
    `claim dev/data waits for VolumeSnapshot ${namespace}/${name}, which is not ready to use: ${why}`;
  const handedOver = 'snapshot-clone.prod.mysql';
  const own = { name: handedOver, namespace: 'dev' };

  test.each<[string, object[], string[]]>([
    ['for its snapshot', [waiting(), snapshot('mysql', 'prod')], [waits('prod', 'mysql')]],
    ['and says what failed', [waiting(), snapshot('mysql', 'prod', { error: { message: 'x' } })], [waits('prod', 'mysql', 'it failed: x')]],
    ['for no snapshot that is ready', [waiting(), snapshot('mysql', 'prod', { readyToUse: true })], ['']],
    ['for no snapshot that is not seen', [waiting()], []],
    ['for nothing if it is bound', [waiting({}, 'Bound'), snapshot('mysql', 'prod')], []],
    ['for a handed-over snapshot', [waiting(own), snapshot(handedOver, 'dev'), snapshot('mysql', 'prod')], [waits('dev', handedOver)]],
    ['for the original, where that is not seen', [waiting(own), snapshot('mysql', 'prod')], [waits('prod', 'mysql')]],
    ['for no content', [waiting({ kind: 'VolumeSnapshotContent' }), { ...snapshot('mysql', 'prod'), kind: 'VolumeSnapshotContent' }], []],
    ['for no claim', [waiting({ apiGroup: '', kind: 'PersistentVolumeClaim' }), claim({ name: 'mysql', namespace: 'prod' })], []],
    ['for no kind of its own', [waiting({ kind: 'Other' }), { ...snapshot('mysql', 'prod'), kind: 'Other' }], []],
  ])('%s', (_, manifests, faults) => {
    expect(said(snapshotNotReady, ...manifests)).toEqual(faults);
  });
});
