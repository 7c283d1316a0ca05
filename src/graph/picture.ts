import { handedOverContentName, sourceOfHandedOver } from '../reference/pre-provisioned';
import {
  CLAIM_KIND,
  CORE_GROUP,
  crossesNamespace,
  keyOf,
  type ObjectKey,
  type Reference,
  SNAPSHOT_GROUP,
  SNAPSHOT_KIND,
} from '../reference/reference';
import { at, list, text } from '../rules/fields';
import type { ObjectSet } from '../rules/object-set';
import { Resolution } from '../rules/resolution';

const CONTENT_KIND = 'VolumeSnapshotContent';

/** One object of the picture. */
export interface PictureNode {
  /** Its place in the list. */
  readonly index: number;
  /** Empty for an object that has none. */
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  /** Not in the set, but named by something in it. */
  readonly absent: boolean;
}

/** An arrow: the way that data takes. */
export interface PictureEdge {
  readonly from: PictureNode;
  readonly to: PictureNode;
  readonly label: string;
  /** The cluster refuses it. */
  readonly refused: boolean;
}

/** Who owns what, who may read it, and who does. */
export class Picture {
  public readonly nodes: PictureNode[] = [];
  public readonly edges: PictureEdge[] = [];
  private readonly byKey = new Map<string, PictureNode>();
  private readonly drawn = new Set<string>();

  constructor(private readonly set: ObjectSet) {
    this.drawSnapshots();
    this.drawReferences();
    this.drawMounts();
    for (const { object } of set.grants) this.node(object);
  }

  /** The nodes by namespace, in the order of their first. */
  public namespaces(): Map<string, PictureNode[]> {
    const groups = new Map<string, PictureNode[]>();
    for (const node of this.nodes) groups.set(node.namespace, [...(groups.get(node.namespace) ?? []), node]);
    return groups;
  }

  private drawSnapshots(): void {
    for (const snapshot of this.set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) {
      const { namespace, name } = snapshot;
      const claim = text(at(snapshot.manifest, 'spec', 'source', 'persistentVolumeClaimName'));
      if (claim) this.edge({ group: CORE_GROUP, kind: CLAIM_KIND, namespace, name: claim }, snapshot, 'snapshot');
      else this.node(snapshot);
      const source = sourceOfHandedOver(name);
      if (source) this.drawHandedOver(snapshot, { group: SNAPSHOT_GROUP, kind: SNAPSHOT_KIND, ...source });
    }
  }

  /** Data of another namespace's snapshot comes through a content to a local snapshot, and what lets it pass is the same grant. */
  private drawHandedOver(local: ObjectKey, source: ObjectKey): void {
    const { namespace, name } = local;
    const content: ObjectKey = { group: SNAPSHOT_GROUP, kind: CONTENT_KIND, namespace: '', name: handedOverContentName(namespace, source) };
    this.drawAccess({ claim: { namespace, name }, source }, content, 'handed over');
    this.edge(content, local, 'bound');
  }

  private drawReferences(): void {
    for (const { object, named, reference } of this.set.claims) {
      if (!named || !reference) continue;
      const consumer: ObjectKey = { ...reference.claim, group: CORE_GROUP, kind: CLAIM_KIND };
      // A claim that a workload makes is drawn as being in the set, though its own manifest is not.
      this.drawn.add(keyOf(consumer));
      if (keyOf(named) === keyOf(reference.source)) this.drawAccess(reference, consumer, 'fills');
      else {
        this.drawHandedOver(named, reference.source);
        this.edge(named, consumer, 'fills');
      }
      if (keyOf(object) !== keyOf(consumer)) this.edge(consumer, object, 'mounted');
    }
  }

  /** The way from a source to what reads it: through the grant that covers it, if it needs one. */
  private drawAccess(reference: Reference, reader: ObjectKey, label: string): void {
    const { source } = reference;
    if (!crossesNamespace(reference)) this.edge(source, reader, label);
    else if (this.set.isExternal(source.namespace)) this.edge(source, reader, 'delivered elsewhere');
    else if (!this.set.grantIndex.covers(reference)) this.edge(source, reader, 'refused: no grant', true);
    else {
      const grant = this.set.grantIndex.covering(reference)[0]!.object;
      this.edge(source, grant, 'granted');
      this.edge(grant, reader, label);
    }
  }

  private drawMounts(): void {
    const claims = new Set(this.byKey.keys());
    for (const { object, spec } of this.set.pods) {
      for (const volume of list(at(spec, 'volumes'))) {
        const name = text(at(volume, 'persistentVolumeClaim', 'claimName'));
        const claim: ObjectKey = { group: CORE_GROUP, kind: CLAIM_KIND, namespace: object.namespace, name };
        if (name && claims.has(keyOf(claim))) this.edge(claim, object, 'mounted');
      }
    }
  }

  private edge(from: ObjectKey, to: ObjectKey, label: string, refused = false): void {
    const key = `${keyOf(from)} ${keyOf(to)}`;
    if (this.drawn.has(key)) return;
    this.drawn.add(key);
    this.edges.push({ from: this.node(from), to: this.node(to), label, refused });
  }

  private node(object: ObjectKey): PictureNode {
    const key = keyOf(object);
    const known = this.byKey.get(key);
    if (known) return known;
    const { kind, namespace, name } = object;
    const absent = !this.isInSet(object) && !this.drawn.has(key);
    const node = { index: this.nodes.length, kind, namespace, name, absent };
    this.nodes.push(node);
    this.byKey.set(key, node);
    return node;
  }

  /** A claim that a workload of the set makes is in it, under whatever number or pod: as for the rules. */
  private isInSet(object: ObjectKey): boolean {
    return this.set.find(object) !== undefined || this.set.resolveNamed(object) === Resolution.FOUND;
  }
}
