import { GRANT_GROUP } from '../../reference/reference';
import { type Check, page } from '../check';
import { missingVerbs } from '../rbac';
import { gateOf } from '../sidecars';
import { placeOf } from './provisioner-gate';

/** Whether a csi-provisioner whose gate is on may list and watch grants, without which it does nothing at all. */
export const provisionerAccess: Check = {
  id: 'provisioner-access',
  question: 'whether csi-provisioner may list ReferenceGrants',

  *judge(evidence) {
    const asking = evidence.provisioners.filter(({ words }) => gateOf(words) !== false);
    if (asking.length === 0) return;
    const doubts = [...evidence.doubts('clusterroles', 'clusterrolebindings')];
    yield* doubts;
    if (doubts.length > 0) return;
    const access = { roles: evidence.objects('clusterroles'), bindings: evidence.objects('clusterrolebindings') };
    for (const provisioner of asking) {
      const account = { namespace: provisioner.object.namespace, name: provisioner.serviceAccount };
      const missing = missingVerbs(access, account, { group: GRANT_GROUP, resource: 'referencegrants', verbs: ['list', 'watch'] });
      if (missing.length === 0) continue;
      const subject = `${account.namespace}:${account.name}`;
      yield {
        severity: 'error',
        object: { apiVersion: 'v1', kind: 'ServiceAccount', ...account },
        message: `ServiceAccount ${account.namespace}/${account.name} of ${placeOf(provisioner)} has no right to ${missing.join(' and ')} referencegrants.${GRANT_GROUP} in all namespaces, and the feature gate is on there.`,
        effect: `ALL provisioning of its driver stops, plain claims included, without an event. Its log says: User "system:serviceaccount:${subject}" cannot ${missing[0]} resource "referencegrants" in API group "${GRANT_GROUP}" at the cluster scope`,
        remediation: `ProvisionerGrantAccess of this library, or: kubectl create clusterrole snapshot-clone-provisioner --verb=get,list,watch --resource=referencegrants.${GRANT_GROUP} && kubectl create clusterrolebinding snapshot-clone-provisioner --clusterrole=snapshot-clone-provisioner --serviceaccount=${subject}`,
        page: page('docs/troubleshooting.md#no-claim-of-the-driver-is-provisioned-and-nothing-says-why'),
      };
    }
  },
};
