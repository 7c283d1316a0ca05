import type { Grant } from '../reference/grant';
import { GrantIndex } from '../reference/grant';
import { CLAIM_KIND, CORE_GROUP, keyOf, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import { SourceIndex } from '../reference/resolve';
import { type Claim, claimsIn } from './claim';
import { at, list, text } from './fields';
import { type PodTemplate, podsIn } from './pod-template';
import { objectsIn, type PlacedManifest, type SetObject } from './set-object';

export const GRANT_GROUP = 'gateway.networking.k8s.io';
export const GRANT_KIND = 'ReferenceGrant';

/** A ReferenceGrant, and what of it decides. */
export interface GrantObject {
  readonly object: SetObject;
  readonly grant: Grant;
}

export interface ObjectSetOptions {
  /**
   * The namespace of objects that name none, as `kubectl apply --namespace` gives it.
   *
   * @default 'default'
   */
  readonly namespace?: string;
  /** Namespaces whose objects are delivered elsewhere: what they hold, or grant, cannot be judged here. */
  readonly external?: readonly string[];
}

/** Everything that is looked at together: the objects of some files, of an App, or of a cluster. */
export class ObjectSet {
  public readonly objects: readonly SetObject[];
  public readonly pods: readonly PodTemplate[];
  public readonly claims: readonly Claim[];
  public readonly grants: readonly GrantObject[];
  /** Finds the grant that covers a reference. */
  public readonly grantIndex: GrantIndex;
  /** Finds what claims can be filled from. */
  public readonly sourceIndex: SourceIndex;

  private readonly byKind = new Map<string, SetObject[]>();
  private readonly byKey = new Map<string, SetObject[]>();
  private readonly external: ReadonlySet<string>;
  private readonly namespaces = new Set<string>();

  constructor(manifests: Iterable<PlacedManifest>, options: ObjectSetOptions = {}) {
    const objects: SetObject[] = [];
    const pods: PodTemplate[] = [];
    const claims: Claim[] = [];
    for (const manifest of manifests) {
      for (const object of objectsIn(manifest, options.namespace ?? 'default')) {
        objects.push(object);
        const podsHere = podsIn(object);
        pods.push(...podsHere);
        claims.push(...claimsIn(object, podsHere));
        append(this.byKind, kindKey(object.group, object.kind), object);
        append(this.byKey, keyOf(object), object);
        if (object.namespace) this.namespaces.add(object.namespace);
      }
    }
    this.objects = objects;
    this.pods = pods;
    this.claims = claims;
    this.grants = this.ofKind(GRANT_GROUP, GRANT_KIND).map((object) => ({ object, grant: grantOf(object) }));
    this.grantIndex = new GrantIndex(this.grants.map(({ grant }) => grant));
    this.sourceIndex = new SourceIndex([...this.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND), ...this.ofKind(CORE_GROUP, CLAIM_KIND)]);
    this.external = new Set(options.external);
  }

  /** The objects of one kind, in whatever version. */
  public ofKind(group: string, kind: string): readonly SetObject[] {
    return this.byKind.get(kindKey(group, kind)) ?? [];
  }

  /** The objects of one key: one, none, or, where the set says something twice, several. */
  public withKey(key: {
    readonly group: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  }): readonly SetObject[] {
    return this.byKey.get(keyOf(key)) ?? [];
  }

  /** Whether this namespace's objects are said to be delivered elsewhere. */
  public isExternal(namespace: string): boolean {
    return this.external.has(namespace);
  }

  /** Whether the set holds anything of this namespace. */
  public shows(namespace: string): boolean {
    return this.namespaces.has(namespace);
  }
}

function grantOf({ namespace, name, manifest }: SetObject): Grant {
  return {
    namespace,
    name,
    from: list(at(manifest, 'spec', 'from')).map((entry) => ({
      group: text(at(entry, 'group')),
      kind: text(at(entry, 'kind')),
      namespace: text(at(entry, 'namespace')),
    })),
    to: list(at(manifest, 'spec', 'to')).map((entry) => ({
      group: text(at(entry, 'group')),
      kind: text(at(entry, 'kind')),
      name: text(at(entry, 'name')) || undefined,
    })),
  };
}

function kindKey(group: string, kind: string): string {
  return `${group} ${kind}`;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
