import { setTimeout as pause } from 'node:timers/promises';
import { addressOf, type ObjectAddress } from '../api/api-object';
import type { Cluster } from '../cluster';
import { checksumOf, seedDirectory } from '../volume-content';
import { type AppOfTwoSides, changesTo, emitted, NAME } from './app-of-two-sides';
import { announceCommit, applicationMustBeHealthy } from './applications';
import { type TwoSides, twoSides } from './two-sides';

const CONSUMING = { consumer: {}, reader: true };

/** An owner and a consumer in sync, who move from generation to generation; the consumer runs a workload on the newest, or on a pinned one. */
export class Generations {
  /** Both sides in sync on the first generation. `props` hold for every commit. */
  public static async start(cluster: Cluster, test: string, props: AppOfTwoSides = {}): Promise<Generations> {
    const generations = new Generations(cluster, await twoSides(cluster, test, props.access !== undefined), props);
    const { repository, share, consumer } = generations.sides;
    await repository.commit('First generation', changesTo(generations.emitted({ generations: ['g1'] })));
    await cluster.api.apply(share);
    await applicationMustBeHealthy(cluster, share);
    await cluster.api.apply(consumer);
    await applicationMustBeHealthy(cluster, consumer);
    return generations;
  }

  private constructor(
    private readonly cluster: Cluster,
    public readonly sides: TwoSides,
    private readonly props: AppOfTwoSides,
  ) {}

  /** What the program of both sides makes. */
  public emitted(props: AppOfTwoSides) {
    return emitted(this.sides, { ...CONSUMING, ...this.props, ...props });
  }

  /** Commits the program of both sides anew, and tells both Applications. */
  public async commit(message: string, props: AppOfTwoSides): Promise<void> {
    const { repository, share, consumer } = this.sides;
    await repository.commit(message, changesTo(this.emitted(props)));
    await announceCommit(this.cluster, share, consumer);
  }

  public snapshot(generation: string): ObjectAddress {
    return addressOf('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', `${NAME}-${generation}`, this.sides.prod);
  }

  public claim(generation: string): ObjectAddress {
    return addressOf('v1', 'PersistentVolumeClaim', `${NAME}-${generation}`, this.sides.dev);
  }

  public async checksumOf(generation: string): Promise<string> {
    return checksumOf(await this.cluster.dataOf(this.sides.dev, `${NAME}-${generation}`));
  }

  /** Changes the source, so that the next generation differs; returns its checksum. */
  public async changeSource(words: string): Promise<string> {
    const folder = await this.cluster.dataOf(this.sides.prod, 'data');
    await seedDirectory(`${folder}/${words}`, words);
    return checksumOf(folder);
  }

  /** Looks at the consumer until it is told to stop; returns the phases of its claims at each look at which none was bound. */
  public watchForGaps(): () => Promise<string[]> {
    const gaps: string[] = [];
    let stopped = false;
    const watching = (async () => {
      while (!stopped) {
        const claims = await this.cluster.api.list('v1', 'PersistentVolumeClaim', this.sides.dev);
        if (!claims.some(({ status }) => status?.phase === 'Bound')) {
          gaps.push(JSON.stringify(claims.map(({ metadata, status }) => [metadata.name, status?.phase])));
        }
        await pause(50);
      }
    })();
    return async () => {
      stopped = true;
      await watching;
      return gaps;
    };
  }
}
