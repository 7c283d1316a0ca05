import { ApiObject, Chart, Lazy } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { CLAIM_KIND } from '../reference/reference';
import type { ClonedVolumeClaim } from '../resources/cloned-volume-claim';
import { SnapshotAccess } from '../resources/snapshot-access';
import { Workloads } from '../resources/workloads';

/**
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** The sync wave of each part of an exchange. */
export interface Waves {
  readonly grant: number;
  readonly snapshot: number;
  readonly claim: number;
}

/**
 * The layout that came through on a real Argo CD.
 *
 * A pre-provisioned snapshot stands between grant, source and claim: its content is refused until the source is ready, and a claim without it
 * waits. The claim stays where it is, in the wave of the workload.
 *
 * @param shift How far the user has moved it.
 * @param source The wave in which the snapshot's source gets its data. It is where the user has put it, so the shift does not move what
 * follows it. Nothing: the source has its data before.
 */
export function wavesAround(shift: number, source: number | undefined, access: SnapshotAccess | undefined): Waves {
  const distance = access === SnapshotAccess.PRE_PROVISIONED_SNAPSHOT ? 2 : 1;
  if (source === undefined) return { grant: shift - distance, snapshot: shift - distance, claim: shift };
  // A grant never comes after the claims that need it, wherever the source stands.
  return { grant: Math.min(shift - distance, source + 1), snapshot: source + 1, claim: source + 1 + distance };
}

/** The wave of the guard: before any grant, snapshot or claim, however the claims get at the snapshots. */
export function guardWave(shift: number): number {
  return shift - 3;
}

const sourceWaves = new WeakMap<Workloads, Map<string, number | 'being found'>>();
const NONE = Number.NaN;

/** The wave in which a claim gets its data, when the chart of `scope` itself creates that claim. */
export function sourceWave(scope: IConstruct, namespace: string, claimName: string): number | undefined {
  const workloads = Workloads.of(Chart.of(scope));
  const known = sourceWaves.get(workloads) ?? new Map<string, number | 'being found'>();
  sourceWaves.set(workloads, known);
  const key = `${namespace} ${claimName}`;
  let wave = known.get(key);
  if (wave === 'being found') {
    throw new Error(
      `the sync wave of a snapshot of claim ${namespace}/${claimName} depends on itself; a workload that fills the source cannot wait for the copy`,
    );
  }
  if (wave === undefined) {
    known.set(key, 'being found');
    const creators = workloads.creatorsOf(namespace, claimName);
    wave = creators.length === 0 ? NONE : Math.max(...creators.map(waveOf));
    known.set(key, wave);
  }
  return Number.isNaN(wave) ? undefined : wave;
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

/** Whether the object is delivered in waves at all. */
function hasWave(object: ApiObject): boolean {
  return object.metadata.toJson().annotations?.[SYNC_WAVE] !== undefined;
}

/** A workload in a wave before its claim's never becomes healthy, and the wave of the claim never comes. */
export function refuseEarlyConsumers(claim: ClonedVolumeClaim): void {
  const users = Workloads.of(Chart.of(claim)).usersOf(claim.namespace, claim.name);
  if (users.length === 0) return;
  const wave = waveOf(ApiObject.of(claim));
  for (const user of users) {
    if (waveOf(user) >= wave) continue;
    throw new Error(
      `${user.kind} ${user.name} mounts claim ${claim.namespace}/${claim.name} in sync wave ${waveOf(user)}, but the claim comes in wave ${wave}: the sync would wait for ever; use Delivery.inWaveOf(claim, workload)`,
    );
  }
}

/**
 * A claim in a wave before its grant or snapshot stays Pending, and their wave never comes. A content in the wave of its grant or snapshot, or
 * before, is refused: they have to be there when it is made.
 */
export function refuseLateSources(reader: ApiObject, needed: readonly IConstruct[]): void {
  const wave = waveOf(reader);
  const waits = reader.kind === CLAIM_KIND;
  for (const object of needed.map((construct) => ApiObject.of(construct))) {
    const own = waveOf(object);
    if (own < wave || (own === wave && (waits || !(hasWave(reader) || hasWave(object))))) continue;
    const what = waits ? `claim ${reader.metadata.namespace}/${reader.name}` : `${reader.kind} ${reader.name}`;
    const fault = `${what} comes in sync wave ${wave}, but ${object.kind} ${object.name}, which it needs, in wave ${own}`;
    if (own > wave) throw new Error(`${fault}: the sync would wait for ever; give both sides one delivery`);
    throw new Error(
      `${fault} as well, and would be refused: it has to come after; give the share and the claim one access and one delivery`,
    );
  }
}
