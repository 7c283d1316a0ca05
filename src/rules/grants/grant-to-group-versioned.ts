import { faultsIn, type Rule } from '../rule';
import { titleOf } from '../set-object';
import { claimGrants } from './entries';

export const grantToGroupVersioned: Rule = {
  id: 'grant-to-group-versioned',
  severity: 'error',
  sentence: 'The groups in a ReferenceGrant are groups alone, without a version.',
  why: 'The API server refuses a group with a slash: `spec.to[0].group in body should match`. The examples in the proposal of the feature had one.',
  remediation: "Write group: snapshot.storage.k8s.io for a VolumeSnapshot, and group: '' for a PersistentVolumeClaim.",
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    for (const one of claimGrants(set)) {
      say(
        one.object,
        faultsIn(one.to, ({ path, group, node }) => {
          if (!group?.includes('/')) return undefined;
          const right = group.slice(0, group.indexOf('/'));
          const message = `${path}.group of ${titleOf(one.object)} is '${group}', but must be a group without a version; write '${right}'`;
          return { message, node };
        }),
      );
    }
  },
};
