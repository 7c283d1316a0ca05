import { CLAIM_KIND, CORE_GROUP, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import { GRANT_GROUP, GRANT_KIND } from './object-set';
import type { MapShape, Shape } from './shape';

/*
 * The types of the fields that rules read. A rule that reads another field adds it here, or a wrong type in it would look like an absent one.
 */

/** Labels and annotations: tools keep templates of their own in them. */
const STRINGS: Shape = { values: 'text' };

/** Of every object. */
const METADATA: Shape = {
  fields: { name: 'string', generateName: 'string', namespace: 'string', uid: 'string', annotations: STRINGS, labels: STRINGS },
};

/** Of both fields: a namespace in `dataSource` is a mistake, which a rule can tell only if it can read it. */
const REFERENCE: Shape = { fields: { apiGroup: 'string', kind: 'string', name: 'string', namespace: 'string' } };

const CLAIM_SPEC: Shape = {
  fields: {
    accessModes: { items: 'string' },
    dataSource: REFERENCE,
    dataSourceRef: REFERENCE,
    resources: { fields: { requests: { fields: { storage: 'quantity' } } } },
    selector: {},
    storageClassName: 'string',
    volumeMode: 'string',
    volumeName: 'string',
  },
};

const CLAIM: Shape = { fields: { metadata: METADATA, spec: CLAIM_SPEC } };

/** Of every pod, also in kinds that are unknown here. */
export const POD_SPEC: Shape = {
  fields: {
    containers: { items: {} },
    initContainers: { items: {} },
    volumes: {
      items: {
        fields: {
          name: 'string',
          ephemeral: { fields: { volumeClaimTemplate: CLAIM } },
          persistentVolumeClaim: { fields: { claimName: 'string' } },
        },
      },
    },
  },
};

const SNAPSHOT_SPEC: Shape = {
  fields: {
    source: { fields: { persistentVolumeClaimName: 'string', volumeSnapshotContentName: 'string' } },
    volumeSnapshotClassName: 'string',
  },
};

const CONTENT_SPEC: Shape = {
  fields: {
    deletionPolicy: 'string',
    driver: 'string',
    source: { fields: { snapshotHandle: 'string', volumeHandle: 'string' } },
    sourceVolumeMode: 'string',
    volumeSnapshotClassName: 'string',
    volumeSnapshotRef: { fields: { name: 'string', namespace: 'string' } },
  },
};

const GRANT_SPEC: Shape = {
  fields: {
    from: { items: { fields: { group: 'string', kind: 'string', namespace: 'string' } } },
    to: { items: { fields: { group: 'string', kind: 'string', name: 'string' } } },
  },
};

const TEMPLATE: Shape = { fields: { spec: POD_SPEC } };

const WORKLOAD: MapShape = { fields: { spec: { fields: { template: TEMPLATE } } } };

/** A list is looked at only where its items are no objects. */
const LIST: MapShape = { fields: { items: { items: {} } } };

const SHAPES: Readonly<Record<string, MapShape>> = {
  [`${CORE_GROUP} ${CLAIM_KIND}`]: { fields: { spec: CLAIM_SPEC } },
  [`${GRANT_GROUP} ${GRANT_KIND}`]: { fields: { spec: GRANT_SPEC } },
  [`${SNAPSHOT_GROUP} ${SNAPSHOT_KIND}`]: { fields: { spec: SNAPSHOT_SPEC } },
  [`${SNAPSHOT_GROUP} VolumeSnapshotContent`]: { fields: { spec: CONTENT_SPEC } },
  [`${SNAPSHOT_GROUP} VolumeSnapshotClass`]: { fields: { deletionPolicy: 'string', driver: 'string' } },
  [`${CORE_GROUP} Pod`]: { fields: { spec: POD_SPEC } },
  [`${CORE_GROUP} PodTemplate`]: { fields: { template: TEMPLATE } },
  'apps DaemonSet': WORKLOAD,
  'apps Deployment': WORKLOAD,
  'apps ReplicaSet': WORKLOAD,
  'apps StatefulSet': { fields: { spec: { fields: { template: TEMPLATE, volumeClaimTemplates: { items: CLAIM } } } } },
  'batch CronJob': { fields: { spec: { fields: { jobTemplate: WORKLOAD } } } },
  'batch Job': WORKLOAD,
  'storage.k8s.io StorageClass': { fields: { provisioner: 'string', volumeBindingMode: 'string' } },
};

/** Of every object that says what it is. */
const ANY: MapShape = { fields: { apiVersion: 'string', kind: 'string', metadata: METADATA } };

const WHOLE_SHAPES: ReadonlyMap<string, MapShape> = new Map(
  Object.entries(SHAPES).map(([key, { fields }]) => [key, { fields: { ...ANY.fields, ...fields } }]),
);

/** What an object has to look like as far as rules read it. */
export function shapeOf(group: string, kind: string): MapShape {
  return WHOLE_SHAPES.get(`${group} ${kind}`) ?? (kind.endsWith('List') ? LIST : ANY);
}

/** Whether an object of this kind keeps its pods, if it has any, where its shape says so. */
export function isPodKnownIn(group: string, kind: string): boolean {
  return WHOLE_SHAPES.has(`${group} ${kind}`);
}
