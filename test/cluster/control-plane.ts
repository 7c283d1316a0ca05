import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ApiConnection } from './api/api-connection';
import { KubernetesApi } from './api/kubernetes-api';
import { type EtcdPorts, etcd } from './components/etcd';
import { type Account, certificateFile, kubeApiserver } from './components/kube-apiserver';
import { kubeControllerManager } from './components/kube-controller-manager';
import { writeKubeconfig } from './components/kubeconfig';
import type { Gate, Surroundings } from './components/surroundings';
import { freePort } from './processes/free-port';
import { Service } from './processes/service';

/** The service accounts of the stock deployments. */
const PROVISIONER_USER = 'system:serviceaccount:default:csi-provisioner';
export const SNAPSHOT_CONTROLLER_USER = 'system:serviceaccount:kube-system:snapshot-controller';
export const SNAPSHOTTER_USER = 'system:serviceaccount:default:csi-snapshotter';

/** etcd, the API server and the controllers of Kubernetes itself. */
export class ControlPlane {
  public static async start(at: Surroundings, crossNamespaceGate: Gate): Promise<ControlPlane> {
    const plane = new ControlPlane(at, { client: await freePort(), peer: await freePort() }, await freePort());
    try {
      plane.etcd = await Service.start(etcd(at, plane.etcdPorts));
      await plane.startApiserver(crossNamespaceGate);
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  public readonly api: KubernetesApi;
  public readonly adminKubeconfig: string;
  public readonly provisionerKubeconfig: string;
  public readonly snapshotControllerKubeconfig: string;
  public readonly snapshotterKubeconfig: string;
  private readonly accounts: readonly Account[];
  private readonly connection: ApiConnection;
  private etcd?: Service;
  private apiserver?: Service;
  private controllers?: Service;
  private secondApiserver?: Service;
  private secondConnection?: ApiConnection;

  private constructor(
    private readonly at: Surroundings,
    private readonly etcdPorts: EtcdPorts,
    private readonly port: number,
  ) {
    const admin = { token: randomUUID(), user: 'admin', groups: ['system:masters'] };
    const [provisioner, snapshotController, snapshotter] = [PROVISIONER_USER, SNAPSHOT_CONTROLLER_USER, SNAPSHOTTER_USER].map((user) => ({
      token: randomUUID(),
      user,
      groups: ['system:serviceaccounts'],
    }));
    this.accounts = [admin, provisioner, snapshotController, snapshotter];
    this.adminKubeconfig = writeKubeconfig(at, port, admin);
    this.provisionerKubeconfig = writeKubeconfig(at, port, provisioner);
    this.snapshotControllerKubeconfig = writeKubeconfig(at, port, snapshotController);
    this.snapshotterKubeconfig = writeKubeconfig(at, port, snapshotter);
    this.connection = new ApiConnection({ port, certificateFile: certificateFile(at), token: admin.token });
    this.api = new KubernetesApi(this.connection);
  }

  public get services(): readonly Service[] {
    return [this.controllers, this.secondApiserver, this.apiserver, this.etcd].filter((each) => each !== undefined);
  }

  /** The garbage collector learns of new kinds every 30 s only: whatever is installed before does not wait for that. */
  public async startControllers(): Promise<void> {
    this.controllers = await Service.start(kubeControllerManager(this.at, this.adminKubeconfig));
  }

  /** Restarts the API server on the same etcd, with the gate on or off, as an administrator would. */
  public async restartApiserver(crossNamespaceGate: Gate): Promise<void> {
    // Its watchers would hold up a polite end for as long as it waits.
    await this.apiserver?.stop(1000);
    await this.startApiserver(crossNamespaceGate);
  }

  /** A second API server beside the first, on the same etcd and for the same users, with caches of its own. */
  public async startSecondApiserver(crossNamespaceGate: boolean): Promise<KubernetesApi> {
    const port = await freePort();
    this.secondConnection = new ApiConnection({ port, certificateFile: certificateFile(this.at), token: this.accounts[0].token });
    const api = new KubernetesApi(this.secondConnection);
    this.secondApiserver = await Service.start({
      ...kubeApiserver(this.at, { port, etcdPort: this.etcdPorts.client, accounts: this.accounts, crossNamespaceGate }),
      name: 'second-kube-apiserver',
      logFile: join(this.at.logs, 'second-kube-apiserver.log'),
      ready: () => api.mustBeReady(),
    });
    return api;
  }

  public async stop(): Promise<void> {
    this.connection.close();
    this.secondConnection?.close();
    // In this order: an API server that has lost its etcd takes its time to end.
    for (const service of this.services) {
      await service.kill();
    }
  }

  private async startApiserver(crossNamespaceGate: Gate): Promise<void> {
    this.apiserver = await Service.start({
      ...kubeApiserver(this.at, { port: this.port, etcdPort: this.etcdPorts.client, accounts: this.accounts, crossNamespaceGate }),
      ready: () => this.api.mustBeReady(),
    });
  }
}
