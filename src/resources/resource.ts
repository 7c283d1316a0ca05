import type { ApiObject, ApiObjectMetadataDefinition } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/**
 * What every resource here has in common: it is one Kubernetes object, and reads like a resource of cdk8s-plus without loading it.
 *
 * @internal
 */
export abstract class Resource extends Construct implements kplus.IResource, kplus.IApiEndpoint {
  /** The object behind this construct; `ApiObject.of(construct)` finds it too. */
  protected abstract readonly apiObject: ApiObject;

  /** The plural by which RBAC rules name this kind. */
  public abstract readonly resourceType: string;

  /** The object's metadata; labels and annotations may still be added. */
  public get metadata(): ApiObjectMetadataDefinition {
    return this.apiObject.metadata;
  }

  /** The name of the object in Kubernetes. */
  public get name(): string {
    return this.apiObject.name;
  }

  /** The API group and version, such as `snapshot.storage.k8s.io/v1`. */
  public get apiVersion(): string {
    return this.apiObject.apiVersion;
  }

  /** The API group without the version; `core` for the core group, as in cdk8s-plus. */
  public get apiGroup(): string {
    return this.apiObject.apiGroup;
  }

  /** The kind of the object. */
  public get kind(): string {
    return this.apiObject.kind;
  }

  /** The name by which RBAC rules name this one object. */
  public get resourceName(): string | undefined {
    return this.name;
  }

  /** This object as something that a Role can allow. */
  public asApiResource(): kplus.IApiResource | undefined {
    return this;
  }

  /** Nothing: this is an object, not a URL. */
  public asNonApiResource(): string | undefined {
    return undefined;
  }
}
