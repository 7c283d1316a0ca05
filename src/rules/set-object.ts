import { CORE_GROUP, type ObjectKey } from '../reference/reference';
import { typeName } from '../reference/type-name';
import { at, isMap, text } from './fields';

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
  /** What its metadata says as annotations, of whatever type. */
  readonly annotations: unknown;
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

/**
 * Every object in a manifest: itself, or the items of a `List`, lists of lists included. What is no object at all gives none.
 *
 * An object whose apiVersion or kind has a wrong type is one too, with an empty string in its place: a rule says so.
 */
export function objectsIn(placed: PlacedManifest, defaultNamespace: string): readonly SetObject[] {
  const { manifest } = placed;
  if (Array.isArray(at(manifest, 'items'))) return objectsInList(placed, defaultNamespace);
  const apiVersion = typeName(at(manifest, 'apiVersion'));
  const kind = typeName(at(manifest, 'kind'));
  return isObject(manifest, apiVersion, kind) ? [objectOf(placed, { manifest, apiVersion, kind }, defaultNamespace)] : [];
}

function objectsInList(placed: PlacedManifest, defaultNamespace: string): readonly SetObject[] {
  const objects: SetObject[] = [];
  const pending: Pending[] = [{ manifest: placed.manifest, apiVersion: '', kind: '' }];
  // With aliases of YAML a list may hold itself, or one list a million times.
  const seen = new Set<unknown>();
  while (pending.length > 0) {
    const { manifest, ...inherited } = pending.pop()!;
    const apiVersion = typeName(at(manifest, 'apiVersion') ?? inherited.apiVersion);
    const kind = typeName(at(manifest, 'kind') ?? inherited.kind);
    const items = at(manifest, 'items');
    if (kind.endsWith('List') && Array.isArray(items)) {
      if (seen.has(manifest)) continue;
      seen.add(manifest);
      // The items of a typed list may leave out what its own kind says.
      const itemKind = kind.slice(0, -'List'.length);
      const itemVersion = itemKind ? apiVersion : '';
      for (const item of [...items].reverse()) pending.push({ manifest: item, apiVersion: itemVersion, kind: itemKind });
      // A list of other things is an object itself: a rule says what is wrong with it.
      if (items.every(isMap)) continue;
    }
    if (isObject(manifest, apiVersion, kind)) objects.push(objectOf(placed, { manifest, apiVersion, kind }, defaultNamespace));
  }
  return objects;
}

function objectOf(placed: PlacedManifest, { manifest, apiVersion, kind }: Pending, defaultNamespace: string): SetObject {
  const { origin } = placed;
  const metadata = at(manifest, 'metadata');
  return {
    apiVersion,
    group: apiVersion.includes('/') ? typeName(apiVersion.slice(0, apiVersion.indexOf('/'))) : CORE_GROUP,
    kind,
    namespace: CLUSTER_SCOPED.has(kind) ? '' : text(at(metadata, 'namespace')) || defaultNamespace,
    name: text(at(metadata, 'name')),
    manifest,
    annotations: at(metadata, 'annotations') ?? undefined,
    origin: origin && manifest !== placed.manifest ? originOfItem(origin, manifest) : origin,
  };
}

/** Lines are found only where they are asked for. */
function originOfItem(list: Origin, manifest: unknown): Origin {
  return {
    file: list.file,
    get line() {
      return list.lineOf?.(manifest) ?? list.line;
    },
    lineOf: (node) => list.lineOf?.(node),
  };
}

/** How a message names an object: `ReferenceGrant prod/mysql-to-dev`, or `StorageClass csi-fast`. */
export function titleOf({ kind, namespace, name }: Pick<ObjectKey, 'kind' | 'namespace' | 'name'>): string {
  const what = kind || 'object';
  if (!namespace) return name ? `${what} ${name}` : what;
  return name ? `${what} ${namespace}/${name}` : `${what} ${namespace}`;
}

interface Pending {
  readonly manifest: unknown;
  readonly apiVersion: string;
  readonly kind: string;
}

function isObject(manifest: unknown, apiVersion: string, kind: string): boolean {
  return isMap(manifest) && ((apiVersion !== '' && kind !== '') || meansAnObject(manifest));
}

/** Other YAML may have a field that is called kind; with a spec or metadata beside it, it was meant to be an object. */
export function meansAnObject(manifest: unknown): boolean {
  const meant = at(manifest, 'apiVersion') !== undefined && at(manifest, 'kind') !== undefined;
  return meant && (at(manifest, 'metadata') !== undefined || at(manifest, 'spec') !== undefined);
}
