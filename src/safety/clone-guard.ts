import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { Delivery } from '../delivery/delivery';
import { ClusterObjects } from '../resources/cluster-objects';
import { checkName, metadataFor, refuseNamespace, refuseOtherIntent } from '../resources/metadata';
import { Subject } from '../resources/subject';
import { checkOneOf } from '../resources/values';
import * as cel from './guard-expressions';

const ADMISSION = 'admissionregistration.k8s.io/v1';

/**
 * Properties for `CloneGuard`.
 */
export interface CloneGuardProps {
  /**
   * Whether the cluster writes down the intent of claims whose author did not: claims made by hand, by Helm, or by a StatefulSet. They are
   * then guarded like those of this library.
   *
   * Required, because both values are wrong somewhere: `true` needs MutatingAdmissionPolicy in version v1, served from Kubernetes 1.36;
   * `false` leaves every claim that was not written with this library unguarded.
   *
   * @see https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
   */
  readonly recordIntent: boolean;

  /**
   * What happens to a claim that would not be filled from the source that it names.
   *
   * @default GuardAction.REFUSE
   */
  readonly action?: GuardAction;

  /**
   * Whether a cross-namespace reference without an intent annotation is refused as well. It finds claims that the guard could not protect,
   * on a cluster where the feature gate is on; with `recordIntent` there are none.
   *
   * @default false
   */
  readonly refuseUnannotated?: boolean;

  /**
   * Namespaces that the guard leaves alone: those that carry any of these labels. For a backup tool's scratch namespaces, for example.
   *
   * @default - no namespace is left out
   */
  readonly exceptNamespaceLabels?: { [key: string]: string };

  /**
   * Name, labels and annotations of the policies. They are cluster-scoped; their bindings bear the same name.
   *
   * @default - named `snapshot-clone-guard`
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
 * Refuses a claim that would be bound to an EMPTY volume.
 *
 * An API server whose feature gate `CrossNamespaceVolumeDataSource` is off drops the reference to another namespace without a word, and the
 * claim is provisioned empty. Annotations survive: every claim of this library says in one which source it expects, and this policy refuses
 * the claim whose spec does not name exactly that source.
 *
 * It cannot see what happens after the claim is made: an Available volume of the same StorageClass that Kubernetes binds instead of filling a
 * new one, or a provisioner that is no CSI driver and ignores data sources.
 *
 * It needs Kubernetes 1.30, which serves ValidatingAdmissionPolicy in version v1.
 *
 * For the platform team, installed once for each cluster. It has to stand BEFORE the first claim: a policy takes a moment to work, and in one
 * `kubectl apply` or one sync wave with a claim it comes too late.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 * @example
 *
 * new CloneGuard(platform, 'guard', { recordIntent: true });
 */
export class CloneGuard extends Construct {
  /** The name of the policies and of their bindings. */
  public readonly guardName: string;

  /**
   * Whether no claim gets past this guard: it writes down every intent and refuses, in every namespace.
   *
   * @internal
   */
  public readonly _withoutExceptions: boolean;

  private readonly metadata: ApiObjectMetadata;
  private readonly clusterObjects = new ClusterObjects(this);

  constructor(scope: Construct, id: string, props: CloneGuardProps) {
    super(scope, id);
    const what = new Subject('CloneGuard', this);
    refuseNamespace(what, props.metadata);
    refuseOtherIntent(what, props.metadata);
    const { name = 'snapshot-clone-guard' } = props.metadata ?? {};
    this.guardName = checkName('name', what, name);
    if (props.action !== undefined) checkOneOf('action', what, props.action, Object.values(GuardAction));
    const ours = (props.delivery ?? Delivery.argoCd())._guardAnnotations();
    this.metadata = metadataFor(props.metadata, { name: this.guardName, annotations: ours });

    this._withoutExceptions =
      props.recordIntent && props.action !== GuardAction.WARN && Object.keys(props.exceptNamespaceLabels ?? {}).length === 0;

    this.guard(props);
    if (props.recordIntent) this.recorder(props);
  }

  /** The policies and their bindings. */
  public get objects(): ApiObject[] {
    return this.clusterObjects.all;
  }

  private guard({ action = GuardAction.REFUSE, refuseUnannotated = false, exceptNamespaceLabels }: CloneGuardProps): void {
    this.clusterObject('Guard', 'ValidatingAdmissionPolicy', {
      failurePolicy: 'Fail',
      matchConstraints: claimsOf(exceptNamespaceLabels),
      matchConditions: [{ name: 'concerns-a-clone', expression: refuseUnannotated ? `${cel.ANNOTATED} || ${cel.CROSSES}` : cel.ANNOTATED }],
      variables: [
        { name: 'wanted', expression: cel.WANTED },
        { name: 'named', expression: cel.NAMED },
      ],
      validations: cel.validations(refuseUnannotated),
    });
    this.clusterObject('GuardBinding', 'ValidatingAdmissionPolicyBinding', {
      policyName: this.guardName,
      validationActions: action === GuardAction.REFUSE ? ['Deny'] : ['Warn', 'Audit'],
    });
  }

  /** A mutating policy sees the claim before the API server drops the reference. */
  private recorder({ exceptNamespaceLabels }: CloneGuardProps): void {
    this.clusterObject('Recorder', 'MutatingAdmissionPolicy', {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'IfNeeded',
      matchConstraints: claimsOf(exceptNamespaceLabels),
      // Never over an annotation that is there: whoever could make the recorder overwrite it could make a tampered one pass.
      matchConditions: [{ name: 'names-another-namespace-and-says-nothing', expression: `${cel.CROSSES} && !(${cel.ANNOTATED})` }],
      mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: cel.RECORD } }],
    });
    this.clusterObject('RecorderBinding', 'MutatingAdmissionPolicyBinding', { policyName: this.guardName });
  }

  private clusterObject(id: string, kind: string, spec: unknown): void {
    this.clusterObjects.add(id, { apiVersion: ADMISSION, kind, metadata: this.metadata, spec });
  }
}

/**
 * What a guard does with a claim that would not be filled from the source that it names.
 */
export enum GuardAction {
  /** The claim is refused, with a message that says what to do. */
  REFUSE = 'Refuse',

  /** The claim is made, EMPTY perhaps, with a warning to its author and a line in the audit log. */
  WARN = 'Warn',
}

function claimsOf(exceptNamespaceLabels: { [key: string]: string } = {}): unknown {
  const except = Object.entries(exceptNamespaceLabels);
  return {
    resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['persistentvolumeclaims'] }],
    ...(except.length > 0 && {
      namespaceSelector: { matchExpressions: except.map(([key, value]) => ({ key, operator: 'NotIn', values: [value] })) },
    }),
  };
}
