import { Place } from './field-names';

/*
 * The fields that Kubernetes 1.36, external-snapshotter 8 and Gateway API 1.6 know, in each place where one decides about a clone, and the
 * names that people take from elsewhere: from other places, from older versions, or from how a thing is called in speech.
 */

export const METADATA = new Place({
  wrong: belongingTo('spec', ['dataSource', 'dataSourceRef']),
  fields: [
    'name',
    'namespace',
    'generateName',
    'labels',
    'annotations',
    'finalizers',
    'ownerReferences',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'managedFields',
    'selfLink',
  ],
});

/** Of `dataSource` too, which has no namespace: another rule says so. */
export const SOURCE = new Place({
  fields: ['apiGroup', 'kind', 'name', 'namespace'],
  wrong: { group: 'apiGroup', apiVersion: 'apiGroup' },
});

const CLAIM_FIELDS = ['accessModes', 'selector', 'storageClassName', 'volumeAttributesClassName', 'volumeMode', 'volumeName'];
/** What is indented too far. */
const OF_CLAIM_SPEC = belongingTo('spec', [...CLAIM_FIELDS, 'dataSource', 'dataSourceRef']);

export const CLAIM_RESOURCES = new Place({
  fields: ['limits'],
  places: { requests: new Place({ fields: ['storage'], wrong: OF_CLAIM_SPEC }) },
  wrong: { ...OF_CLAIM_SPEC, ...belongingTo('spec.resources.requests', ['storage']) },
});

export const CLAIM_SPEC = new Place({
  fields: CLAIM_FIELDS,
  places: { dataSource: SOURCE, dataSourceRef: SOURCE, resources: CLAIM_RESOURCES },
  wrong: {
    dataSourceReference: 'dataSourceRef',
    // As VolumeSnapshots and DataVolumes have it.
    source: 'dataSourceRef',
    sourceRef: 'dataSourceRef',
    sourceReference: 'dataSourceRef',
    storageClass: 'storageClassName',
    volumeAttributesClass: 'volumeAttributesClassName',
    ...belongingTo('spec.resources', ['requests', 'limits']),
  },
});

export const CLAIM = objectWith(CLAIM_SPEC);

const GROUP = { apiGroup: 'group', apiVersion: 'group' };
// A name in `from` looks as if one claim alone could copy; all of the namespace can.
export const GRANT_FROM = new Place({ fields: ['group', 'kind', 'namespace'], wrong: { ...GROUP, name: null }, isItem: true });
export const GRANT_TO = new Place({ fields: ['group', 'kind', 'name'], wrong: { ...GROUP, namespace: null }, isItem: true });
export const GRANT_SPEC = new Place({ places: { from: GRANT_FROM, to: GRANT_TO }, wrong: { froms: 'from', tos: 'to' } });
export const GRANT = objectWith(GRANT_SPEC);

const CLASS_NAME = {
  volumeSnapshotClass: 'volumeSnapshotClassName',
  snapshotClass: 'volumeSnapshotClassName',
  snapshotClassName: 'volumeSnapshotClassName',
};

export const SNAPSHOT_SOURCE = new Place({
  fields: ['persistentVolumeClaimName', 'volumeSnapshotContentName'],
  wrong: {
    persistentVolumeClaim: 'persistentVolumeClaimName',
    claimName: 'persistentVolumeClaimName',
    pvcName: 'persistentVolumeClaimName',
    volumeSnapshotContent: 'volumeSnapshotContentName',
    snapshotContentName: 'volumeSnapshotContentName',
  },
});

export const SNAPSHOT_SPEC = new Place({
  fields: ['volumeSnapshotClassName'],
  places: { source: SNAPSHOT_SOURCE },
  wrong: CLASS_NAME,
});

export const SNAPSHOT = objectWith(SNAPSHOT_SPEC);

export const CONTENT_REFERENCE = new Place({
  fields: ['apiVersion', 'fieldPath', 'kind', 'name', 'namespace', 'resourceVersion', 'uid'],
});

export const CONTENT_SPEC = new Place({
  fields: ['deletionPolicy', 'driver', 'sourceVolumeMode', 'volumeSnapshotClassName'],
  places: {
    source: new Place({ fields: ['snapshotHandle', 'volumeHandle'] }),
    volumeSnapshotRef: CONTENT_REFERENCE,
  },
  wrong: { ...CLASS_NAME, volumeSnapshot: 'volumeSnapshotRef', snapshotRef: 'volumeSnapshotRef' },
});

export const CONTENT = objectWith(CONTENT_SPEC);

/** Of workloads only what holds claims is looked at. */
export const STATEFUL_SET_SPEC = new Place({ fields: ['volumeClaimTemplates'] });
export const VOLUME = new Place({
  fields: ['persistentVolumeClaim'],
  places: { ephemeral: new Place({ fields: ['volumeClaimTemplate'] }) },
});

function objectWith(spec: Place): Place {
  const fields = ['apiVersion', 'kind', 'status'];
  return new Place({ fields, places: { metadata: METADATA, spec }, wrong: belongingTo('spec', spec.names) });
}

function belongingTo(place: string, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, `${place}.${name}`]));
}
