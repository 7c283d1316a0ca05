import { ApiObject, Chart, Lazy } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ClonedVolumeClaim } from '../resources/cloned-volume-claim';
import { Workloads } from '../resources/workloads';

/**
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** The sync wave of each part. */
export interface Waves {
  readonly guard: number;
  readonly grant: number;
  readonly snapshot: number;
  readonly claim: number;
}

/**
 * The layout that came through on a real Argo CD.
 *
 * @param source The wave in which the snapshot's source gets its data. Nothing: it has its data before.
 */
export function wavesAround(source: number | undefined): Waves {
  if (source === undefined) return { guard: -2, grant: -1, snapshot: -1, claim: 0 };
  // A grant never comes after the claims that need it, wherever the source stands.
  const grant = Math.min(-1, source + 1);
  return { guard: grant - 1, grant, snapshot: source + 1, claim: source + 2 };
}

/** The wave in which a claim gets its data, when the chart of `scope` itself creates that claim. */
export function sourceWave(scope: IConstruct, namespace: string, claimName: string): number | undefined {
  const creators = Workloads.of(Chart.of(scope)).creatorsOf(namespace, claimName);
  return creators.length === 0 ? undefined : Math.max(...creators.map(waveOf));
}

/** An annotation whose value is known only when the whole chart is. */
export function lazyWave(wave: () => number): string {
  return Lazy.any({ produce: () => String(wave()) });
}

/** The sync wave that an object carries; without one, or with one that is no number, Argo CD takes 0. */
export function waveOf(object: ApiObject): number {
  const wave = Number(object.metadata.toJson().annotations?.[SYNC_WAVE]);
  return Number.isInteger(wave) ? wave : 0;
}

/** A workload in a wave before its claim's never becomes healthy, and the wave of the claim never comes. */
export function refuseEarlyConsumers(claim: ClonedVolumeClaim): void {
  const wave = waveOf(ApiObject.of(claim));
  for (const user of Workloads.of(Chart.of(claim)).usersOf(claim.namespace, claim.name)) {
    if (waveOf(user) >= wave) continue;
    throw new Error(
      `claim ${claim.namespace}/${claim.name} comes in sync wave ${wave}, after the snapshot of a source in the same chart, but ${user.kind} ${user.name}, which mounts it, in wave ${waveOf(user)}: the sync would wait for ever; use Delivery.inWaveOf(claim, workload)`,
    );
  }
}
