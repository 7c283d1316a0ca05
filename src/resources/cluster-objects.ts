import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { Inventory } from './inventory';
import { withoutNamespace } from './metadata';

/** An object without a namespace, less what cdk8s itself adds. */
export interface ClusterObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ApiObjectMetadata;
  readonly [field: string]: unknown;
}

/** The cluster-scoped objects that one construct emits, in their order. */
export class ClusterObjects {
  private readonly made: ApiObject[] = [];

  constructor(private readonly owner: Construct) {}

  public add(id: string, object: ClusterObject): void {
    const made = withoutNamespace(new ApiObject(this.owner, id, { ...object }));
    Inventory.of(this.owner).add(this.owner, made);
    this.made.push(made);
  }

  public get all(): ApiObject[] {
    return [...this.made];
  }
}
