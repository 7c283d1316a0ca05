import { type Grant, GrantIndex } from '../reference/grant';
import { grantOf } from '../reference/grant-manifest';
import {
  CLAIM_KIND,
  CORE_GROUP,
  GRANT_GROUP,
  GRANT_KIND,
  type ObjectKey,
  type Reference,
  SNAPSHOT_GROUP,
  SNAPSHOT_KIND,
} from '../reference/reference';
import { type Claim, type CrossingClaim, claimsIn, isCrossing } from './claim';
import { isSpelled } from './field-names';
import { CLAIM } from './known-fields';
import { type PodTemplate, podsIn } from './pod-template';
import { type Refusal, refusalsOf } from './refusal';
import { Resolution } from './resolution';
import { objectsIn, type PlacedManifest, type SetObject } from './set-object';
import { type Shelf, Shelves } from './shelves';
import { isSourceKind } from './source-kind';
import { TemplateNames } from './template-names';

/** A ReferenceGrant, and what of it decides. */
export interface GrantObject extends Grant {
  readonly object: SetObject;
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
  public readonly grantIndex: GrantIndex<GrantObject>;
  private readonly shelves = new Shelves();
  private readonly claimsByNamespace = new Map<string, Claim[]>();
  private readonly external: ReadonlySet<string>;
  private readonly templateNames: TemplateNames;
  /** Where the set shows something that claims can be filled from. */
  private shown?: ReadonlySet<string>;
  private withOriginals?: ReadonlySet<string>;
  /** Null: the set does not show it. */
  private readonly sources = new Map<ObjectKey, SetObject | null>();
  private readonly covering = new Map<Claim, readonly GrantObject[]>();
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
        this.shelves.add(object);
      }
    }
    this.objects = objects;
    this.saysSomethingTwice = this.shelves.haveTwice;
    this.pods = pods;
    this.claims = claims;
    this.grants = this.ofKind(GRANT_GROUP, GRANT_KIND).map((object) => ({ object, ...grantOf(object.manifest, object) }));
    this.grantIndex = new GrantIndex(this.grants);
    for (const claim of claims) append(this.claimsByNamespace, claim.namespace, claim);
    this.templateNames = new TemplateNames(claims);
    this.external = new Set(options.external);
  }

  /** Whether any two of its objects have the same key. */
  public readonly saysSomethingTwice: boolean;

  /** The kinds of its objects. */
  public get kinds(): readonly Pick<Shelf, 'group' | 'kind' | 'objects'>[] {
    return this.shelves.all;
  }

  /** The objects of one kind, in whatever version. */
  public ofKind(group: string, kind: string): readonly SetObject[] {
    return this.shelves.of(group, kind)?.objects ?? [];
  }

  /** The claims of one namespace. */
  public claimsOf(namespace: string): readonly Claim[] {
    return this.claimsByNamespace.get(namespace) ?? [];
  }

  /** The object of a key; where the set says something twice, the first. */
  public find(key: ObjectKey): SetObject | undefined {
    return this.shelves.of(key.group, key.kind)?.find(key);
  }

  /** All objects of a key: more than one, where the set says something twice. */
  public findAll(key: ObjectKey): readonly SetObject[] {
    return this.shelves.of(key.group, key.kind)?.findAll(key) ?? [];
  }

  /** The object that a reference names, if the set shows it. Many rules ask. */
  public sourceOf({ source }: Reference): SetObject | undefined {
    let found = this.sources.get(source);
    if (found === undefined) {
      found = this.find(source) ?? null;
      this.sources.set(source, found);
    }
    return found ?? undefined;
  }

  /** Whether the set holds what a reference names; of a namespace that is delivered elsewhere, the set need not hold all. */
  public resolve(reference: Reference): Resolution {
    return this.resolution(reference.source, this.sourceOf(reference));
  }

  /** The same for what something else than a claim names. */
  public resolveNamed(source: ObjectKey): Resolution {
    return this.resolution(source, this.find(source));
  }

  private resolution(source: ObjectKey, found: SetObject | undefined): Resolution {
    const { kind, group, namespace, name } = source;
    if (!isSourceKind(source)) return Resolution.NOT_IN_SET;
    if (found || (kind === CLAIM_KIND && this.templateNames.has(namespace, name))) return Resolution.FOUND;
    if (this.isExternal(namespace)) return Resolution.NOT_IN_SET;
    this.shown ??= new Set([...this.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND), ...this.ofKind(CORE_GROUP, CLAIM_KIND)].map(shelfOf));
    return this.shown.has(shelfOf({ group, kind, namespace })) ? Resolution.MISSING : Resolution.NOT_IN_SET;
  }

  /** Whether the set shows a claim of a namespace that is filled from nothing: where it shows copies alone, the originals are elsewhere. */
  public showsOriginals(namespace: string): boolean {
    this.withOriginals ??= new Set(this.claims.filter(isOriginal).map((claim) => claim.namespace));
    return this.withOriginals.has(namespace);
  }

  /** The claims that the provisioner would refuse, as far as the set can say. Worked out when it is first asked for. */
  public get refusals(): ReadonlyMap<Claim, Refusal> {
    this.refused ??= refusalsOf(this);
    return this.refused;
  }

  /** The grants of which each alone allows what a claim asks for in another namespace. Many rules ask. */
  public grantsFor(claim: CrossingClaim): readonly GrantObject[] {
    let grants = this.covering.get(claim);
    if (!grants) {
      grants = this.grantIndex.covering(claim.reference);
      this.covering.set(claim, grants);
    }
    return grants;
  }

  /** Whether a claim needs a grant which this set should hold. */
  public needsGrant(claim: Claim): claim is CrossingClaim {
    return isCrossing(claim) && !this.isExternal(claim.reference.source.namespace);
  }

  /** Whether this namespace's objects are said to be delivered elsewhere. */
  public isExternal(namespace: string): boolean {
    return this.external.has(namespace);
  }
}

/** One with a field under a wrong name may be a copy. */
function isOriginal({ source, intent, node }: Claim): boolean {
  return !source && intent === undefined && isSpelled(node, CLAIM);
}

/** What objects of one kind in one namespace share. */
function shelfOf({ group, kind, namespace }: Omit<ObjectKey, 'name'>): string {
  return `${group} ${kind} ${namespace}`;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
