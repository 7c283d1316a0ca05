import { GRANT_GROUP } from '../../reference/reference';
import { at } from '../fields';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { claimGrants } from './entries';

/** v1 is served from Gateway API 1.5; it is the same stored object, which csi-provisioner reads as v1beta1. */
const SERVED = ['v1beta1', 'v1'].map((version) => `${GRANT_GROUP}/${version}`);

export const grantVersionNotServed: Rule = {
  id: 'grant-version-not-served',
  severity: 'error',
  sentence: 'A ReferenceGrant is of version v1beta1, or v1.',
  why: 'Gateway API no longer serves v1alpha2: `no matches for kind "ReferenceGrant" in version "gateway.networking.k8s.io/v1alpha2"`. v1 and v1beta1 are the same stored object, but v1 is served from Gateway API 1.5 only; csi-provisioner reads v1beta1.',
  remediation: 'Write apiVersion: gateway.networking.k8s.io/v1beta1; nothing else has to change.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    for (const { object } of claimGrants(set)) {
      if (SERVED.includes(object.apiVersion)) {
        say(object);
        continue;
      }
      const message = `apiVersion of ${titleOf(object)} is '${object.apiVersion}', but must be '${SERVED[0]}' (or '${SERVED[1]}', from Gateway API 1.5)`;
      const node = at(object.manifest, 'apiVersion');
      say(object, { message, node });
    }
  },
};
