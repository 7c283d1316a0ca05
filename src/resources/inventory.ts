import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Grant } from '../reference/grant';
import type { ObjectKey, Reference } from '../reference/reference';
import { appFaults } from './app-faults';

/** A claim of this library. */
export interface OwnClaim extends IConstruct {
  /** Says that the volume is filled already: nothing reads the source any more. */
  readonly _alreadyRestored: boolean;
  /** Throws where something about the complete chart is wrong. */
  _check(): void;
  _toReference(): Reference;
}

/** A grant of this library. */
export interface OwnGrant extends IConstruct {
  _toGrant(): Grant;
}

/**
 * What this library has made in one App, for the rules that need to see all of it.
 *
 * cdk8s runs every validator once for each chart and once more. The whole App is therefore judged when the first pass begins, and again only
 * after something has changed.
 */
export class Inventory {
  private static readonly byRoot = new WeakMap<IConstruct, Inventory>();

  public static of(construct: IConstruct): Inventory {
    let root = construct;
    while (root.node.scope) root = root.node.scope;
    let inventory = Inventory.byRoot.get(root);
    if (!inventory) {
      inventory = new Inventory(root);
      Inventory.byRoot.set(root, inventory);
    }
    return inventory;
  }

  /** Every object of this library that shares its kind with objects of others, and the construct that made it. */
  public readonly objects = new Map<ApiObject, IConstruct>();
  public readonly claims: OwnClaim[] = [];
  public readonly grants = new Map<ApiObject, OwnGrant>();
  /** Sources that somebody else made and that an owner in this App shares. */
  public readonly sharedSources: { readonly owner: IConstruct; readonly source: ObjectKey }[] = [];

  private seen: readonly ApiObject[] = [];
  private faults?: Map<IConstruct, string[]>;
  private readonly reporting = new WeakSet<IConstruct>();
  private _pass = 0;

  private constructor(public readonly root: IConstruct) {
    // cdk8s validates the root before everything below it.
    root.node.addValidation({ validate: () => this.beginPass() });
  }

  /** Grows with every pass of validation, that is before anything is serialized: what is derived from the tree may be kept that long. */
  public get pass(): number {
    return this._pass;
  }

  public add(construct: IConstruct, object: ApiObject): void {
    this.objects.set(object, construct);
    this.touch();
  }

  public addGrant(grant: OwnGrant, object: ApiObject): void {
    this.grants.set(object, grant);
    this.add(grant, object);
  }

  public addClaim(claim: OwnClaim, object: ApiObject): void {
    this.claims.push(claim);
    this.add(claim, object);
  }

  public addSharedSource(owner: IConstruct, source: ObjectKey): void {
    this.sharedSources.push({ owner, source });
    this.touch();
  }

  /** The App has changed, in a way that may bring other faults. */
  public touch(): void {
    this.faults = undefined;
  }

  /** Only a construct with a fault gets a validator, which reports it under the construct's own path, later in this same pass. */
  private beginPass(): string[] {
    this._pass++;
    for (const construct of this.look().keys()) {
      if (this.reporting.has(construct)) continue;
      this.reporting.add(construct);
      construct.node.addValidation({ validate: () => this.faults?.get(construct) ?? [] });
    }
    return [];
  }

  /**
   * The tree is walked in each pass, which is cheap; it is judged again only if other objects stand in it, or if something was wrong and may
   * have been mended.
   */
  private look(): Map<IConstruct, string[]> {
    const objects = this.root.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
    const same = objects.length === this.seen.length && objects.every((object, index) => object === this.seen[index]);
    if (!same || (this.faults && this.faults.size > 0)) this.touch();
    this.seen = objects;
    this.faults ??= appFaults(this, objects);
    return this.faults;
  }
}
