import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, open, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Fills a directory as an application might have: files of some size, folders, links, modes; `words` make it recognizable. */
export async function seedDirectory(folder: string, words: string): Promise<void> {
  await mkdir(join(folder, 'orders', '2026'), { recursive: true });
  await writeFile(join(folder, 'orders', '2026', 'order-42'), words, { mode: 0o640 });
  await writeFile(join(folder, 'index'), Buffer.alloc(256 * 1024, words));
  await symlink('orders/2026/order-42', join(folder, 'latest'));
}

/** Writes recognizable bytes at the beginning and in the middle of a block device's file, whose size stays. */
export async function seedBlock(file: string, words: string): Promise<void> {
  const { size } = await lstat(file);
  const device = await open(file, 'r+');
  await device.write(words, 0);
  await device.write(words, Math.floor(size / 2));
  await device.close();
}

/** One checksum of everything below a path: names, kinds, modes, link targets, bytes. */
export async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const visit = async (at: string, name: string): Promise<void> => {
    const found = await lstat(at);
    hash.update(`${name}\0${found.mode}\0`);
    if (found.isSymbolicLink()) {
      hash.update(await readlink(at));
    } else if (found.isDirectory()) {
      for (const each of (await readdir(at)).sort()) {
        await visit(join(at, each), `${name}/${each}`);
      }
    } else {
      hash.update(`${found.size}\0`);
      await pipeline(createReadStream(at), hash, { end: false });
    }
  };
  await visit(path, '');
  return hash.digest('hex');
}
