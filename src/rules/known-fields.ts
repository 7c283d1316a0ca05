import { Place } from './field-names';

/*
 * The fields that Kubernetes 1.36, external-snapshotter 8 and Gateway API 1.6 know, in each place where one decides about a clone, and the
 * names that people take from elsewhere: from other places, from older versions, or from how a thing is called in speech.
 */

export const METADATA = new Place({
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

export const CLAIM_RESOURCES = new Place({ fields: ['requests', 'limits'] });

export const CLAIM_SPEC = new Place({
  fields: ['accessModes', 'selector', 'storageClassName', 'volumeAttributesClassName', 'volumeMode', 'volumeName'],
  places: { dataSource: SOURCE, dataSourceRef: SOURCE, resources: CLAIM_RESOURCES },
  wrong: {
    dataSourceReference: 'dataSourceRef',
    storageClass: 'storageClassName',
    volumeAttributesClass: 'volumeAttributesClassName',
  },
});

export const CLAIM = objectWith(CLAIM_SPEC);

const GROUP = { apiGroup: 'group', apiVersion: 'group' };
export const GRANT_FROM = new Place({ fields: ['group', 'kind', 'namespace'], wrong: GROUP, isItem: true });
export const GRANT_TO = new Place({ fields: ['group', 'kind', 'name'], wrong: GROUP, isItem: true });
export const GRANT_SPEC = new Place({ places: { from: GRANT_FROM, to: GRANT_TO } });
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

export const CONTENT_SPEC = new Place({
  fields: ['deletionPolicy', 'driver', 'sourceVolumeMode', 'volumeSnapshotClassName'],
  places: {
    source: new Place({ fields: ['snapshotHandle', 'volumeHandle'] }),
    volumeSnapshotRef: new Place({ fields: ['apiVersion', 'fieldPath', 'kind', 'name', 'namespace', 'resourceVersion', 'uid'] }),
  },
  wrong: { ...CLASS_NAME, volumeSnapshot: 'volumeSnapshotRef', snapshotRef: 'volumeSnapshotRef' },
});

export const CONTENT = objectWith(CONTENT_SPEC);

function objectWith(spec: Place): Place {
  return new Place({ fields: ['apiVersion', 'kind', 'status'], places: { metadata: METADATA, spec } });
}
