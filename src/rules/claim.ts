import { INTENT_ANNOTATION } from '../reference/intent';
import { CLAIM_KIND, CORE_GROUP, type Reference } from '../reference/reference';
import { at, list, strings, text } from './fields';
import type { PodTemplate } from './pod-template';
import type { SetObject } from './set-object';

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
  /** The source that it names, if it names one with a kind and a name. */
  readonly reference?: Reference;
  /** What its annotation says that it must be filled from. */
  readonly intent?: string;
}

/** The claims in one object. */
export function* claimsIn(object: SetObject, pods: readonly PodTemplate[]): Generator<Claim> {
  if (object.group === CORE_GROUP && object.kind === CLAIM_KIND) yield claim(object, object.name, object.manifest);
  if (object.kind === 'StatefulSet') {
    for (const template of list(at(object.manifest, 'spec', 'volumeClaimTemplates'))) {
      yield claim(object, `${text(at(template, 'metadata', 'name'))}-${object.name}-*`, template);
    }
  }
  for (const pod of pods) {
    for (const volume of list(at(pod.spec, 'volumes'))) {
      const template = at(volume, 'ephemeral', 'volumeClaimTemplate');
      const podName = object.kind === 'Pod' ? object.name : '*';
      if (template !== undefined) yield claim(object, `${podName}-${text(at(volume, 'name'))}`, template);
    }
  }
}

function claim(object: SetObject, name: string, node: unknown): Claim {
  const { namespace } = object;
  const spec = at(node, 'spec');
  const annotations = strings(at(node, 'metadata', 'annotations'));
  const ref = at(spec, 'dataSourceRef') ?? at(spec, 'dataSource');
  const source = {
    group: text(at(ref, 'apiGroup')),
    kind: text(at(ref, 'kind')),
    // The API server takes an empty namespace for an absent one.
    namespace: text(at(ref, 'namespace')) || namespace,
    name: text(at(ref, 'name')),
  };
  return {
    object,
    namespace,
    name,
    node,
    spec,
    annotations,
    reference: source.name ? { claim: { namespace, name }, source } : undefined,
    intent: annotations[INTENT_ANNOTATION],
  };
}
