import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { status } from '@grpc/grpc-js';
import { CsiError, type CsiMethod, type Message, required } from './csi-service';
import { copyData, Shelf, type Stored } from './disk';
import { InTurn } from './in-turn';
import { page } from './page';
import type { Snapshots } from './snapshots';

/** A volume is a directory, or a sparse file when it is a block device. */
export interface Volume extends Stored {
  readonly capacity: number;
  readonly block: boolean;
  readonly source?: VolumeSource;
}

interface VolumeSource {
  readonly kind: 'snapshot' | 'volume';
  readonly id: string;
}

const SMALLEST = 1024 * 1024;
const LARGEST = 1024 ** 4;

/** What a source has to tell for a volume to be made of it. */
interface Content {
  readonly data: string;
  readonly capacity: number;
  readonly block: boolean;
}

export class Volumes extends Shelf<Volume> {
  private readonly inTurn = new InTurn();

  public constructor(
    root: string,
    private readonly snapshots: Snapshots,
  ) {
    super(root, 'volumes');
  }

  public methods(): Record<string, CsiMethod> {
    return {
      CreateVolume: (request) => this.create(request),
      DeleteVolume: async (request) => {
        const id = required<string>(request.volume_id, 'volume_id');
        await this.inTurn.only(id, () => this.remove(id));
        return {};
      },
      ValidateVolumeCapabilities: async (request) => {
        const id = required<string>(request.volume_id, 'volume_id');
        const capabilities = required(request.volume_capabilities, 'volume_capabilities');
        await this.mustFind(id);
        return { confirmed: { volume_capabilities: capabilities } };
      },
      ListVolumes: async (request) => {
        const volumes = await this.all();
        return page(
          request,
          volumes.map((volume) => ({ volume: inAnswer(volume) })),
        );
      },
      GetCapacity: () => ({
        available_capacity: LARGEST,
        maximum_volume_size: { value: LARGEST },
        minimum_volume_size: { value: SMALLEST },
      }),
    };
  }

  public async mustFind(id: string): Promise<Volume> {
    const volume = await this.find(id);
    if (!volume) {
      throw new CsiError(status.NOT_FOUND, `volume ${id} does not exist`);
    }
    return volume;
  }

  private async create(request: Message): Promise<object> {
    const name = required<string>(request.name, 'name');
    const capabilities = required<Message[]>(request.volume_capabilities, 'volume_capabilities');
    const block = capabilities.some((each) => each.access_type === 'block');
    const source = sourceIn(request.volume_content_source);
    const id = this.idOf(name);
    return this.inTurn.only(id, async () => {
      const existing = await this.find(id);
      if (existing) {
        mustFit(existing, request.capacity_range);
        return { volume: inAnswer(existing) };
      }
      const content = source && (await this.contentOf(source));
      const volume: Volume = { id, name, block, source, capacity: capacityFor(request.capacity_range, content) };
      await this.put(volume, (data) => fill(data, volume, content));
      return { volume: inAnswer(volume) };
    });
  }

  private async contentOf({ kind, id }: VolumeSource): Promise<Content> {
    if (kind === 'volume') {
      const volume = await this.mustFind(id);
      return { ...volume, data: this.dataOf(id) };
    }
    const snapshot = await this.snapshots.mustFind(id);
    return { capacity: snapshot.size, block: snapshot.block, data: this.snapshots.dataOf(id) };
  }
}

async function fill(data: string, volume: Volume, content?: Content): Promise<void> {
  if (content) {
    if (content.block !== volume.block) {
      throw new CsiError(status.INVALID_ARGUMENT, 'a block volume cannot become a file system, nor the other way round');
    }
    await copyData(content.data, data);
  } else if (volume.block) {
    await writeFile(data, '');
  } else {
    await mkdir(data);
  }
  if (volume.block) {
    await truncate(data, volume.capacity);
  }
}

function sourceIn(source: Message): VolumeSource | undefined {
  switch (source?.type) {
    case 'snapshot':
      return { kind: 'snapshot', id: required(source.snapshot.snapshot_id, 'snapshot_id') };
    case 'volume':
      return { kind: 'volume', id: required(source.volume.volume_id, 'volume_id') };
    default:
      return undefined;
  }
}

function capacityFor(range: Message, content?: Content): number {
  const wanted = Number(range?.required_bytes ?? 0);
  const limit = Number(range?.limit_bytes ?? 0) || LARGEST;
  const capacity = Math.max(wanted, content?.capacity ?? SMALLEST);
  if (capacity > limit || capacity > LARGEST) {
    throw new CsiError(status.OUT_OF_RANGE, `${capacity} bytes are more than ${Math.min(limit, LARGEST)}`);
  }
  return capacity;
}

function mustFit(existing: Volume, range: Message): void {
  const wanted = Number(range?.required_bytes ?? 0);
  const limit = Number(range?.limit_bytes ?? 0) || LARGEST;
  if (existing.capacity < wanted || existing.capacity > limit) {
    throw new CsiError(status.ALREADY_EXISTS, `volume ${existing.name} exists with ${existing.capacity} bytes`);
  }
}

function inAnswer({ id, capacity, source }: Volume): object {
  const contentSource =
    source && (source.kind === 'snapshot' ? { snapshot: { snapshot_id: source.id } } : { volume: { volume_id: source.id } });
  return { volume_id: id, capacity_bytes: capacity, ...(contentSource && { content_source: contentSource }) };
}
