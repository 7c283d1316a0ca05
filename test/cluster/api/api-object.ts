/** Whatever the API answers; tests reach into objects of every kind, and an assertion is the type check. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Json = any;

/** A Kubernetes object as it is sent and received: what the tests do not look at is not described. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: Json;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly deletionTimestamp?: string;
}

/** Enough to find an object. */
export interface ObjectAddress {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

export function addressOf(apiVersion: string, kind: string, name: string, namespace?: string): ObjectAddress {
  return { apiVersion, kind, metadata: { name, namespace } };
}

/** "PersistentVolumeClaim dev/clone", for messages. */
export function describe({ kind, metadata }: ObjectAddress): string {
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
}
