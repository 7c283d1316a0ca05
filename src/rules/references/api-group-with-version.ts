import { type Claim, claimTitle } from '../claim';
import type { Fault, Rule } from '../rule';

export const apiGroupWithVersion: Rule = {
  id: 'api-group-with-version',
  severity: 'error',
  sentence: 'The apiGroup of a source is the group alone, without a version.',
  why: 'The API server refuses the claim, because a group is a DNS subdomain and holds no slash. A bare version, such as `v1`, is accepted as the name of a group that nothing serves.',
  remediation:
    "Write apiGroup: snapshot.storage.k8s.io for a VolumeSnapshot, and none for a PersistentVolumeClaim. Only an object's own apiVersion holds a version.",
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/persistent-volume-claim-v1/',

  judge(set, say) {
    for (const claim of set.claims) {
      if (claim.source) say(claim.object, faultOf(claim, claim.source));
    }
  },
};

const VERSION = /^v\d+((alpha|beta)\d+)?$/;

function faultOf(claim: Claim, { field, group, node }: NonNullable<Claim['source']>): Fault | undefined {
  if (!group.includes('/') && !VERSION.test(group)) return undefined;
  const where = `${field}.apiGroup of ${claimTitle(claim)} is '${group}', but must be a group without a version`;
  if (group.includes('/')) return { message: `${where}; write '${group.slice(0, group.indexOf('/'))}'`, node };
  return { message: `${where}; leave it out for the core group`, node };
}
