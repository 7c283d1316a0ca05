import { checkName, checkNamespace } from '../resources/metadata';

/** Users that would be everybody, or nobody in particular. */
const NOBODY = ['system:anonymous', 'system:masters', 'system:authenticated'];

/**
 * Somebody who may make and change VolumeSnapshotContents: a snapshot controller, a csi-snapshotter, or a backup tool that imports snapshots.
 *
 * How to find them: `kubectl get pods -A -o custom-columns=NS:.metadata.namespace,POD:.metadata.name,SA:.spec.serviceAccountName,IMAGES:.spec.containers[*].image`
 * lists the pods whose images are called snapshot-controller or csi-snapshotter, with their accounts. Upstream's manifests run them as
 * `kube-system/snapshot-controller` and, for each CSI driver, as an account of that driver. Where the provider runs the snapshot controller
 * outside of the cluster no pod shows it: it has made every dynamic content, so the audit log of the API server names the user who creates
 * VolumeSnapshotContents, and `kubectl get volumesnapshotcontents -o yaml --show-managed-fields` the program.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
 */
export class StorageController {
  /**
   * One that runs as a ServiceAccount.
   *
   * @param namespace The namespace of the ServiceAccount, a DNS label.
   * @param serviceAccountName The name of the ServiceAccount, a DNS subdomain.
   * @throws If either is not what Kubernetes accepts.
   */
  public static serviceAccount(namespace: string, serviceAccountName: string): StorageController {
    const what = 'StorageController';
    return new StorageController(
      `system:serviceaccount:${checkNamespace('namespace', what, namespace)}:${checkName('service account', what, serviceAccountName)}`,
    );
  }

  /**
   * One that the API server knows as a user: a client certificate, a token, or an account of the cloud.
   *
   * @param userName The user name, as the audit log shows it.
   * @throws If it is empty, or is a group of users.
   */
  public static user(userName: string): StorageController {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    if (userName.trim() === '' || /[\u0000-\u001f\u007f]/.test(userName) || NOBODY.includes(userName)) {
      throw new Error(`user name of StorageController is '${userName}', but must be that of one user; see the audit log of the API server`);
    }
    return new StorageController(userName);
  }

  private constructor(
    /** The user name by which the API server knows it. */
    public readonly userName: string,
  ) {}
}
