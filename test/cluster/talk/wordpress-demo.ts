import { randomUUID } from 'node:crypto';
import type { ApiObject } from '../api/api-object';
import { snapshotMustBeReady } from '../claims';
import type { Cluster } from '../cluster';
import { grantsMustBeKnown } from '../grants/grant-barrier';
import { Blog } from './blog';
import { MariaDbServer } from './mariadb-server';
import { PodFolders } from './pod-folders';
import { type Passwords, WordPressExample } from './wordpress-example';
import { WordPressServer } from './wordpress-server';

/** A blog and its database, on one side of the example. */
export interface Side {
  readonly database: MariaDbServer;
  readonly blog: Blog;
  readonly passwords: Passwords;
}

interface Stoppable {
  stop(): Promise<void>;
}

/**
 * The talk's demo, up to the moment when both blogs are open: prod's, with a post in it, and dev's, on a copy of prod's database.
 *
 * Argo CD, the claims, the snapshots, the grant and the copying are real. The pods are NOT: there is no kubelet and no container, so the bed's
 * PodRunner calls them ready, and what they would run is started here, on the directories of their volumes, in Debian's versions.
 */
export class WordPressDemo {
  public static readonly POST = 'Summer sale';
  /** An account of prod's database that dev never hears of. */
  public static readonly BACKUP_USER = 'backup';
  /** The author of the blog; the password of prod's site is known to the author alone, and is in no Secret. */
  public static readonly AUTHOR = 'author';

  /** Needs a cluster with Argo CD and pods. */
  public static async start(cluster: Cluster): Promise<WordPressDemo> {
    const demo = new WordPressDemo(cluster);
    try {
      await demo.run();
    } catch (error) {
      await demo.stop();
      throw error;
    }
    return demo;
  }

  public readonly authorsPassword = randomUUID();
  public readonly backupPassword = randomUUID();
  private readonly running: Stoppable[] = [];
  private example?: WordPressExample;
  private prodSide?: Side;
  private devSide?: Side;

  private constructor(private readonly cluster: Cluster) {}

  public get prod(): Side {
    return this.prodSide!;
  }

  public get dev(): Side {
    return this.devSide!;
  }

  /** Dev's claim. */
  public get clone(): ApiObject {
    return this.example!.clone;
  }

  public async stop(): Promise<void> {
    // What was started last needs the others.
    for (const each of this.running.splice(0).reverse()) {
      await each.stop();
    }
  }

  private async run(): Promise<void> {
    const prod = { 'root-password': randomUUID(), password: randomUUID() };
    const dev = { 'root-password': randomUUID(), password: randomUUID(), 'site-password': randomUUID() };
    this.example = await WordPressExample.prepare(this.cluster, { prod, dev });

    await this.example.sync('prod');
    this.prodSide = await this.open('prod', prod);
    await this.writeInProd(this.prodSide);

    await this.prodSide.database.frozen(() => this.share(this.example!));

    await this.example.sync('dev');
    this.devSide = await this.open('dev', dev);
  }

  /** An Application can be seen as healthy for a moment before Argo CD has looked at its new snapshots: they are asked themselves. */
  private async share(example: WordPressExample): Promise<void> {
    await example.sync('share');
    for (const snapshot of example.snapshots) {
      await snapshotMustBeReady(this.cluster, snapshot);
    }
    await grantsMustBeKnown(this.cluster);
  }

  private async open(side: 'prod' | 'dev', passwords: Passwords): Promise<Side> {
    const database = await MariaDbServer.start(await this.podOf(side, 'mysql'));
    this.running.push(database);
    const site = await WordPressServer.start(await this.podOf(side, 'wordpress'), database);
    this.running.push(site);
    return { database, blog: new Blog(site.address), passwords };
  }

  private podOf(side: 'prod' | 'dev', name: 'mysql' | 'wordpress'): Promise<PodFolders> {
    return PodFolders.of(this.cluster, this.example!.workload(side, name));
  }

  private async writeInProd({ blog, database, passwords }: Side): Promise<void> {
    const account = `CREATE USER '${WordPressDemo.BACKUP_USER}'@'%' IDENTIFIED BY '${this.backupPassword}'`;
    await database.queryLocally('root', passwords['root-password'], account);
    await blog.install('A blog and its copy', WordPressDemo.AUTHOR, this.authorsPassword);
    const author = await blog.signIn(WordPressDemo.AUTHOR, this.authorsPassword);
    await author.write(WordPressDemo.POST, 'Written in prod, before the snapshot.');
  }
}
