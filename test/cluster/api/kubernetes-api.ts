import { type ApiConnection, ApiRefusal } from './api-connection';
import type { ApiObject, ObjectAddress } from './api-object';

const FIELD_MANAGER = 'cluster-test';
const NOT_FOUND = 404;

/** A kind as the API server serves it. */
interface ServedKind {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** The verbs of the Kubernetes API, for objects of any kind that the server knows. */
export class KubernetesApi {
  private readonly served = new Map<string, ServedKind>();

  public constructor(private readonly connection: ApiConnection) {}

  /** Rejects until the server takes requests. */
  public async mustBeReady(): Promise<void> {
    await this.connection.sendForText('GET', '/readyz');
  }

  /** The value of a metric with exactly these labels. */
  public async metric(nameAndLabels: string): Promise<string | undefined> {
    const lines = (await this.connection.sendForText('GET', '/metrics')).split('\n');
    return lines.find((line) => line.startsWith(`${nameAndLabels} `))?.slice(nameAndLabels.length + 1);
  }

  public async get(address: ObjectAddress): Promise<ApiObject> {
    return this.connection.send('GET', await this.pathTo(address));
  }

  /** The object, or undefined when there is none. */
  public async find(address: ObjectAddress): Promise<ApiObject | undefined> {
    return this.get(address).catch((error) => {
      if (error instanceof ApiRefusal && error.code === NOT_FOUND) {
        return undefined;
      }
      throw error;
    });
  }

  /** Every object of a kind, in one namespace or in all. */
  public async list(apiVersion: string, kind: string, namespace?: string, query = ''): Promise<ApiObject[]> {
    const path = await this.pathOf(apiVersion, kind, namespace);
    const { items } = await this.connection.send('GET', query ? `${path}?${query}` : path);
    return items.map((item: ApiObject) => ({ ...item, apiVersion, kind }));
  }

  public async create(object: ApiObject, query = ''): Promise<ApiObject> {
    const path = await this.pathOf(object.apiVersion, object.kind, object.metadata.namespace);
    return this.connection.send('POST', `${path}?fieldManager=${FIELD_MANAGER}${query && `&${query}`}`, object);
  }

  /** Server-side apply. */
  public async apply(object: ApiObject, query = ''): Promise<ApiObject> {
    const path = `${await this.pathTo(object)}?fieldManager=${FIELD_MANAGER}&force=true${query && `&${query}`}`;
    return this.connection.send('PATCH', path, object, 'application/apply-patch+yaml');
  }

  /** Applies one after the other, in the order of the list. */
  public async applyAll(objects: readonly ApiObject[]): Promise<void> {
    for (const object of objects) {
      await this.apply(object);
    }
  }

  public async patch(address: ObjectAddress, patch: object, subresource = ''): Promise<ApiObject> {
    return this.connection.send('PATCH', (await this.pathTo(address)) + subresource, patch, 'application/merge-patch+json');
  }

  /** Asks for the deletion; the object may be there for a while. */
  public async delete(address: ObjectAddress, query = ''): Promise<void> {
    const path = await this.pathTo(address);
    await this.connection.send('DELETE', query ? `${path}?${query}` : path);
  }

  /** Creates what belongs to an object and has no address of its own, such as the binding of a pod. */
  public async createBelow(address: ObjectAddress, subresource: string, body: ApiObject): Promise<void> {
    await this.connection.send('POST', `${await this.pathTo(address)}/${subresource}`, body);
  }

  private async pathTo(address: ObjectAddress): Promise<string> {
    return `${await this.pathOf(address.apiVersion, address.kind, address.metadata.namespace)}/${address.metadata.name}`;
  }

  private async pathOf(apiVersion: string, kind: string, namespace?: string): Promise<string> {
    const root = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
    const { plural, namespaced } = await this.kind(root, apiVersion, kind);
    return namespaced && namespace ? `${root}/namespaces/${namespace}/${plural}` : `${root}/${plural}`;
  }

  private async kind(root: string, apiVersion: string, kind: string): Promise<ServedKind> {
    const key = `${apiVersion} ${kind}`;
    if (!this.served.has(key)) {
      const { resources } = await this.connection.send('GET', root);
      for (const each of resources) {
        if (!each.name.includes('/')) {
          this.served.set(`${apiVersion} ${each.kind}`, { plural: each.name, namespaced: each.namespaced });
        }
      }
    }
    const served = this.served.get(key);
    if (!served) {
      throw new ApiRefusal(NOT_FOUND, `The API server serves no ${kind} in ${apiVersion}.`);
    }
    return served;
  }
}
