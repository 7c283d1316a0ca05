import { type FileHandle, open, stat } from 'node:fs/promises';
import { copyData } from '../driver/disk';
import { checksumOf } from '../volume-content';

const CHUNK = 4 * 1024 * 1024;

/** What a volume held at one moment: a tree of files, or the bytes of a block device. */
export abstract class KeptContent {
  /** `keepAt` is a path that is free, for what has to be set aside. */
  public static async of(data: string, keepAt: string): Promise<KeptContent> {
    if ((await stat(data)).isDirectory()) {
      return new KeptTree(await checksumOf(data));
    }
    await copyData(data, keepAt);
    return new KeptBlocks(keepAt);
  }

  /** Rejects unless a volume holds this, and nothing else. */
  public abstract mustBeAllOf(data: string): Promise<void>;
}

class KeptTree extends KeptContent {
  public constructor(private readonly checksum: string) {
    super();
  }

  public async mustBeAllOf(data: string): Promise<void> {
    expect(await checksumOf(data)).toBe(this.checksum);
  }
}

/** Compared byte by byte: the files are gigabytes of holes, for which a checksum takes ten times as long. */
class KeptBlocks extends KeptContent {
  public constructor(private readonly file: string) {
    super();
  }

  public async mustBeAllOf(data: string): Promise<void> {
    const [kept, found] = [await stat(this.file), await stat(data)];
    expect(found.size).toBeGreaterThanOrEqual(kept.size);
    // Beyond the source's size nothing was written: a byte there would take a block more.
    expect(found.blocks).toBeLessThanOrEqual(kept.blocks);
    const [a, b] = [await open(this.file), await open(data)];
    try {
      await mustBeEqual(a, b, kept.size);
    } finally {
      await Promise.all([a.close(), b.close()]);
    }
  }
}

async function mustBeEqual(a: FileHandle, b: FileHandle, size: number): Promise<void> {
  const [ours, theirs] = [Buffer.alloc(CHUNK), Buffer.alloc(CHUNK)];
  for (let at = 0; at < size; at += CHUNK) {
    const length = Math.min(CHUNK, size - at);
    await Promise.all([a.read(ours, 0, length, at), b.read(theirs, 0, length, at)]);
    if (ours.compare(theirs, 0, length, 0, length) !== 0) {
      throw new Error(`the bytes differ between ${at} and ${at + length}`);
    }
  }
}
