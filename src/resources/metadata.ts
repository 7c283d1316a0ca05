import { type ApiObject, type ApiObjectMetadata, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { labelFault, subdomainFault } from '../reference/dns';
import { INTENT_ANNOTATION } from '../reference/intent';

/**
 * The namespace of a namespaced object: its own, or its chart's. An object without one would land wherever the apply command points, and
 * nothing could be said about who may refer to whom.
 */
export function namespaceFor(scope: Construct, what: string, metadata?: ApiObjectMetadata): string {
  const namespace = metadata?.namespace ?? Chart.of(scope).namespace;
  if (namespace === undefined) {
    throw new Error(`${what} has no namespace: give metadata.namespace, or create it in a Chart that has one`);
  }
  return checkNamespace(`namespace of ${what}`, namespace);
}

/** Refuses a namespace that Kubernetes would refuse. `what` says whose namespace it is. */
export function checkNamespace(what: string, namespace: string): string {
  const fault = labelFault(namespace);
  if (fault) throw new Error(`${what} is '${namespace}', but ${fault}`);
  return namespace;
}

/** Refuses an object's name that Kubernetes would refuse. `what` says whose name it is. */
export function checkName(what: string, name: string): string {
  const fault = subdomainFault(name);
  if (fault) throw new Error(`${what} is '${name}', but ${fault}`);
  return name;
}

/** Metadata in its namespace. A name that is `undefined` is left out: cdk8s would take it for a name, and emit an object without one. */
export function placeIn(namespace: string | undefined, metadata: ApiObjectMetadata = {}): ApiObjectMetadata {
  const { name, ...rest } = metadata;
  return name === undefined ? { ...rest, namespace } : { ...rest, name, namespace };
}

/** Our annotations and the user's: theirs win. */
export function annotate(ours: Record<string, string>, metadata: ApiObjectMetadata = {}): ApiObjectMetadata {
  return { ...metadata, annotations: { ...ours, ...metadata.annotations } };
}

/** Nobody may say another source than the reference does: the guard in the cluster would compare with a lie. */
export function refuseOtherIntent(what: string, metadata: ApiObjectMetadata = {}, intent?: string): void {
  const theirs = metadata.annotations?.[INTENT_ANNOTATION];
  if (theirs === undefined || theirs === intent) return;
  const allowed = intent === undefined ? 'only a claim that crosses a namespace carries it' : `its data source is '${intent}'`;
  throw new Error(`${what} has the annotation ${INTENT_ANNOTATION}: '${theirs}', but ${allowed}; leave the annotation to the library`);
}

/** The metadata of an object whose namespace is given beside it. */
export function inNamespace(what: string, namespace: string, metadata: ApiObjectMetadata = {}): ApiObjectMetadata {
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
    throw new Error(
      `${what} is to be in namespace '${namespace}', but metadata.namespace is '${metadata.namespace}'; leave metadata.namespace out`,
    );
  }
  return { ...metadata, namespace };
}

/** Refuses a namespace on a kind that has none. */
export function refuseNamespace(what: string, metadata: ApiObjectMetadata = {}): void {
  if (metadata.namespace === undefined) return;
  throw new Error(`${what} has metadata.namespace '${metadata.namespace}', but is cluster-scoped; leave metadata.namespace out`);
}

/** cdk8s gives every object the namespace of its chart, cluster-scoped ones too; this takes it back. */
export function withoutNamespace<T extends ApiObject>(object: T): T {
  if (object.chart.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}
