import { GRANTED_BY_ANNOTATION, SOURCE_NAMESPACE_LABEL, SOURCE_UID_ANNOTATION } from '../reference/pre-provisioned';
import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import { type AdmissionPolicy, applyConfiguration, everyParam, matching } from './admission-policy';
import { all, annotated, any, entryOf, text } from './cel';
import {
  GRANT_PARAM,
  grantsFrom,
  grantsTo,
  intent,
  isHandedOver,
  LABELLED_NAMESPACE,
  nameInIntent,
  SOURCE_UID,
  STAMP_GRANT,
  WANTED,
} from './handed-over';

export const SNAPSHOT_API = `${SNAPSHOT_GROUP}/v1`;
export const CONTENT_PARAM = { apiVersion: SNAPSHOT_API, kind: 'VolumeSnapshotContent' };

/** Stands where nothing has filled a content: no driver is called so, and the guard refuses it. */
export const UNFILLED = 'cdk8s-snapshot-clone.unfilled';

const LABELLED = { matchExpressions: [{ key: SOURCE_NAMESPACE_LABEL, operator: 'Exists' }] };

/** All contents that hand a snapshot over; their label never changes. */
export function everyHandedOver(): object {
  return { ...everyParam(), selector: LABELLED };
}

const EMPTY_SOURCE = '!has(object.spec.source.volumeHandle)';
export const NO_DRIVER = '!has(object.spec.driver)';
export const NO_HANDLE = `(${EMPTY_SOURCE} && !has(object.spec.source.snapshotHandle))`;

function mutatesNewContents(suffix: string, spec: object, bindings?: AdmissionPolicy['bindings']): AdmissionPolicy {
  return {
    suffix,
    kind: 'MutatingAdmissionPolicy',
    spec: {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      matchConstraints: matching(SNAPSHOT_GROUP, ['volumesnapshotcontents'], ['CREATE'], LABELLED),
      ...spec,
    },
    bindings,
  };
}

/**
 * The guard is asked only after the schema, which wants a driver and a handle. So a content that nothing will fill is given some that lead
 * nowhere: the guard can then say why.
 */
export function placeholder(): AdmissionPolicy {
  const driver = `Object{spec: Object.spec{driver: ${text(UNFILLED)}}}`;
  const handle = `Object{spec: Object.spec{source: Object.spec.source{snapshotHandle: ${text(UNFILLED)}}}}`;
  return mutatesNewContents('placeholder', {
    matchConditions: [{ name: 'lacks-something', expression: any(NO_DRIVER, NO_HANDLE) }],
    mutations: [applyConfiguration(`${NO_DRIVER} ? ${driver} : Object{}`), applyConfiguration(`${NO_HANDLE} ? ${handle} : Object{}`)],
  });
}

/** The source is there and ready: what the provisioner asks of it. One that is being deleted is not there. */
export const SOURCE_READY = all(
  `${WANTED} == ${intent('params.metadata.namespace', 'params.metadata.name')}`,
  '!has(params.metadata.deletionTimestamp)',
  'has(params.status) && has(params.status.readyToUse) && params.status.readyToUse',
);

export function source(namespaces: readonly string[]): AdmissionPolicy {
  return mutatesNewContents(
    'source',
    {
      paramKind: { apiVersion: SNAPSHOT_API, kind: SNAPSHOT_KIND },
      matchConditions: [{ name: 'is-the-source-and-ready', expression: SOURCE_READY }],
      mutations: [applyConfiguration(`Object{metadata: Object.metadata{annotations: {${SOURCE_UID}: params.metadata.uid}}}`)],
    },
    namespaces.map(ofNamespace),
  );
}

/** A content says that it belongs to the source. A deleted snapshot may have left others that say so too. */
export const CONTENT_OF_SOURCE = all(
  EMPTY_SOURCE,
  `${LABELLED_NAMESPACE} == params.spec.volumeSnapshotRef.namespace`,
  `${WANTED} == ${intent('params.spec.volumeSnapshotRef.namespace', 'params.spec.volumeSnapshotRef.name')}`,
  'has(params.status) && has(params.status.snapshotHandle)',
);

