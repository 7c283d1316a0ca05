import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { GRANT_GROUP, SNAPSHOT_GROUP } from '../reference/reference';
import { ClusterObjects } from '../resources/cluster-objects';
import { checkName, checkNamespace, metadataFor, refuseNamespace } from '../resources/metadata';
import { Subject } from '../resources/subject';
import { checkList } from '../resources/values';

const RBAC_GROUP = 'rbac.authorization.k8s.io';
const RBAC = `${RBAC_GROUP}/v1`;

/**
 * The account under which a csi-provisioner runs.
 */
export interface ProvisionerServiceAccount {
  /** The namespace of the ServiceAccount, a DNS label. */
  readonly namespace: string;

  /** The name of the ServiceAccount, a DNS subdomain. */
  readonly serviceAccountName: string;
}

/**
 * Properties for `ProvisionerGrantAccess`.
 */
export interface ProvisionerGrantAccessProps {
  /**
   * The accounts of the csi-provisioners, one or many: `kubectl get pods -A -o wide` shows the pods, their spec the account.
   */
  readonly serviceAccounts: ProvisionerServiceAccount[];

  /**
   * Name, labels and annotations of the ClusterRole and its binding. They are cluster-scoped.
   *
   * @default - named `snapshot-clone-provisioner`; a second one in a cluster needs a name of its own
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * What a csi-provisioner has to read before it can honour a ReferenceGrant: the rights that its own RBAC leaves commented out.
 *
 * Give them BEFORE the feature gate of the provisioner is switched on. With the gate and without them, or without the definition of
 * ReferenceGrant, ALL provisioning of that driver stops, plain claims included, without an event.
 *
 * The rights on VolumeSnapshots let the provisioner hold a source while it copies, and let go of it afterwards.
 *
 * @see https://github.com/kubernetes-csi/external-provisioner/blob/v6.3.0/deploy/kubernetes/rbac.yaml
 * @example
 *
 * new ProvisionerGrantAccess(platform, 'access', {
 *   serviceAccounts: [{ namespace: 'csi', serviceAccountName: 'csi-provisioner' }],
 * });
 */
export class ProvisionerGrantAccess extends Construct {
  private readonly clusterObjects = new ClusterObjects(this);

  constructor(scope: Construct, id: string, props: ProvisionerGrantAccessProps) {
    super(scope, id);
    const what = new Subject('ProvisionerGrantAccess', this);
    const accounts = checkList('serviceAccounts', what, props.serviceAccounts);
    if (accounts.length === 0) throw new Error(`${what} names no service account; name those of the csi-provisioners`);
    refuseNamespace(what, props.metadata);
    const { name = 'snapshot-clone-provisioner' } = props.metadata ?? {};
    const metadata = metadataFor(props.metadata, { name: checkName('name', what, name) });
    this.clusterObjects.add('Role', {
      apiVersion: RBAC,
      kind: 'ClusterRole',
      metadata,
      rules: [
        { apiGroups: [GRANT_GROUP], resources: ['referencegrants'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [SNAPSHOT_GROUP], resources: ['volumesnapshots'], verbs: ['get', 'list', 'watch', 'update'] },
      ],
    });
    this.clusterObjects.add('Binding', {
      apiVersion: RBAC,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name },
      subjects: accounts.map(({ namespace, serviceAccountName }) => ({
        kind: 'ServiceAccount',
        namespace: checkNamespace('namespace of a service account', what, namespace),
        name: checkName('name of a service account', what, serviceAccountName),
      })),
    });
  }

  /** The ClusterRole and its binding. */
  public get objects(): ApiObject[] {
    return this.clusterObjects.all;
  }
}
