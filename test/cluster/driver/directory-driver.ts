import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { type CsiMethod, csiServices, unary } from './csi-service';
import { Faults } from './faults';
import { identity } from './identity';
import { node } from './node';
import { Snapshots } from './snapshots';
import { Volumes } from './volumes';

const CAPABILITIES = ['CREATE_DELETE_VOLUME', 'CREATE_DELETE_SNAPSHOT', 'CLONE_VOLUME', 'LIST_VOLUMES', 'LIST_SNAPSHOTS', 'GET_CAPACITY'];

/** A CSI driver whose volumes are directories: it runs inside the test process, so that a test can make it slow, fail or go away. */
export class DirectoryDriver {
  public readonly socket: string;
  public readonly faults = new Faults();
  public readonly volumes: Volumes;
  public readonly snapshots: Snapshots;
  private server?: Server;

  public constructor(root: string) {
    this.socket = join(root, 'csi.sock');
    this.snapshots = new Snapshots(root);
    this.volumes = new Volumes(root, this.snapshots);
  }

  public async start(): Promise<void> {
    await this.volumes.prepare();
    await this.snapshots.prepare();
    // A driver that died leaves its socket behind.
    await rm(this.socket, { force: true });
    const server = new Server();
    const services = csiServices();
    server.addService(services.Identity.service, this.handlers(identity));
    server.addService(services.Controller.service, this.handlers(this.controller()));
    server.addService(services.Node.service, this.handlers(node(this.volumes)));
    await new Promise<void>((resolve, reject) => {
      server.bindAsync(`unix:${this.socket}`, ServerCredentials.createInsecure(), (error) => (error ? reject(error) : resolve()));
    });
    this.server = server;
  }

  /** Breaks off every connection and call: the driver is gone, what it stored stays. */
  public async stop(): Promise<void> {
    this.server?.forceShutdown();
    this.server = undefined;
    await rm(this.socket, { force: true });
  }

  private controller(): Record<string, CsiMethod> {
    return {
      ControllerGetCapabilities: () => ({ capabilities: CAPABILITIES.map((type) => ({ rpc: { type } })) }),
      ...this.volumes.methods(),
      ...this.snapshots.methods(this.volumes),
    };
  }

  private handlers(methods: Record<string, CsiMethod>) {
    return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, unary(this.faults.around(name, method))]));
  }
}
