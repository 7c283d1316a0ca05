import { csiProvisioner } from './components/csi-provisioner';
import { startSidecar } from './components/csi-sidecar';
import { csiSnapshotter } from './components/csi-snapshotter';
import { snapshotController } from './components/snapshot-controller';
import type { Gate, Surroundings } from './components/surroundings';
import { DirectoryDriver } from './driver/directory-driver';
import { Service } from './processes/service';

export interface StoragePlaneProps {
  /** As whom each of them talks to the API server. */
  readonly snapshotControllerKubeconfig: string;
  readonly snapshotterKubeconfig: string;
  readonly provisionerKubeconfig: string;
  readonly crossNamespaceGate: boolean;
}

/** The snapshot controller, the CSI driver and its two sidecars. */
export class StoragePlane {
  public static async start(at: Surroundings, props: StoragePlaneProps): Promise<StoragePlane> {
    const plane = new StoragePlane(at, props, new DirectoryDriver(at.folder));
    try {
      await plane.driver.start();
      await plane.startSnapshotController();
      await plane.startSnapshotter();
      await plane.startProvisioner();
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  private snapshotController?: Service;
  private snapshotter?: Service;
  private provisioner?: Service;

  private constructor(
    private readonly at: Surroundings,
    private readonly props: StoragePlaneProps,
    public readonly driver: DirectoryDriver,
  ) {}

  public get services(): readonly Service[] {
    return [this.provisioner, this.snapshotter, this.snapshotController].filter((each) => each !== undefined);
  }

  public async startSnapshotController(): Promise<void> {
    this.snapshotController = await Service.start(snapshotController(this.at, this.props.snapshotControllerKubeconfig));
  }

  public async stopSnapshotController(): Promise<void> {
    await this.snapshotController?.stop();
  }

  public async startProvisioner(crossNamespaceGate: Gate = this.props.crossNamespaceGate): Promise<void> {
    this.provisioner = await startSidecar(
      csiProvisioner(this.at, { kubeconfig: this.props.provisionerKubeconfig, csiSocket: this.driver.socket, crossNamespaceGate }),
    );
  }

  public async stopProvisioner(): Promise<void> {
    await this.provisioner?.stop();
  }

  public async startSnapshotter(): Promise<void> {
    this.snapshotter = await startSidecar(csiSnapshotter(this.at, this.props.snapshotterKubeconfig, this.driver.socket));
  }

  public async stopSnapshotter(): Promise<void> {
    await this.snapshotter?.stop();
  }

  /**
   * The driver is gone while `meanwhile` runs. The sidecars go with it: one that is busy would end by itself, an idle one only
   * at its next call, and nobody can tell which it is.
   */
  public async withoutDriver(meanwhile: () => Promise<void>): Promise<void> {
    await Promise.all([this.stopProvisioner(), this.stopSnapshotter(), this.driver.stop()]);
    await meanwhile();
    await this.driver.start();
    await Promise.all([this.startSnapshotter(), this.startProvisioner()]);
  }

  public async stop(): Promise<void> {
    await Promise.all(this.services.map((service) => service.kill()));
    await this.driver.stop();
  }
}
