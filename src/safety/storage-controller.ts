import { labelFault, subdomainFault } from '../reference/dns';
import { quoted } from '../reference/quoted';
import { checkName, checkNamespace } from '../resources/metadata';

/** Who has not said who it is; and groups, which no user is called like. */
const NOBODY = ['system:anonymous', 'system:masters', 'system:authenticated', 'system:unauthenticated', 'system:nodes'];

const SERVICE_ACCOUNT = 'system:serviceaccount:';

/** A name that never matches stops all snapshots as surely as one that is missing. Nothing: the name can be a user's. */
function userFault(userName: string): string | undefined {
  if (typeof userName !== 'string') return 'must be a string; see the audit log of the API server';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (userName.trim() === '' || /[\u0000-\u001f\u007f]/.test(userName))
    return 'must be that of one user; see the audit log of the API server';
  if (userName !== userName.trim()) return 'must not begin or end with a blank; leave it out';
  if (userName.includes('*')) return 'names are compared letter by letter, without patterns; name every user';
  if (NOBODY.includes(userName) || userName.startsWith('system:serviceaccounts')) {
    return 'is no user, and a group would be everybody in it; name every user, see the audit log of the API server';
  }
  if (!userName.startsWith(SERVICE_ACCOUNT)) return undefined;
  const parts = userName.slice(SERVICE_ACCOUNT.length).split(':');
  if (parts.length === 2 && labelFault(parts[0]) === undefined && subdomainFault(parts[1]) === undefined) return undefined;
  return 'a ServiceAccount is called system:serviceaccount:<namespace>:<name>; use StorageController.serviceAccount(namespace, name)';
}

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
   * @throws If it can be no user's: it is empty, a group, a pattern, begins or ends with a blank, or is no complete name of a ServiceAccount.
   */
  public static user(userName: string): StorageController {
    const fault = userFault(userName);
    if (fault) throw new Error(`user name of StorageController is ${quoted(userName)}, but ${fault}`);
    return new StorageController(userName);
  }

  private constructor(
    /** The user name by which the API server knows it. */
    public readonly userName: string,
  ) {}
}
