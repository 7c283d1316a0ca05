import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import * as gatewayapi from '../../imports/gateway.networking.k8s.io';
import { type Grant, type GrantFrom, type GrantTo, MAX_GRANT_ENTRIES } from '../reference/grant';
import { CLAIM_KIND, CORE_GROUP, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import { Inventory } from './inventory';
import { checkName, checkNamespace, checkOwnName, metadataFor, namespaceFor, refuseOtherIntent } from './metadata';
import { Resource } from './resource';
import { Subject } from './subject';
import { checkList } from './values';

/**
 * Properties for `ReferenceGrant`.
 */
export interface ReferenceGrantProps {
  /**
   * Name, namespace, labels and annotations of the grant. Its namespace is that of the snapshots and claims which it opens.
   *
   * @default - a generated name, in the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The namespaces whose claims may be filled. Every claim in them: a grant cannot tell claims apart.
   *
   * At most 16, each a DNS label; there is no wildcard and no selector.
   *
   * @default - none yet: `addFromNamespaces`
   */
  readonly fromNamespaces?: string[];

  /**
   * The names of the VolumeSnapshots that may be copied.
   *
   * @default - none
   */
  readonly toSnapshots?: string[];

  /**
   * Opens every VolumeSnapshot of the grant's namespace, those of the future too.
   *
   * @default false
   */
  readonly toAnySnapshot?: boolean;

  /**
   * The names of the claims that may be copied directly.
   *
   * @default - none
   */
  readonly toClaims?: string[];

  /**
   * Opens every claim of the grant's namespace to being copied directly, those of the future too.
   *
   * @default false
   */
  readonly toAnyClaim?: boolean;
}

/**
 * Allows claims in other namespaces to be filled from objects in this one.
 *
 * EVERY namespace in `fromNamespaces` reaches EVERY object in `to`: two pairs that must not mix need two grants. Whoever may create a
 * ReferenceGrant in a namespace decides who reads its data.
 *
 * Deleting the grant stops new claims; it takes nothing back from claims that are filled already.
 *
 * Emitted as `gateway.networking.k8s.io/v1beta1`, the version that csi-provisioner watches.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/referencegrant/
 * @example
 *
 * new ReferenceGrant(prod, 'grant', {
 *   metadata: { namespace: 'prod', name: 'mysql-to-dev' },
 *   fromNamespaces: ['dev'],
 *   toSnapshots: ['mysql'],
 * });
 */
export class ReferenceGrant extends Resource {
  protected readonly apiObject: ApiObject;

  public readonly resourceType = 'referencegrants';

  /** The namespace of the grant and of what it opens. */
  public readonly namespace: string;

  private readonly what = new Subject('ReferenceGrant', this);
  private readonly from: GrantFrom[] = [];
  private readonly to: GrantTo[] = [];

  constructor(scope: Construct, id: string, props: ReferenceGrantProps = {}) {
    super(scope, id);
    const what = this.what;
    this.namespace = namespaceFor(this, what, props.metadata);
    refuseOtherIntent(what, props.metadata);
    const spec: gatewayapi.ReferenceGrantV1Beta1Spec = { from: this.from, to: this.to };
    this.apiObject = new ApiObject(this, 'Resource', {
      ...gatewayapi.ReferenceGrantV1Beta1.GVK,
      metadata: metadataFor(props.metadata, { namespace: this.namespace }),
      // Not copied: what is added later is rendered as well.
      spec,
    });
    checkOwnName(what, this.name, props.metadata);
    Inventory.of(this).addGrant(this, this.apiObject);
    this.addFromNamespaces(...checkList('fromNamespaces', what, props.fromNamespaces ?? []));
    this.addToSnapshots(...checkList('toSnapshots', what, props.toSnapshots ?? []));
    this.addToClaims(...checkList('toClaims', what, props.toClaims ?? []));
    if (props.toAnySnapshot) this.addTo({ group: SNAPSHOT_GROUP, kind: SNAPSHOT_KIND });
    if (props.toAnyClaim) this.addTo({ group: CORE_GROUP, kind: CLAIM_KIND });
  }

  /** The namespaces whose claims may be filled. */
  public get fromNamespaces(): string[] {
    return this.from.map((entry) => entry.namespace);
  }

  /** The names of the VolumeSnapshots that may be copied; those that `toAnySnapshot` opens have no name here. */
  public get toSnapshots(): string[] {
    return this.namesOf(SNAPSHOT_KIND);
  }

  /** The names of the claims that may be copied; those that `toAnyClaim` opens have no name here. */
  public get toClaims(): string[] {
    return this.namesOf(CLAIM_KIND);
  }

  /**
   * Lets claims of more namespaces be filled. A namespace that is there already changes nothing.
   *
   * @param namespaces DNS labels.
   */
  public addFromNamespaces(...namespaces: string[]): void {
    for (const namespace of namespaces) {
      checkNamespace('fromNamespaces', this.what, namespace);
      if (this.from.some((entry) => entry.namespace === namespace)) continue;
      this.makeRoom('from', this.from);
      this.from.push({ group: CORE_GROUP, kind: CLAIM_KIND, namespace });
    }
  }

  /**
   * Opens more VolumeSnapshots.
   *
   * @param snapshotNames Names of VolumeSnapshots in the grant's namespace, DNS subdomains.
   */
  public addToSnapshots(...snapshotNames: string[]): void {
    for (const name of snapshotNames) {
      this.addTo({ group: SNAPSHOT_GROUP, kind: SNAPSHOT_KIND, name: checkName('toSnapshots', this.what, name) });
    }
  }

  /**
   * Opens more claims to being copied directly.
   *
   * @param claimNames Names of claims in the grant's namespace, DNS subdomains.
   */
  public addToClaims(...claimNames: string[]): void {
    for (const name of claimNames) {
      this.addTo({ group: CORE_GROUP, kind: CLAIM_KIND, name: checkName('toClaims', this.what, name) });
    }
  }

  /** @internal */
  public _toGrant(): Grant {
    return { namespace: this.namespace, name: this.name, from: this.from, to: this.to };
  }

  private addTo(to: GrantTo): void {
    if (this.to.some((entry) => entry.kind === to.kind && entry.name === to.name)) return;
    this.makeRoom('to', this.to);
    this.to.push(to);
  }

  private namesOf(kind: string): string[] {
    return this.to.flatMap((entry) => (entry.kind === kind && entry.name !== undefined ? [entry.name] : []));
  }

  private makeRoom(side: 'from' | 'to', entries: readonly unknown[]): void {
    Inventory.of(this).touch();
    if (entries.length < MAX_GRANT_ENTRIES) return;
    throw new Error(
      `${this.what} would have ${entries.length + 1} entries in '${side}', but Kubernetes takes at most ${MAX_GRANT_ENTRIES}; make a second ReferenceGrant, grants add up`,
    );
  }
}
