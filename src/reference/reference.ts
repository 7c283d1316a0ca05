/** The kinds that a claim can be filled from, and their API groups as references spell them: without a version. */
export const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';
export const SNAPSHOT_KIND = 'VolumeSnapshot';
export const CORE_GROUP = '';
export const CLAIM_KIND = 'PersistentVolumeClaim';

/** What lets a claim be filled from another namespace. */
export const GRANT_GROUP = 'gateway.networking.k8s.io';
export const GRANT_KIND = 'ReferenceGrant';

/** One namespaced object, named the way a reference names it. */
export interface ObjectKey {
  /** API group without a version; `''` is the core group. */
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Who asks: a claim. What for: the object that its `dataSourceRef` names. */
export interface Reference {
  readonly claim: { readonly namespace: string; readonly name: string };
  readonly source: ObjectKey;
}

/** A reference that stays in its namespace needs no grant and no feature gate. */
export function crossesNamespace(reference: Reference): boolean {
  return reference.source.namespace !== reference.claim.namespace;
}

/** A string that two objects share exactly when they are the same object. No part of a key can hold a space. */
export function keyOf(object: ObjectKey): string {
  return `${object.group} ${object.kind} ${object.namespace} ${object.name}`;
}

/**
 * What csi-provisioner reports in its `ProvisioningFailed` event, word for word: one search finds the message in CI and the event in the cluster.
 *
 * @see https://github.com/kubernetes-csi/external-provisioner/blob/v6.3.0/pkg/controller/util.go
 */
export function notGranted({ claim, source }: Reference): string {
  return `accessing ${source.namespace}/${source.name} of ${source.kind} dataSource from ${claim.namespace}/${claim.name} isn't allowed`;
}
