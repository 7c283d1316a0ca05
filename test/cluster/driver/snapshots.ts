import { status } from '@grpc/grpc-js';
import { CsiError, type CsiMethod, type Message, required } from './csi-service';
import { copyData, Shelf, type Stored } from './disk';
import { InTurn } from './in-turn';
import { page } from './page';
import type { Volumes } from './volumes';

/** A snapshot is a full copy of its volume's data. */
export interface Snapshot extends Stored {
  readonly volumeId: string;
  readonly size: number;
  readonly block: boolean;
  readonly takenAtMs: number;
}

export class Snapshots extends Shelf<Snapshot> {
  private readonly inTurn = new InTurn();

  public constructor(root: string) {
    super(root, 'snapshots');
  }

  public methods(volumes: Volumes): Record<string, CsiMethod> {
    return {
      CreateSnapshot: (request) => this.create(request, volumes),
      DeleteSnapshot: async (request) => {
        const id = required<string>(request.snapshot_id, 'snapshot_id');
        await this.inTurn.only(id, () => this.remove(id));
        return {};
      },
      ListSnapshots: async (request) => {
        const wanted = (await this.all()).filter(
          (each) =>
            (!request.snapshot_id || each.id === request.snapshot_id) &&
            (!request.source_volume_id || each.volumeId === request.source_volume_id),
        );
        return page(
          request,
          wanted.map((snapshot) => ({ snapshot: inAnswer(snapshot) })),
        );
      },
    };
  }

  public async mustFind(id: string): Promise<Snapshot> {
    const snapshot = await this.find(id);
    if (!snapshot) {
      throw new CsiError(status.NOT_FOUND, `snapshot ${id} does not exist`);
    }
    return snapshot;
  }

  private async create(request: Message, volumes: Volumes): Promise<object> {
    const name = required<string>(request.name, 'name');
    const volumeId = required<string>(request.source_volume_id, 'source_volume_id');
    const id = this.idOf(name);
    return this.inTurn.only(id, async () => {
      const existing = await this.find(id);
      if (existing && existing.volumeId !== volumeId) {
        throw new CsiError(status.ALREADY_EXISTS, `snapshot ${name} exists and is of another volume`);
      }
      return { snapshot: inAnswer(existing ?? (await this.take(id, name, volumes, volumeId))) };
    });
  }

  private async take(id: string, name: string, volumes: Volumes, volumeId: string): Promise<Snapshot> {
    const { capacity, block } = await volumes.mustFind(volumeId);
    const snapshot = { id, name, volumeId, block, size: capacity, takenAtMs: Date.now() };
    await this.put(snapshot, (data) => copyData(volumes.dataOf(volumeId), data));
    return snapshot;
  }
}

function inAnswer(snapshot: Snapshot): object {
  return {
    snapshot_id: snapshot.id,
    source_volume_id: snapshot.volumeId,
    size_bytes: snapshot.size,
    creation_time: { seconds: Math.floor(snapshot.takenAtMs / 1000), nanos: (snapshot.takenAtMs % 1000) * 1e6 },
    ready_to_use: true,
  };
}
