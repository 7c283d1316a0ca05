import { ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import * as snapshotapi from '../../imports/snapshot.storage.k8s.io';
import type { Delivery } from '../delivery/delivery';
import { SYNC_WAVE } from '../delivery/waves';
import { subdomainFault } from '../reference/dns';
import { INTENT_ANNOTATION, intentOf } from '../reference/intent';
import { handedOverContentName, handedOverSnapshotName, SOURCE_NAMESPACE_LABEL } from '../reference/pre-provisioned';
import type { ObjectKey } from '../reference/reference';
import { isAttached } from '../resources/attached';
import type { ClonedVolumeClaim } from '../resources/cloned-volume-claim';
import { Inventory } from '../resources/inventory';
import { withoutNamespace } from '../resources/metadata';
import type { Subject } from '../resources/subject';

/**
 * The typed spec insists on a driver. Driver, handle and volume mode are those of the source's content, which only the cluster knows: its
 * policies fill them in, before the API server looks for what is missing.
 */
type UnfilledContentSpec = Omit<snapshotapi.VolumeSnapshotContentSpec, 'driver' | 'sourceVolumeMode'>;

/**
 * A snapshot of another namespace as the claims of one namespace find it in their own: a pre-provisioned VolumeSnapshot, and the content
 * behind it. All claims of an App share one pair, because an object belongs to one Application.
 *
 * Nothing of the claims' own metadata stands on it: it is several claims', and nothing to protect.
 */
export class HandedOverSnapshot extends Construct {
  private static readonly byInventory = new WeakMap<Inventory, Map<string, HandedOverSnapshot>>();

  /** The pair for one target namespace and one source: made for the first claim, found again for the others. */
  public static for(scope: Construct, claim: Subject, namespace: string, source: ObjectKey): HandedOverSnapshot {
    const name = handedOverContentName(namespace, source);
    checkLength(name, namespace, source);
    const chart = Chart.of(scope);
    const inventory = Inventory.of(chart);
    const pairs = HandedOverSnapshot.byInventory.get(inventory) ?? new Map<string, HandedOverSnapshot>();
    HandedOverSnapshot.byInventory.set(inventory, pairs);
    const known = pairs.get(name);
    if (known && isAttached(known)) {
      refuseOtherChart(known, chart, claim);
      return known;
    }
    const pair = new HandedOverSnapshot(chart, name, namespace, source);
    pairs.set(name, pair);
    return pair;
  }

  /** The VolumeSnapshotContent. The API server refuses it where no policy fills it in. */
  public readonly content: ApiObject;
  private readonly snapshot: ApiObject;
  private readonly claims: ApiObject[] = [];

  private constructor(chart: Chart, name: string, namespace: string, source: ObjectKey) {
    super(chart, name);
    const snapshotName = handedOverSnapshotName(source);
    const { apiVersion, kind } = snapshotapi.VolumeSnapshot.GVK;
    const spec: UnfilledContentSpec = {
      deletionPolicy: snapshotapi.VolumeSnapshotContentSpecDeletionPolicy.RETAIN,
      source: {},
      volumeSnapshotRef: { apiVersion, kind, name: snapshotName, namespace },
    };
    this.content = withoutNamespace(
      new ApiObject(this, 'Content', {
        ...snapshotapi.VolumeSnapshotContent.GVK,
        metadata: {
          name,
          labels: { [SOURCE_NAMESPACE_LABEL]: source.namespace },
          annotations: { [INTENT_ANNOTATION]: intentOf(source) },
        },
        spec,
      }),
    );
    const snapshotSpec: snapshotapi.VolumeSnapshotSpec = { source: { volumeSnapshotContentName: name } };
    this.snapshot = new ApiObject(this, 'Snapshot', {
      ...snapshotapi.VolumeSnapshot.GVK,
      metadata: { name: snapshotName, namespace },
      spec: snapshotSpec,
    });
    for (const object of this.objects) Inventory.of(this).add(this, object);
  }

  /** Counts a claim among those that the pair has to be there for. */
  public serve(claim: ClonedVolumeClaim, delivery: Delivery, annotations: Readonly<Record<string, string>> = {}): void {
    this.claims.push(ApiObject.of(claim));
    // The order in the file, for those who apply it from top to bottom.
    claim.node.addDependency(this);
    for (const [key, value] of Object.entries(delivery._annotationsBefore(this.claims, annotations[SYNC_WAVE] !== undefined))) {
      for (const object of this.objects) object.metadata.addAnnotation(key, value);
    }
  }

  private get objects(): ApiObject[] {
    return [this.content, this.snapshot];
  }
}

function checkLength(name: string, target: string, { namespace, name: snapshot }: ObjectKey): void {
  if (subdomainFault(name) === undefined) return;
  throw new Error(
    `the VolumeSnapshotContent of snapshot ${namespace}/${snapshot} for namespace ${target} is '${name}', of ${name.length} characters, but must have at most 253; give the snapshot a shorter name`,
  );
}

function refuseOtherChart(pair: HandedOverSnapshot, chart: IConstruct, claim: Subject): void {
  const { scope, id } = pair.node;
  if (scope === chart) return;
  throw new Error(
    `${claim} needs VolumeSnapshotContent ${id}, which chart '${scope!.node.path}' makes for its own claims, but an object belongs to one Application; put the claims of one namespace on one snapshot into one chart`,
  );
}
