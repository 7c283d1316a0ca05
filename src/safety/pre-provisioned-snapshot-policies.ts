import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { Delivery } from '../delivery/delivery';
import { quoted } from '../reference/quoted';
import { ClusterObjects } from '../resources/cluster-objects';
import { checkName, checkNamespace, metadataFor, refuseNamespace, refuseOtherIntent } from '../resources/metadata';
import { Subject } from '../resources/subject';
import { checkList } from '../resources/values';
import type { AdmissionPolicy } from './admission-policy';
import { claimContent, claimGuard } from './claim-guard';
import { claimGrant, claimSource, rewrite } from './claim-policies';
import type { CloneGuard } from './clone-guard';
import { contentGuard, groupGuard } from './content-guard';
import { carry, fill, grant, placeholder, source } from './content-policies';
import { keptSources, reservedNames } from './snapshot-policies';
import type { StorageController } from './storage-controller';

/**
 * Properties for `PreProvisionedSnapshotPolicies`.
 */
export interface PreProvisionedSnapshotPoliciesProps {
  /**
   * The namespaces whose VolumeSnapshots may be handed over, where a ReferenceGrant allows it. At least one; each a DNS label.
   *
   * A list, because the API server wants the grants of each namespace bound to a policy by name.
   */
  readonly sourceNamespaces: string[];

  /**
   * Who may make VolumeSnapshotContents of volumes and handles: the snapshot controller, the csi-snapshotter of EVERY CSI driver, and the
   * backup tools that import snapshots. At least one.
   *
   * If one is missing it is refused, so that with a snapshot controller or a csi-snapshotter ALL new snapshots stop, those of backups too.
   */
  readonly storageControllers: StorageController[];

  /**
   * Whether a VolumeSnapshot cannot be deleted while it is handed over.
   *
   * Off, because it gives consumers a veto over what the owner deletes, and a source namespace with such a snapshot cannot be deleted either.
   * Without it, claims that are made after the deletion are refused; volumes that were filled before keep their data.
   *
   * @default false
   */
  readonly keepSources?: boolean;

  /**
   * Turns cross-namespace references of claims into references to the handed-over snapshot, for charts of others that cannot be changed.
   * Claims of this library never need it. Two dangers:
   *
   * - On a cluster whose feature gate is on it takes claims over that would have worked without it.
   * - When it is missing, such a claim is EMPTY, silently. So its value is the guard that refuses the claim then: a `CloneGuard` with
   *   `recordIntent`, that refuses and leaves out no namespace.
   *
   * It does not hand the snapshot over: without the VolumeSnapshot and its content in the claim's namespace the claim stays Pending.
   *
   * @default - references of claims are left as they are
   */
  readonly rewriteClaims?: CloneGuard;

  /**
   * Name, labels and annotations of the policies. They are cluster-scoped; the name opens those of the policies and of their bindings.
   *
   * @default - named `pre-provisioned-snapshots`
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * What the tool that applies the manifests has to know about the policies.
   *
   * @default - Argo CD: sync wave -3, before any grant, snapshot or claim
   */
  readonly delivery?: Delivery;
}

/**
 * Lets consumers copy snapshots of other namespaces on any cluster from Kubernetes 1.36, without the feature gate
 * `CrossNamespaceVolumeDataSource`: the consumer writes a pre-provisioned VolumeSnapshotContent with an empty source, and policies of the API
 * server itself fill it if a ReferenceGrant of the source's namespace allows it.
 *
 * - A content is filled with driver and handle of the ready source, always with `deletionPolicy: Retain`; what its author writes there is
 *   overwritten or refused.
 * - A grant is needed when the content is made, and again for each claim. Taking it away ends new claims, not the volumes that there are.
 * - A claim is refused if its source was deleted, or made anew under its name, since the content was filled.
 * - Nobody but `storageControllers` makes other contents, or changes what a content belongs to.
 * - Names that begin with `snapshot-clone.` are reserved for handed-over snapshots.
 *
 * Without the policies the API server refuses the content, and the claim stays Pending: nothing is EMPTY. They cannot see what happens after
 * the claim is made, as `CloneGuard` cannot: an Available volume of the same StorageClass that Kubernetes binds instead of filling a new one.
 *
 * For the platform team, ONCE for each cluster, with all source namespaces: two of them refuse each other's. It has to stand before the first
 * content, and whoever applies it must be allowed to list VolumeSnapshots, VolumeSnapshotContents and ReferenceGrants, whose kinds must be
 * installed. Look before for names that are taken: `kubectl get volumesnapshots,volumesnapshotcontents -A | grep snapshot-clone.`
 *
 * Who may write admission policies, make PersistentVolumes, act as a storage controller, or write into a source namespace is not held back.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/#static
 * @see https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 * @example
 *
 * new PreProvisionedSnapshotPolicies(platform, 'policies', {
 *   sourceNamespaces: ['prod'],
 *   storageControllers: [
 *     StorageController.serviceAccount('kube-system', 'snapshot-controller'),
 *     StorageController.serviceAccount('csi', 'csi-snapshotter'),
 *   ],
 * });
 */
