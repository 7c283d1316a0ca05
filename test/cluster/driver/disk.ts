import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const DATA = 'data';
const META = 'meta.json';

/** What every stored thing is described by. */
export interface Stored {
  readonly id: string;
  /** The name that the caller gave; asking again with the same name means the same thing. */
  readonly name: string;
}

/**
 * One shelf of the driver's folder: a folder for each thing, holding its description and its data (a directory, or a file that
 * is a block device). A thing is built aside and appears by one rename, so that whoever looks sees all of it or nothing,
 * even when the process dies in between.
 */
export class Shelf<T extends Stored> {
  public readonly folder: string;
  private readonly aside: string;

  public constructor(root: string, kind: string) {
    this.folder = join(root, kind);
    this.aside = join(root, 'aside');
  }

  public async prepare(): Promise<void> {
    await rm(this.aside, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
    await mkdir(this.aside, { recursive: true });
  }

  /** The id that a name gets, now and after a restart: no list of names has to survive. */
  public idOf(name: string): string {
    return createHash('sha256').update(name).digest('hex').slice(0, 32);
  }

  public dataOf(id: string): string {
    return join(this.folder, id, DATA);
  }

  public async find(id: string): Promise<T | undefined> {
    try {
      return JSON.parse(await readFile(join(this.folder, id, META), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR') {
        return undefined;
      }
      throw error;
    }
  }

  /** All things, always in the same order. */
  public async all(): Promise<T[]> {
    const found = await Promise.all((await readdir(this.folder)).sort().map((id) => this.find(id)));
    return found.filter((each) => each !== undefined);
  }

  /** Puts a thing on the shelf; `fill` writes its data to the path it is given. */
  public async put(thing: T, fill: (data: string) => Promise<void>): Promise<void> {
    const building = join(this.aside, randomUUID());
    await mkdir(building);
    await fill(join(building, DATA));
    await writeFile(join(building, META), JSON.stringify(thing));
    await rename(building, join(this.folder, thing.id));
  }

  /** Takes a thing off the shelf; there is nothing to complain about when it is not there. */
  public async remove(id: string): Promise<void> {
    if (await this.find(id)) {
      const leaving = join(this.aside, randomUUID());
      await rename(join(this.folder, id), leaving);
      await rm(leaving, { recursive: true, force: true });
    }
  }
}

/** Copies a directory or a file with owners, links, times and holes, which Node's own copy loses. */
export async function copyData(from: string, to: string): Promise<void> {
  await run('cp', ['-a', '--reflink=auto', '--sparse=auto', '-T', from, to]);
}
