import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { dump } from 'js-yaml';
import type { ApiObject } from './api/api-object';

const run = promisify(execFile);

/** What a commit changes: manifests by file name; undefined deletes the file. */
export type Changes = Readonly<Record<string, readonly ApiObject[] | undefined>>;

/** A Git repository in a folder, which Argo CD reads by its file:// address. */
export class GitRepository {
  public static async init(folder: string): Promise<GitRepository> {
    await mkdir(folder, { recursive: true });
    const repository = new GitRepository(folder);
    await repository.git('init', '--quiet', '--initial-branch=main');
    return repository;
  }

  public readonly url: string;

  private constructor(private readonly folder: string) {
    this.url = `file://${folder}`;
  }

  public async commit(message: string, changes: Changes): Promise<void> {
    for (const [name, manifests] of Object.entries(changes)) {
      const file = join(this.folder, name);
      if (manifests === undefined) {
        await rm(file);
      } else {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, manifests.map((each) => `---\n${dump(each, { skipInvalid: true })}`).join(''));
      }
    }
    await this.git('add', '--all');
    await this.git('commit', '--quiet', `--message=${message}`);
  }

  /** Takes back the last commit by a new one. */
  public async revert(): Promise<void> {
    await this.git('revert', '--no-edit', 'HEAD');
  }

  private async git(...args: string[]): Promise<void> {
    // Whatever a developer's own configuration says: no signing, no hooks, no editor.
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid'];
    const quiet = ['-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null'];
    await run('git', ['-C', this.folder, ...identity, ...quiet, ...args]);
  }
}
