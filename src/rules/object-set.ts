import type { Grant } from '../reference/grant';
import { GrantIndex } from '../reference/grant';
import { grantOf } from '../reference/grant-manifest';
import {
  CLAIM_KIND,
  CORE_GROUP,
  crossesNamespace,
  keyOf,
  type ObjectKey,
  type Reference,
  SNAPSHOT_GROUP,
  SNAPSHOT_KIND,
} from '../reference/reference';
import { type Claim, claimsIn } from './claim';
import { type PodTemplate, podsIn } from './pod-template';
import { type Refusal, refusalsOf } from './refusal';
import { Resolution } from './resolution';
import { objectsIn, type PlacedManifest, type SetObject } from './set-object';
import { isSourceKind } from './source-kind';
import { TemplateNames } from './template-names';

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
  private readonly byKind = new Map<string, SetObject[]>();
  private readonly byKey = new Map<string, SetObject>();
  private readonly claimsByNamespace = new Map<string, Claim[]>();
  private readonly external: ReadonlySet<string>;
  private readonly templateNames: TemplateNames;
  /** Where the set shows something that claims can be filled from. */
  private sources?: ReadonlySet<string>;
  private byGrant?: ReadonlyMap<Grant, GrantObject>;
  private refused?: ReadonlyMap<Claim, Refusal>;

  constructor(manifests: Iterable<PlacedManifest>, options: ObjectSetOptions = {}) {
    const objects: SetObject[] = [];
    const pods: PodTemplate[] = [];
    const claims: Claim[] = [];
    for (const manifest of manifests) {
      for (const object of objectsIn(manifest, options.namespace ?? 'default')) {
        objects.push(object);
        const podsHere = podsIn(object);
        for (const pod of podsHere) pods.push(pod);
        for (const claim of claimsIn(object, podsHere)) claims.push(claim);
        append(this.byKind, kindKey(object.group, object.kind), object);
        const key = keyOf(object);
        if (!this.byKey.has(key)) this.byKey.set(key, object);
      }
    }
    this.objects = objects;
    this.pods = pods;
    this.claims = claims;
    this.grants = this.ofKind(GRANT_GROUP, GRANT_KIND).map((object) => ({ object, grant: grantOf(object.manifest, object) }));
    this.grantIndex = new GrantIndex(this.grants.map(({ grant }) => grant));
    for (const claim of claims) append(this.claimsByNamespace, claim.namespace, claim);
    this.templateNames = new TemplateNames(claims);
    this.external = new Set(options.external);
  }

  /** Whether any two of its objects have the same key. */
  public get saysSomethingTwice(): boolean {
    return this.byKey.size < this.objects.length;
  }

  /** The objects of one kind, in whatever version. */
  public ofKind(group: string, kind: string): readonly SetObject[] {
    return this.byKind.get(kindKey(group, kind)) ?? [];
  }

  /** The claims of one namespace. */
  public claimsOf(namespace: string): readonly Claim[] {
    return this.claimsByNamespace.get(namespace) ?? [];
  }

  /** The object of a key; where the set says something twice, the first. */
  public find(key: ObjectKey): SetObject | undefined {
    return this.byKey.get(keyOf(key));
  }

  /** Whether the set holds what a reference names; of a namespace that is delivered elsewhere, the set need not hold all. */
  public resolve({ source }: Reference): Resolution {
    const { kind, group, namespace, name } = source;
    if (!isSourceKind(source)) return Resolution.NOT_IN_SET;
    if (this.find(source) || (kind === CLAIM_KIND && this.templateNames.has(namespace, name))) return Resolution.FOUND;
    if (this.isExternal(namespace)) return Resolution.NOT_IN_SET;
    this.sources ??= new Set([...this.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND), ...this.ofKind(CORE_GROUP, CLAIM_KIND)].map(shelfOf));
    return this.sources.has(shelfOf({ group, kind, namespace })) ? Resolution.MISSING : Resolution.NOT_IN_SET;
  }

  /** The claims that the provisioner would refuse, as far as the set can say. Worked out when it is first asked for. */
  public get refusals(): ReadonlyMap<Claim, Refusal> {
    this.refused ??= refusalsOf(this);
    return this.refused;
  }

  /** The grants of which each alone allows a reference to another namespace. */
  public grantsFor(reference: Reference): readonly GrantObject[] {
    this.byGrant ??= new Map(this.grants.map((one) => [one.grant, one]));
    return this.grantIndex.covering(reference).map((grant) => this.byGrant!.get(grant)!);
  }

  /** Whether a claim needs a grant which this set should hold. */
  public needsGrant(claim: Claim): claim is Claim & { readonly reference: Reference } {
    const { reference } = claim;
    return reference !== undefined && crossesNamespace(reference) && !this.isExternal(reference.source.namespace);
  }

  /** Whether this namespace's objects are said to be delivered elsewhere. */
  public isExternal(namespace: string): boolean {
    return this.external.has(namespace);
  }
}

/** What objects of one kind in one namespace share. */
function shelfOf({ group, kind, namespace }: Omit<ObjectKey, 'name'>): string {
  return `${group} ${kind} ${namespace}`;
}

function kindKey(group: string, kind: string): string {
  return `${group} ${kind}`;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
