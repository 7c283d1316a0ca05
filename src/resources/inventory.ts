import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Grant } from '../reference/grant';
import type { ObjectKey, Reference } from '../reference/reference';
import { appFaults } from './app-faults';

/** A claim of this library, and what it refers to. */
export interface OwnClaim {
  readonly construct: IConstruct;
  readonly reference: Reference;
  /** Says that the volume is filled already: nothing reads the source any more. */
  readonly alreadyRestored: boolean;
}

/**
 * What this library has made in one App, for the rules that need to see all of it.
 *
 * cdk8s runs every validator once for each chart and once more. The whole App is therefore looked at once, when the first validator asks,
 * and again only after this library has made another object.
 */
export class Inventory {
  private static readonly byRoot = new WeakMap<IConstruct, Inventory>();

  public static of(construct: IConstruct): Inventory {
    const root = construct.node.root;
    let inventory = Inventory.byRoot.get(root);
    if (!inventory) {
      inventory = new Inventory(root);
      Inventory.byRoot.set(root, inventory);
    }
    return inventory;
  }

  public readonly objects = new Map<ApiObject, IConstruct>();
  public readonly claims: OwnClaim[] = [];
  public readonly grants = new Map<ApiObject, () => Grant>();
  /** Sources that somebody else made and that an owner in this App shares. */
  public readonly sharedSources: ObjectKey[] = [];

  private faults?: Map<IConstruct, string[]>;
  private _pass = 0;

  private constructor(public readonly root: IConstruct) {
    // The root is the first construct that cdk8s validates in each pass.
    root.node.addValidation({ validate: () => this.beginPass() });
  }

  /** Grows with every pass of validation, that is before anything is serialized: what is derived from the tree may be kept that long. */
  public get pass(): number {
    return this._pass;
  }

  public add(construct: IConstruct, object: ApiObject): void {
    this.objects.set(object, construct);
    this.faults = undefined;
    construct.node.addValidation({ validate: () => this.faultsOf(construct) });
  }

  public addGrant(construct: IConstruct, object: ApiObject, grant: () => Grant): void {
    this.add(construct, object);
    this.grants.set(object, grant);
  }

  public addClaim(claim: OwnClaim, object: ApiObject): void {
    this.add(claim.construct, object);
    this.claims.push(claim);
  }

  public addSharedSource(source: ObjectKey): void {
    this.sharedSources.push(source);
    this.faults = undefined;
  }

  /** The App has changed in a way that no new object shows. */
  public touch(): void {
    this.faults = undefined;
  }

  private faultsOf(construct: IConstruct): string[] {
    this.faults ??= appFaults(this);
    return this.faults.get(construct) ?? [];
  }

  private beginPass(): string[] {
    this._pass++;
    return [];
  }
}
