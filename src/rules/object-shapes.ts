import { CLAIM_KIND, CORE_GROUP, GRANT_GROUP, GRANT_KIND, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import { type MapShape, mapOf, type Shape } from './shape';

/*
 * The types of the fields that rules read. A rule that reads another field adds it here, or a wrong type in it would look like an absent one.
 */

/** Labels and annotations: tools keep templates of their own in them. */
const STRINGS: Shape = { values: 'text' };

/** Of every object. */
const METADATA: Shape = mapOf({
  name: 'string',
  generateName: 'string',
  namespace: 'string',
  uid: 'string',
  annotations: STRINGS,
  labels: STRINGS,
});

/** Of both fields: a namespace in `dataSource` is a mistake, which a rule can tell only if it can read it. */
const REFERENCE: Shape = mapOf({ apiGroup: 'string', kind: 'string', name: 'string', namespace: 'string' });

const CLAIM_SPEC: Shape = mapOf({
  accessModes: { items: 'string' },
  dataSource: REFERENCE,
  dataSourceRef: REFERENCE,
  resources: mapOf({ requests: mapOf({ storage: 'quantity' }) }),
  selector: {},
  storageClassName: 'string',
  volumeMode: 'string',
  volumeName: 'string',
});

const CLAIM: Shape = mapOf({ metadata: METADATA, spec: CLAIM_SPEC });

/** Of every pod, also in kinds that are unknown here. */
export const POD_SPEC: Shape = mapOf({
  containers: { items: {} },
  initContainers: { items: {} },
  volumes: {
    items: mapOf({
      name: 'string',
      ephemeral: mapOf({ volumeClaimTemplate: CLAIM }),
      persistentVolumeClaim: mapOf({ claimName: 'string' }),
    }),
  },
});

const SNAPSHOT_SPEC: Shape = mapOf({
  source: mapOf({ persistentVolumeClaimName: 'string', volumeSnapshotContentName: 'string' }),
  volumeSnapshotClassName: 'string',
});

const CONTENT_SPEC: Shape = mapOf({
  deletionPolicy: 'string',
  driver: 'string',
  source: mapOf({ snapshotHandle: 'string', volumeHandle: 'string' }),
  sourceVolumeMode: 'string',
  volumeSnapshotClassName: 'string',
  volumeSnapshotRef: mapOf({ name: 'string', namespace: 'string' }),
});

const GRANT_SPEC: Shape = mapOf({
  from: { items: mapOf({ group: 'string', kind: 'string', namespace: 'string' }) },
  to: { items: mapOf({ group: 'string', kind: 'string', name: 'string' }) },
});

const TEMPLATE: Shape = mapOf({ spec: POD_SPEC });

const WORKLOAD = { spec: mapOf({ template: TEMPLATE }) };

/** A list is looked at only where its items are no objects. */
const LIST = mapOf({ items: { items: {} } });

/** By group and kind: what kinds have beside what every object has. */
const OWN_FIELDS: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  [`${CORE_GROUP} ${CLAIM_KIND}`]: { spec: CLAIM_SPEC },
  [`${GRANT_GROUP} ${GRANT_KIND}`]: { spec: GRANT_SPEC },
  [`${SNAPSHOT_GROUP} ${SNAPSHOT_KIND}`]: { spec: SNAPSHOT_SPEC },
  [`${SNAPSHOT_GROUP} VolumeSnapshotContent`]: { spec: CONTENT_SPEC },
  [`${SNAPSHOT_GROUP} VolumeSnapshotClass`]: { deletionPolicy: 'string', driver: 'string' },
  [`${CORE_GROUP} Pod`]: { spec: POD_SPEC },
  [`${CORE_GROUP} PodTemplate`]: { template: TEMPLATE },
  'apps DaemonSet': WORKLOAD,
  'apps Deployment': WORKLOAD,
  'apps ReplicaSet': WORKLOAD,
  'apps StatefulSet': { spec: mapOf({ template: TEMPLATE, volumeClaimTemplates: { items: CLAIM } }) },
  'batch CronJob': { spec: mapOf({ jobTemplate: mapOf(WORKLOAD) }) },
  'batch Job': WORKLOAD,
  'storage.k8s.io StorageClass': { provisioner: 'string', volumeBindingMode: 'string' },
};

/** Of every object that says what it is. */
const ANY: Readonly<Record<string, Shape>> = { apiVersion: 'string', kind: 'string', metadata: METADATA };
const ANY_OBJECT = mapOf(ANY);

const WHOLE_SHAPES: ReadonlyMap<string, MapShape> = new Map(
  Object.entries(OWN_FIELDS).map(([key, fields]) => [key, mapOf({ ...ANY, ...fields })]),
);

/** What an object has to look like as far as rules read it. */
export function shapeOf(group: string, kind: string): MapShape {
  return WHOLE_SHAPES.get(`${group} ${kind}`) ?? (kind.endsWith('List') ? LIST : ANY_OBJECT);
}

/** Whether an object of this kind keeps its pods, if it has any, where its shape says so. */
export function isPodKnownIn(group: string, kind: string): boolean {
  return WHOLE_SHAPES.has(`${group} ${kind}`);
}
