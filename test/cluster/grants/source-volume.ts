import type { ApiObject, ObjectAddress } from '../api/api-object';
import { claimMustBeBound, snapshotMustBeReady } from '../claims';
import type { Cluster } from '../cluster';
import { claim, namespace, snapshot } from '../manifests';
import { checksumOf, seedDirectory } from '../volume-content';

/** The two sides of one test: nobody else uses its namespaces. */
export interface Sides {
  readonly prod: string;
  readonly dev: string;
}

/** A filled volume in a source namespace with a snapshot that is ready to be copied. */
export class SourceVolume {
  /** Makes the namespaces of a test, and the volume in the source namespace. */
  public static async make(cluster: Cluster, test: string, snapshotClass?: string): Promise<SourceVolume> {
    const sides = { prod: `prod-${test}`, dev: `dev-${test}` };
    const source = claim(sides.prod, 'data');
    await cluster.api.applyAll([namespace(sides.prod), namespace(sides.dev), source]);
    await claimMustBeBound(cluster, source);
    const folder = await cluster.dataOf(sides.prod, 'data');
    await seedDirectory(folder, `the orders of ${sides.prod}`);
    const taken = snapshot(sides.prod, SourceVolume.SNAPSHOT, 'data', snapshotClass);
    await cluster.api.apply(taken);
    await snapshotMustBeReady(cluster, taken);
    return new SourceVolume(cluster, sides, await checksumOf(folder), taken);
  }

  public static readonly SNAPSHOT = 'snap';

  private constructor(
    private readonly cluster: Cluster,
    public readonly sides: Sides,
    private readonly checksum: string,
    public readonly snapshot: ApiObject,
  ) {}

  /** Bound, and the same to the last byte. */
  public async mustBeClonedInto(clone: ObjectAddress): Promise<void> {
    await claimMustBeBound(this.cluster, clone);
    const data = await this.cluster.dataOf(clone.metadata.namespace!, clone.metadata.name);
    expect(await checksumOf(data)).toBe(this.checksum);
  }
}
