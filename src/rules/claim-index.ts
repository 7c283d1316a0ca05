import { CLAIM_KIND, CORE_GROUP, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import type { Claim } from './claim';
import { at, text } from './fields';
import type { ObjectSet } from './object-set';
import { oncePerSet } from './once-per-set';
import type { SetObject } from './set-object';

const CONTENT_KIND = 'VolumeSnapshotContent';
/** A claim that a StatefulSet makes ends in the number of its pod. */
const OF_POD = /^(.*-)\d+$/;

/** What the set shows of the source that a claim is filled from. */
export interface ShownSource {
  /** The VolumeSnapshot, where the source is one. */
  readonly snapshot?: SetObject;
  /** The VolumeSnapshotContent of that snapshot. */
  readonly content?: SetObject;
  /** The claim that the data comes from: the source itself, or the one that the snapshot was taken of. */
  readonly claim?: Claim;
}

/** What of it a snapshot leads to. */
type SnapshotOrigin = Pick<ShownSource, 'content' | 'claim'>;

/** Finds claims by the name that the cluster will know them by, and what they are filled from. */
export class ClaimIndex {
  public static readonly of = oncePerSet((set) => new ClaimIndex(set));

  private readonly byObject = new Map<SetObject, Claim>();
  /** Claims that controllers make, by the pattern of their names. */
  private readonly byPattern = new Map<string, Claim>();
  private readonly sources = new Map<Claim, ShownSource>();
  private readonly origins = new Map<SetObject, SnapshotOrigin>();

  private constructor(private readonly set: ObjectSet) {
    for (const claim of set.claims) {
      const { object, namespace, name } = claim;
      if (object.kind === CLAIM_KIND && object.name) this.byObject.set(object, claim);
      else if (!this.byPattern.has(`${namespace} ${name}`)) this.byPattern.set(`${namespace} ${name}`, claim);
    }
  }

  /** The claim of this name; one of a StatefulSet's is found by the name of any of its pods' claims. */
  public named(namespace: string, name: string): Claim | undefined {
    const object = this.set.find({ group: CORE_GROUP, kind: CLAIM_KIND, namespace, name });
    const known = object ? this.byObject.get(object) : undefined;
    if (known || this.byPattern.size === 0) return known;
    const prefix = OF_POD.exec(name)?.[1];
    return this.byPattern.get(`${namespace} ${name}`) ?? (prefix === undefined ? undefined : this.byPattern.get(`${namespace} ${prefix}*`));
  }

  /** What the set shows of a claim's source. Nothing where the source's namespace is delivered elsewhere. */
  public sourceOf(claim: Claim): ShownSource {
    let source = this.sources.get(claim);
    if (!source) {
      source = this.shownSourceOf(claim);
      this.sources.set(claim, source);
    }
    return source;
  }

  private shownSourceOf({ reference }: Claim): ShownSource {
    if (!reference || this.set.isExternal(reference.source.namespace)) return {};
    const { group, kind, namespace, name } = reference.source;
    if (group === CORE_GROUP && kind === CLAIM_KIND) return { claim: this.named(namespace, name) };
    if (group !== SNAPSHOT_GROUP || kind !== SNAPSHOT_KIND) return {};
    const snapshot = this.set.sourceOf(reference);
    return snapshot ? { snapshot, ...this.originOf(snapshot) } : {};
  }

  /** Where a snapshot has its data from. */
  public originOf(snapshot: SetObject): SnapshotOrigin {
    let origin = this.origins.get(snapshot);
    if (!origin) {
      origin = this.shownOriginOf(snapshot);
      this.origins.set(snapshot, origin);
    }
    return origin;
  }

  private shownOriginOf(snapshot: SetObject): SnapshotOrigin {
    const source = at(snapshot.manifest, 'spec', 'source');
    const contentName =
      text(at(source, 'volumeSnapshotContentName')) || text(at(snapshot.manifest, 'status', 'boundVolumeSnapshotContentName'));
    const claimName = text(at(source, 'persistentVolumeClaimName'));
    const content = { group: SNAPSHOT_GROUP, kind: CONTENT_KIND, namespace: '', name: contentName };
    return {
      content: contentName ? this.set.find(content) : undefined,
      claim: claimName ? this.named(snapshot.namespace, claimName) : undefined,
    };
  }
}