/** The one that is bound to the VolumeSnapshot as it is now; and there is a grant, so that without the guard no mishap opens anything. */
export const FILLABLE = all(
  'has(params.spec.volumeSnapshotRef.uid)',
  `${entryOf('object', 'annotations', SOURCE_UID_ANNOTATION)} == params.spec.volumeSnapshotRef.uid`,
  annotated('object', GRANTED_BY_ANNOTATION),
);

const FILLED = [
  'driver: params.spec.driver',
  "deletionPolicy: 'Retain'",
  'source: Object.spec.source{snapshotHandle: params.status.snapshotHandle}',
];

/**
 * The order of policies is not defined, and this one needs what `source` and `grant` write: it is asked again once that has come. Only policies that
 * have matched are asked again, which is why the uid is no match condition.
 */
export function fill(): AdmissionPolicy {
  const withMode = `Object{spec: Object.spec{${[...FILLED, 'sourceVolumeMode: params.spec.sourceVolumeMode'].join(', ')}}}`;
  const withoutMode = `Object{spec: Object.spec{${FILLED.join(', ')}}}`;
  return mutatesNewContents(
    'fill',
    {
      reinvocationPolicy: 'IfNeeded',
      paramKind: CONTENT_PARAM,
      matchConditions: [{ name: 'is-a-content-of-the-source', expression: CONTENT_OF_SOURCE }],
      mutations: [applyConfiguration(`!(${FILLABLE}) ? Object{} : has(params.spec.sourceVolumeMode) ? ${withMode} : ${withoutMode}`)],
    },
    [{ spec: { paramRef: everyParam() } }],
  );
}

/** One grant in the source's namespace holds both a `from` and a `to` that fit. Each that does writes its name: any is enough. */
export const CONTENT_GRANTED = all(
  `params.metadata.namespace == ${LABELLED_NAMESPACE}`,
  grantsFrom('object.spec.volumeSnapshotRef.namespace'),
  grantsTo(`t.name == ${nameInIntent(WANTED, 'params.metadata.namespace')}`),
);

export function grant(namespaces: readonly string[]): AdmissionPolicy {
  return mutatesNewContents(
    'grant',
    {
      paramKind: GRANT_PARAM,
      matchConditions: [{ name: 'is-granted', expression: CONTENT_GRANTED }],
      mutations: [applyConfiguration(STAMP_GRANT)],
    },
    namespaces.map(ofNamespace),
  );
}

function ofNamespace(namespace: string) {
  return {
    suffix: namespace,
    spec: {
      paramRef: everyParam(namespace),
      matchResources: { objectSelector: { matchLabels: { [SOURCE_NAMESPACE_LABEL]: namespace } } },
    },
  };
}

const REF = 'object.spec.volumeSnapshotRef';
const OLD_REF = 'oldObject.spec.volumeSnapshotRef';

/** The same snapshot, less the uid that the snapshot controller wrote. */
export const UID_LOST = all(
  isHandedOver('object.metadata.name'),
  `!has(${REF}.uid)`,
  `has(${OLD_REF}.uid)`,
  `${REF}.name == ${OLD_REF}.name`,
  `${REF}.namespace == ${OLD_REF}.namespace`,
);

/** A forced server-side apply replaces volumeSnapshotRef as a whole; without its uid the content never binds again. */
export function carry(): AdmissionPolicy {
  return mutatesNewContents('carry', {
    matchConstraints: matching(SNAPSHOT_GROUP, ['volumesnapshotcontents'], ['UPDATE']),
    matchConditions: [{ name: 'has-lost-its-uid', expression: UID_LOST }],
    mutations: [
      {
        patchType: 'JSONPatch',
        jsonPatch: { expression: `[JSONPatch{op: 'add', path: '/spec/volumeSnapshotRef/uid', value: ${OLD_REF}.uid}]` },
      },
    ],
  });
}
