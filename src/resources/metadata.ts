import { type ApiObject, type ApiObjectMetadata, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { labelFault, subdomainFault } from '../reference/dns';
import { INTENT_ANNOTATION } from '../reference/intent';
import { quoted } from '../reference/quoted';
import type { Subject } from './subject';

/**
 * The namespace of a namespaced object: its own, or its chart's. An object without one would land wherever the apply command points, and
 * nothing could be said about who may refer to whom.
 */
export function namespaceFor(scope: Construct, what: Subject, metadata?: ApiObjectMetadata): string {
  const namespace = metadata?.namespace === undefined ? Chart.of(scope).namespace : metadata.namespace;
  if (namespace === undefined) {
    throw new Error(`${what} has no namespace: give metadata.namespace, or create it in a Chart that has one`);
  }
  return checkNamespace('namespace', what, namespace);
}

/** Refuses a namespace that Kubernetes would refuse. */
export function checkNamespace(field: string, what: Subject | string, namespace: string): string {
  const fault = labelFault(namespace);
  if (fault) throw new Error(`${field} of ${what} is ${quoted(namespace)}, but ${fault}`);
  return namespace;
}

/** Refuses an object's name that Kubernetes would refuse. */
export function checkName(field: string, what: Subject | string, name: string): string {
  const fault = subdomainFault(name);
  if (fault) throw new Error(`${field} of ${what} is ${quoted(name)}, but ${fault}`);
  return name;
}

/** Refuses the name of an object that Kubernetes would refuse. */
export function checkOwnName(what: Subject, name: string, { name: given }: ApiObjectMetadata = {}): void {
  if (given === undefined) checkGeneratedName(what, name);
  else checkName('name', what, given);
}

/** The same of a name that nobody has written. */
export function checkGeneratedName(what: Subject, name: string): string {
  const fault = subdomainFault(name);
  if (fault)
    throw new Error(`name of ${what} is '${name}', made of the path of the construct, but ${fault}; give metadata.name, or another id`);
  return name;
}

/** What the library itself has to say about an object's metadata. */
export interface OurMetadata {
  /** Nothing for a cluster-scoped object. */
  readonly namespace?: string;
  /** Nothing: the user's name, or a generated one. */
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The metadata of an object: the user's, with what we add to it. The user's annotations win over ours. */
export function metadataFor(theirs: ApiObjectMetadata | undefined, ours: OurMetadata): ApiObjectMetadata {
  const metadata: Record<string, unknown> = { ...theirs, namespace: ours.namespace };
  if (ours.name !== undefined) metadata.name = ours.name;
  // cdk8s would take `undefined` for a name, and emit an object without one.
  else if ('name' in metadata && metadata.name === undefined) delete metadata.name;
  if (ours.annotations) metadata.annotations = { ...ours.annotations, ...theirs?.annotations };
  return metadata;
}

/** Nobody may say another source than the reference does: the guard in the cluster would compare with a lie. */
export function refuseOtherIntent(what: Subject, metadata: ApiObjectMetadata = {}, intent?: string): void {
  const theirs = metadata.annotations?.[INTENT_ANNOTATION];
  if (theirs === undefined || theirs === intent) return;
  const allowed = intent === undefined ? 'only a claim that crosses a namespace carries it' : `its data source is '${intent}'`;
  throw new Error(`${what} has the annotation ${INTENT_ANNOTATION}: '${theirs}', but ${allowed}; leave the annotation to the library`);
}

/** Refuses a namespace in the metadata other than the one that is given beside it. */
export function refuseOtherNamespace(what: Subject, namespace: string, metadata: ApiObjectMetadata = {}): void {
  if (metadata.namespace === undefined || metadata.namespace === namespace) return;
  throw new Error(
    `${what} is to be in namespace '${namespace}', but metadata.namespace is ${quoted(metadata.namespace)}; leave metadata.namespace out`,
  );
}

/** Refuses a namespace on a kind that has none. */
export function refuseNamespace(what: Subject, metadata: ApiObjectMetadata = {}): void {
  if (metadata.namespace === undefined) return;
  throw new Error(`${what} has metadata.namespace ${quoted(metadata.namespace)}, but is cluster-scoped; leave metadata.namespace out`);
}

/** The kinds without a namespace that this library emits. */
export const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'VolumeSnapshotClass',
  'VolumeSnapshotContent',
]);

/** cdk8s gives every object the namespace of its chart, cluster-scoped ones too; this takes it back. */
export function withoutNamespace<T extends ApiObject>(object: T): T {
  if (object.chart.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}
