import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ClonedVolumeClaim } from '../resources/cloned-volume-claim';
import type { SnapshotAccess } from '../resources/snapshot-access';
import { guardWave, lazyWave, SYNC_WAVE, type Waves, waveOf, wavesAround } from './waves';

/**
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 */
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
const PRUNE_LAST = 'PruneLast=true';

/** The tools whose annotations say how, when and whether an object is applied and deleted. */
const DELIVERY_TOOLS = ['argocd.argoproj.io', 'kustomize.toolkit.fluxcd.io', 'helm.toolkit.fluxcd.io', 'helm.sh'];

/**
 * The user's annotations, less those that speak to a delivery tool. On a snapshot `Prune=false` protects a copy; on a grant it would keep a
 * consumer whom the owner has removed.
 */
export function revocable(annotations: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !DELIVERY_TOOLS.includes(key.slice(0, key.indexOf('/')))));
}

/**
 * How Argo CD is to deliver the objects.
 */
export interface ArgoCdDeliveryOptions {
  /**
   * Moves the sync waves by this many, to fit into a scheme of your own. A whole number, negative ones too.
   *
   * Where the chart also creates the source, the snapshot and its clones follow the wave in which you have put the source: only the grants
   * are moved.
   *
   * @default 0
   */
  readonly wave?: number;
}

/**
 * What the tool that applies the manifests has to know about each object.
 *
 * Single annotations are replaced through `metadata.annotations`: yours win.
 */
export class Delivery {
  /**
   * For Argo CD, the default.
   *
   * Owner's side: grants and snapshots in sync wave -1, without PruneLast. Inside a wave Argo CD applies custom resources last, so in one
   * wave the claim would come before the grant that it needs. With PruneLast a rotation that is stuck would hold up a revocation.
   *
   * Consumer's side: the claim in wave 0, the wave of the workload that mounts it, with PruneLast. A claim in a wave before its pod never
   * binds where the StorageClass waits for the first consumer, and the sync waits for it for ever. With PruneLast the old claim of a
   * rotation stays until the workload runs on the new one.
   *
   * Where the chart of a snapshot also creates the snapshot's source claim, the snapshot goes into the wave after the workload that uses the
   * source, and clones in that chart one wave later. A snapshot before its source fails for ever; one beside it copies an EMPTY volume. Put
   * the workload that mounts such a clone there too: `Delivery.inWaveOf`.
   *
   * With `SnapshotAccess.PRE_PROVISIONED_SNAPSHOT` the content and the snapshot that a claim reads come one wave before it, with PruneLast as
   * well, and so grants and snapshots in wave -2; beside the source, the clones come two waves after the snapshot.
   *
   * @param options How to shift the waves.
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  public static argoCd(options: ArgoCdDeliveryOptions = {}): Delivery {
    const wave = options.wave ?? 0;
    if (!Number.isInteger(wave)) throw new Error(`wave is ${wave}, but must be a whole number`);
    return new Delivery(wave);
  }

  /**
   * No annotations: for `kubectl apply`, Flux, or waves that you write yourself. A claim that comes before its grant or its snapshot
   * converges all the same: the provisioner tries again after 1, 2, 4, ... at most 300 seconds.
   */
  public static plain(): Delivery {
    return new Delivery(undefined);
  }

  /**
   * Puts a workload into the sync wave of the claim that it mounts. Needed only where that wave is not 0.
   *
   * @param claim The claim that the workload mounts.
   * @param workload The workload: a construct with one API object.
   * @example
   *
   * Delivery.inWaveOf(claim, deployment);
   */
  public static inWaveOf(claim: ClonedVolumeClaim, workload: IConstruct): void {
    Delivery.follow(claim, workload, 0);
  }

  /**
   * Puts a workload one sync wave after the claim that it mounts: it is switched to a new claim only when that claim is bound. Only for a
   * StorageClass with `volumeBindingMode: Immediate`; with WaitForFirstConsumer the sync would wait for ever.
   *
   * @param claim The claim that the workload mounts.
   * @param workload The workload: a construct with one API object.
   */
  public static inWaveAfter(claim: ClonedVolumeClaim, workload: IConstruct): void {
    Delivery.follow(claim, workload, 1);
  }

  private static follow(claim: ClonedVolumeClaim, workload: IConstruct, distance: number): void {
    ApiObject.of(workload).metadata.addAnnotation(
      SYNC_WAVE,
      lazyWave(() => waveOf(ApiObject.of(claim)) + distance),
    );
  }

  /** Nothing: no annotations at all. */
  private constructor(private readonly shift: number | undefined) {}

  /**
   * The annotations of one object.
   *
   * @param role What the object is in the exchange.
   * @param sourceWave Asks, when the chart is complete, for the wave in which the snapshot's source gets its data.
   * @param access How the claims get at the snapshots.
   * @internal
   */
  public _annotationsFor(role: keyof Waves, sourceWave?: () => number | undefined, access?: SnapshotAccess): Record<string, string> {
    const { shift } = this;
    if (shift === undefined) return {};
    const waveAround = (source: number | undefined) => wavesAround(shift, source, access)[role];
    const wave = sourceWave ? lazyWave(() => waveAround(sourceWave())) : String(waveAround(undefined));
    return role === 'claim' ? { [SYNC_WAVE]: wave, [SYNC_OPTIONS]: PRUNE_LAST } : { [SYNC_WAVE]: wave };
  }

  /**
   * The annotations of what claims have to find at hand: one wave before the first of them, wherever the user has put it, and kept as long.
   *
   * @param claims All of them; the list may grow.
   * @param waved Whether the user has put one of them into a wave.
   * @internal
   */
  public _annotationsBefore(claims: readonly ApiObject[], waved: boolean): Record<string, string> {
    const wave = { [SYNC_WAVE]: lazyWave(() => Math.min(...claims.map(waveOf)) - 1) };
    if (this.shift !== undefined) return { ...wave, [SYNC_OPTIONS]: PRUNE_LAST };
    return waved ? wave : {};
  }

  /**
   * The annotations of the guard.
   *
   * @internal
   */
  public _guardAnnotations(): Record<string, string> {
    return this.shift === undefined ? {} : { [SYNC_WAVE]: String(guardWave(this.shift)) };
  }
}