export class PreProvisionedSnapshotPolicies extends Construct {
  private readonly clusterObjects = new ClusterObjects(this);
  private readonly metadata: ApiObjectMetadata;
  private readonly policiesName: string;

  constructor(scope: Construct, id: string, props: PreProvisionedSnapshotPoliciesProps) {
    super(scope, id);
    const what = new Subject('PreProvisionedSnapshotPolicies', this);
    refuseNamespace(what, props.metadata);
    refuseOtherIntent(what, props.metadata);
    const { name = 'pre-provisioned-snapshots' } = props.metadata ?? {};
    this.policiesName = checkName('name', what, name);
    const annotations = (props.delivery ?? Delivery.argoCd())._guardAnnotations();
    this.metadata = metadataFor(props.metadata, { name: this.policiesName, annotations });

    const namespaces = sourceNamespacesOf(what, props);
    for (const policy of policies(namespaces, controllersOf(what, props), rewritesOf(what, props), props.keepSources ?? false)) {
      this.add(policy);
    }
  }

  /** The policies and their bindings. */
  public get objects(): ApiObject[] {
    return this.clusterObjects.all;
  }

  private add({ suffix, kind, spec, bindings = [{ spec: {} }] }: AdmissionPolicy): void {
    const policyName = `${this.policiesName}-${suffix}`;
    this.addObject(suffix, kind, policyName, spec);
    for (const binding of bindings) {
      const ending = binding.suffix === undefined ? '' : `.${binding.suffix}`;
      const actions = kind === 'ValidatingAdmissionPolicy' ? { validationActions: ['Deny'] } : {};
      this.addObject(`${suffix}-binding${ending}`, `${kind}Binding`, `${policyName}${ending}`, { policyName, ...actions, ...binding.spec });
    }
  }

  private addObject(id: string, kind: string, name: string, spec: object): void {
    this.clusterObjects.add(id, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind,
      metadata: { ...this.metadata, name: checkName('name', `${kind} of PreProvisionedSnapshotPolicies '${this.node.path}'`, name) },
      spec,
    });
  }
}

/** What refuses comes first, so that nothing is filled while only some of them stand. */
function policies(namespaces: string[], controllers: string[], rewrites: boolean, keepSources: boolean): AdmissionPolicy[] {
  return [
    contentGuard(controllers, namespaces),
    groupGuard(controllers),
    reservedNames(),
    claimGuard(namespaces),
    claimContent(),
    ...(keepSources ? [keptSources()] : []),
    carry(),
    placeholder(),
    source(namespaces),
    fill(),
    grant(namespaces),
    claimGrant(namespaces, rewrites),
    claimSource(namespaces, rewrites),
    ...(rewrites ? [rewrite(namespaces)] : []),
  ];
}

function sourceNamespacesOf(what: Subject, { sourceNamespaces }: PreProvisionedSnapshotPoliciesProps): string[] {
  if (checkList('sourceNamespaces', what, sourceNamespaces).length === 0) {
    throw new Error(
      `sourceNamespaces of ${what} is empty, but must name the namespaces whose snapshots may be handed over; name at least one`,
    );
  }
  return [...new Set(sourceNamespaces.map((each) => checkNamespace('source namespace', what, each)))];
}

function controllersOf(what: Subject, { storageControllers }: PreProvisionedSnapshotPoliciesProps): string[] {
  if (checkList('storageControllers', what, storageControllers).length === 0) {
    throw new Error(
      `storageControllers of ${what} is empty, but all snapshots of the cluster would stop; name the snapshot controller and every csi-snapshotter`,
    );
  }
  return [...new Set(storageControllers.map((each) => userNameOf(what, each)))];
}

/** A name alone would be the same as none: all snapshots would stop. */
function userNameOf(what: Subject, controller: StorageController): string {
  if (typeof controller?.userName === 'string') return controller.userName;
  throw new Error(
    `storageControllers of ${what} is ${quoted(controller)}, but must be a StorageController, such as StorageController.serviceAccount('kube-system', 'snapshot-controller')`,
  );
}

function rewritesOf(what: Subject, { rewriteClaims }: PreProvisionedSnapshotPoliciesProps): boolean {
  if (rewriteClaims === undefined) return false;
  if (!rewriteClaims._withoutExceptions) {
    throw new Error(
      `rewriteClaims of ${what} is CloneGuard '${rewriteClaims.node.path}', but must be one that records intents, refuses, and leaves out no namespace; without it a claim that is not rewritten is EMPTY`,
    );
  }
  return true;
}
