import { INTENT_ANNOTATION } from '../../../src/reference/intent';
import type { ApiObject, Json } from '../api/api-object';
import { claim } from '../manifests';

const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';
const SNAPSHOT_API = `${SNAPSHOT_GROUP}/v1`;

/** A snapshot and the namespace it is handed over to. */
export interface Handover {
  readonly source: string;
  readonly name: string;
  readonly target: string;
}

export function intentOf({ source, name }: Handover): string {
  return `VolumeSnapshot.${SNAPSHOT_GROUP}/${source}/${name}`;
}

/** What the consumer writes, word for word as in the contract; `spec` overrides and adds. */
export function content({ source, name, target }: Handover, spec: Json = {}): ApiObject {
  return {
    apiVersion: SNAPSHOT_API,
    kind: 'VolumeSnapshotContent',
    metadata: {
      name: `snapshot-clone.${target}.${source}.${name}`,
      labels: { 'cdk8s-snapshot-clone/source-namespace': source },
      annotations: { [INTENT_ANNOTATION]: `VolumeSnapshot.${SNAPSHOT_GROUP}/${source}/${name}` },
    },
    spec: {
      deletionPolicy: 'Retain',
      source: {},
      volumeSnapshotRef: {
        apiVersion: SNAPSHOT_API,
        kind: 'VolumeSnapshot',
        name: `snapshot-clone.${source}.${name}`,
        namespace: target,
      },
      ...spec,
    },
  };
}

export function snapshot({ source, name, target }: Handover): ApiObject {
  return {
    apiVersion: SNAPSHOT_API,
    kind: 'VolumeSnapshot',
    metadata: { name: `snapshot-clone.${source}.${name}`, namespace: target },
    spec: { source: { volumeSnapshotContentName: `snapshot-clone.${target}.${source}.${name}` } },
  };
}

export function localClaim(handover: Handover, name: string, spec: Json = {}): ApiObject {
  const dataSourceRef = { apiGroup: SNAPSHOT_GROUP, kind: 'VolumeSnapshot', name: `snapshot-clone.${handover.source}.${handover.name}` };
  return withMetadata(claim(handover.target, name, { dataSourceRef, ...spec }), {
    annotations: { [INTENT_ANNOTATION]: intentOf(handover) },
  });
}

/** The same object with other metadata: labels and annotations are added, everything else is replaced. */
export function withMetadata(object: ApiObject, metadata: Json): ApiObject {
  const added = (field: 'labels' | 'annotations') =>
    object.metadata[field] || metadata[field] ? { [field]: { ...object.metadata[field], ...metadata[field] } } : {};
  return { ...object, metadata: { ...object.metadata, ...metadata, ...added('labels'), ...added('annotations') } };
}
