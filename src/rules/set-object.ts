import { CORE_GROUP, type ObjectKey } from '../reference/reference';
import { at, list, text } from './fields';

/** Where a manifest was read. */
export interface Origin {
  readonly file: string;
  /** Counted from 1: of the manifest's first line. */
  readonly line: number;
  /** The line on which a part of the manifest begins, if that is known. */
  lineOf?(node: unknown): number | undefined;
}

/** A manifest as it was read. */
export interface PlacedManifest {
  readonly manifest: unknown;
  readonly origin?: Origin;
}

/** One object of a set. */
export interface SetObject extends ObjectKey {
  readonly apiVersion: string;
  /** The namespace that the manifest names; without one, that of the set. Empty for kinds that are known to have none. */
  readonly namespace: string;
  readonly manifest: unknown;
  readonly origin?: Origin;
}

/** Kinds of this field that have no namespace. A namespace in their manifest is ignored, as the API server ignores it. */
const CLUSTER_SCOPED = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'Namespace',
  'Node',
  'PersistentVolume',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'VolumeSnapshotClass',
  'VolumeSnapshotContent',
]);

/** Every object in a manifest: itself, or the items of a `List`, lists of lists included. What is no object at all gives none. */
export function* objectsIn(placed: PlacedManifest, defaultNamespace: string): Generator<SetObject> {
  const pending: unknown[] = [placed.manifest];
  while (pending.length > 0) {
    const manifest = pending.pop();
    const apiVersion = text(at(manifest, 'apiVersion'));
    const kind = text(at(manifest, 'kind'));
    if (kind.endsWith('List') && Array.isArray(at(manifest, 'items'))) {
      pending.push(...[...list(at(manifest, 'items'))].reverse());
      continue;
    }
    if (!apiVersion || !kind) continue;
    const { origin } = placed;
    yield {
      apiVersion,
      group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : CORE_GROUP,
      kind,
      namespace: CLUSTER_SCOPED.has(kind) ? '' : text(at(manifest, 'metadata', 'namespace')) || defaultNamespace,
      name: text(at(manifest, 'metadata', 'name')),
      manifest,
      origin: origin && manifest !== placed.manifest ? { ...origin, line: origin.lineOf?.(manifest) ?? origin.line } : origin,
    };
  }
}
