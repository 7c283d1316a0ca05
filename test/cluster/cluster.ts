import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf } from './api/api-object';
import type { KubernetesApi } from './api/kubernetes-api';
import type { Surroundings } from './components/surroundings';
import { ControlPlane } from './control-plane';
import {
  argocdDefinitions,
  installDefinitions,
  referenceGrantDefinition,
  snapshotDefinitions,
  stockProvisionerAccess,
  stockSnapshotAccess,
} from './definitions';
import { DeliveryPlane } from './delivery-plane';
import type { DirectoryDriver } from './driver/directory-driver';
import { PodRunner } from './pod-runner';
import { eventually } from './processes/eventually';
import type { Service } from './processes/service';
import { storageClasses } from './storage-classes';
import { StoragePlane } from './storage-plane';
import { CACHE } from './tools/go-tools';

/** The switches that an administrator may have set wrong. */
export interface ClusterOptions {
  /** The API server's CrossNamespaceVolumeDataSource. @default true */
  readonly apiServerGate?: boolean;
  /** The provisioner's CrossNamespaceVolumeDataSource. @default true */
  readonly provisionerGate?: boolean;
  /** Whether the ReferenceGrant kind is installed. @default true */
  readonly referenceGrantKind?: boolean;
  /** As whom the provisioner works: an administrator, or its service account with the rights of its own project's manifests. @default 'admin' */
  readonly provisionerAccess?: 'admin' | 'stock';
  /** The same for the snapshot controller and the csi-snapshotter. @default 'admin' */
  readonly snapshotAccess?: 'admin' | 'stock';
  /** Whether Argo CD runs. @default false */
  readonly argocd?: boolean;
  /** Whether pods get a node and become ready. @default false */
  readonly pods?: boolean;
}

/** A Kubernetes without nodes: everything that makes, copies and binds volumes is real. */
export class Cluster {
  /** Starts a cluster; `name` names its folder of logs. */
  public static async start(name: string, options: ClusterOptions = {}): Promise<Cluster> {
    const at = { folder: mkdtempSync(join(tmpdir(), 'cluster-')), logs: join(CACHE, 'logs', name) };
    rmSync(at.logs, { recursive: true, force: true });
    const cluster = new Cluster(at, await ControlPlane.start(at, options.apiServerGate ?? true));
    try {
      await cluster.furnish(options);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  private storagePlane?: StoragePlane;
  private deliveryPlane?: DeliveryPlane;
  private podRunner?: PodRunner;

  private constructor(
    private readonly at: Surroundings,
    public readonly controlPlane: ControlPlane,
  ) {}

  public get api(): KubernetesApi {
    return this.controlPlane.api;
  }

  public get storage(): StoragePlane {
    return this.storagePlane!;
  }

  public get driver(): DirectoryDriver {
    return this.storage.driver;
  }

  public get pods(): PodRunner {
    return this.podRunner!;
  }

  public get kubeconfig(): string {
    return this.controlPlane.adminKubeconfig;
  }

  /** Temporary, for whatever a test keeps beside the cluster. */
  public get folder(): string {
    return this.at.folder;
  }

  public get logs(): string {
    return this.at.logs;
  }

  /** Waits for something in this cluster; a process that died by itself ends the wait and is named, and so does a pod that failed. */
  public eventually<T>(what: string, probe: () => Promise<T> | T): Promise<T> {
    return eventually(what, probe, {
      giveUpIf: () => {
        const accidents = this.services.map((each) => each.accident).filter((each) => each !== undefined);
        if (accidents.length > 0) {
          throw new Error(`Cannot wait for: ${what}\n${accidents.join('\n')}`);
        }
        if (this.podRunner?.mishap) {
          throw new Error(`Cannot wait for: ${what}\nA pod failed: ${this.podRunner.mishap}`, { cause: this.podRunner.mishap });
        }
      },
      circumstances: () => `The logs are in ${this.at.logs}`,
    });
  }

  /** Where the data of a bound claim lies: a directory, or a file for a block volume. */
  public async dataOf(namespace: string, claim: string): Promise<string> {
    const { spec } = await this.api.get(addressOf('v1', 'PersistentVolumeClaim', claim, namespace));
    const volume = await this.api.get(addressOf('v1', 'PersistentVolume', spec.volumeName));
    return this.driver.volumes.dataOf(volume.spec.csi.volumeHandle);
  }

  /** Ends every process and removes what they stored; the logs stay. */
  public async stop(): Promise<void> {
    await this.podRunner?.stop();
    await this.deliveryPlane?.stop();
    await this.storagePlane?.stop();
    await this.controlPlane.stop();
    rmSync(this.at.folder, { recursive: true, force: true });
  }

  private get services(): readonly Service[] {
    return [...(this.deliveryPlane?.services ?? []), ...(this.storagePlane?.services ?? []), ...this.controlPlane.services];
  }

  private async furnish(options: ClusterOptions): Promise<void> {
    const stock = options.provisionerAccess === 'stock';
    const stockSnapshots = options.snapshotAccess === 'stock';
    const { adminKubeconfig, provisionerKubeconfig, snapshotControllerKubeconfig, snapshotterKubeconfig } = this.controlPlane;
    const definitions = [
      ...snapshotDefinitions(),
      ...((options.referenceGrantKind ?? true) ? referenceGrantDefinition() : []),
      ...(options.argocd ? argocdDefinitions() : []),
    ];
    await installDefinitions(this.api, definitions);
    await this.controlPlane.startControllers();
    // The API server makes them in its own time, and the manifests put their accounts there.
    for (const name of ['default', 'kube-system']) {
      await this.eventually(`the namespace ${name}`, () => this.api.get(addressOf('v1', 'Namespace', name)));
    }
    await this.api.applyAll([
      ...(stock ? stockProvisionerAccess() : []),
      ...(stockSnapshots ? stockSnapshotAccess() : []),
      ...storageClasses(),
    ]);
    this.storagePlane = await StoragePlane.start(this.at, {
      snapshotControllerKubeconfig: stockSnapshots ? snapshotControllerKubeconfig : adminKubeconfig,
      snapshotterKubeconfig: stockSnapshots ? snapshotterKubeconfig : adminKubeconfig,
      provisionerKubeconfig: stock ? provisionerKubeconfig : adminKubeconfig,
      crossNamespaceGate: options.provisionerGate ?? true,
    });
    if (options.argocd) {
      this.deliveryPlane = await DeliveryPlane.start(this.at, this.api, this.kubeconfig);
    }
    if (options.pods) {
      this.podRunner = await PodRunner.start(this);
    }
  }
}
