import { INTENT_ANNOTATION } from '../reference/intent';
import { sourceOfHandedOver } from '../reference/pre-provisioned';
import {
  CLAIM_KIND,
  CORE_GROUP,
  crossesNamespace,
  type ObjectKey,
  type Reference,
  SNAPSHOT_GROUP,
  SNAPSHOT_KIND,
} from '../reference/reference';
import { typeName } from '../reference/type-name';
import { at, list, strings, text } from './fields';
import type { PodTemplate } from './pod-template';
import type { SetObject } from './set-object';

/** The source of a claim as its manifest spells it; a missing field is an empty string. */
export interface WrittenSource {
  readonly field: 'dataSourceRef' | 'dataSource';
  readonly node: unknown;
  readonly group: string;
  readonly kind: string;
  /** Empty: the claim's own. A `dataSource` has none, whatever is written there. */
  readonly namespace: string;
  readonly name: string;
}

/** A claim, wherever it hides: on its own, in a StatefulSet, or in a pod template as a generic ephemeral volume. */
export interface Claim {
  /** The object that holds it. */
  readonly object: SetObject;
  readonly namespace: string;
  /** As the cluster will call it; a claim of many pods as `NAME-STATEFULSET-*` or `*-VOLUME`. */
  readonly name: string;
  /** The part of the manifest that holds `metadata` and `spec`. */
  readonly node: unknown;
  readonly spec: unknown;
  readonly annotations: Readonly<Record<string, string>>;
  /** What its manifest says about a source, whole or not. */
  readonly source?: WrittenSource;
  /** The object that the manifest names, if it names one: a handed-over snapshot is a local one here. */
  readonly named?: ObjectKey;
  /** Whose data it asks for: the named object, or, for a handed-over snapshot, the original in the owner's namespace. */
  readonly reference?: Reference;
  /** What its annotation says that it must be filled from. */
  readonly intent?: string;
}

/** A claim that asks for something in another namespace. */
export type CrossingClaim = Claim & { readonly reference: Reference };

export function isCrossing(claim: Claim): claim is CrossingClaim {
  return claim.reference !== undefined && crossesNamespace(claim.reference);
}

const NONE: readonly Claim[] = [];

/** The claims in one object. */
export function claimsIn(object: SetObject, pods: readonly PodTemplate[]): readonly Claim[] {
  if (object.group === CORE_GROUP && object.kind === CLAIM_KIND) {
    const prefix = text(at(object.manifest, 'metadata', 'generateName'));
    return [claim(object, object.name || (prefix && `${prefix}*`), object.manifest)];
  }
  // Most objects.
  if (pods.length === 0 && object.kind !== 'StatefulSet') return NONE;
  const claims: Claim[] = [];
  if (object.kind === 'StatefulSet') {
    for (const template of list(at(object.manifest, 'spec', 'volumeClaimTemplates'))) {
      claims.push(claim(object, `${text(at(template, 'metadata', 'name'))}-${object.name}-*`, template));
    }
  }
  for (const pod of pods) {
    for (const volume of list(at(pod.spec, 'volumes'))) {
      const template = at(volume, 'ephemeral', 'volumeClaimTemplate');
      const podName = object.kind === 'Pod' ? object.name : '*';
      if (template !== undefined) claims.push(claim(object, `${podName}-${text(at(volume, 'name'))}`, template));
    }
  }
  return claims;
}

/** How a message names a claim: `PersistentVolumeClaim dev/data`, or `claim dev/data-mysql-* of StatefulSet mysql`. */
export function claimTitle({ object, namespace, name }: Claim): string {
  if (object.kind === CLAIM_KIND) return `PersistentVolumeClaim ${namespace}/${name}`;
  return `claim ${namespace}/${name} of ${object.kind} ${object.name}`;
}

function claim(object: SetObject, name: string, node: unknown): Claim {
  const { namespace } = object;
  const spec = at(node, 'spec');
  const annotations = strings(at(node, 'metadata', 'annotations'));
  const source = writtenSource(spec, 'dataSourceRef') ?? writtenSource(spec, 'dataSource');
  // The API server takes an empty namespace for an absent one.
  const named = source?.name
    ? { group: source.group, kind: source.kind, namespace: source.namespace || namespace, name: source.name }
    : undefined;
  return {
    object,
    namespace,
    name,
    node,
    spec,
    annotations,
    source,
    named,
    reference: named && { claim: { namespace, name }, source: originalOf(named, namespace) },
    intent: annotations[INTENT_ANNOTATION],
  };
}

function writtenSource(spec: unknown, field: WrittenSource['field']): WrittenSource | undefined {
  const node = at(spec, field);
  if (node === undefined || node === null) return undefined;
  return {
    field,
    node,
    group: typeName(at(node, 'apiGroup')),
    kind: typeName(at(node, 'kind')),
    namespace: field === 'dataSourceRef' ? text(at(node, 'namespace')) : '',
    name: text(at(node, 'name')),
  };
}

/** Whoever reads a handed-over snapshot reads the data of the original, and needs the same grant. */
function originalOf(named: ObjectKey, claimNamespace: string): ObjectKey {
  if (named.group !== SNAPSHOT_GROUP || named.kind !== SNAPSHOT_KIND || named.namespace !== claimNamespace) return named;
  const original = sourceOfHandedOver(named.name);
  return original ? { ...named, ...original } : named;
}
