import { handedOverContentName, handedOverSnapshotName, sourceOfHandedOver } from './pre-provisioned';
import { crossesNamespace, type ObjectKey, type Reference, SNAPSHOT_GROUP, SNAPSHOT_KIND } from './reference';

/** A VolumeSnapshot that names its content, or a VolumeSnapshotContent that names its snapshot, reduced to what binds them. */
export interface Binding {
  readonly content: string;
  readonly snapshot: Pick<ObjectKey, 'namespace' | 'name'>;
}

/** What a set of objects hands over: pre-provisioned snapshots and the contents behind them. */
export class HandedOverIndex {
  private readonly bound: ReadonlySet<string>;

  constructor(bySnapshots: Iterable<Binding>, byContents: Iterable<Binding>) {
    const contents = new Set([...byContents].map(textOf));
    this.bound = new Set([...bySnapshots].map(textOf).filter((binding) => contents.has(binding)));
  }

  /**
   * The reference that a claim means. One to a handed-over snapshot, in the claim's own namespace, is one to the source: that is whose data
   * the claim gets, and what a grant has to cover. Only where snapshot and content are there, bound to each other and named after the source.
   */
  original(reference: Reference): Reference {
    const { claim, source } = reference;
    if (source.group !== SNAPSHOT_GROUP || source.kind !== SNAPSHOT_KIND || crossesNamespace(reference)) return reference;
    const original = sourceOfHandedOver(source.name);
    if (!original) return reference;
    const content = handedOverContentName(claim.namespace, original);
    const snapshot = { namespace: claim.namespace, name: handedOverSnapshotName(original) };
    return this.bound.has(textOf({ content, snapshot })) ? { claim, source: { ...source, ...original } } : reference;
  }
}

function textOf({ content, snapshot }: Binding): string {
  return `${content} ${snapshot.namespace} ${snapshot.name}`;
}
