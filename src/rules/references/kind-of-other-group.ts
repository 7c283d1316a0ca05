import { CLAIM_KIND, CORE_GROUP, GRANT_GROUP, GRANT_KIND, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { at } from '../fields';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';

/** The group of each kind that is looked at, and the apiVersion to write. */
const OF_KIND: ReadonlyMap<string, { readonly group: string; readonly apiVersion: string }> = new Map([
  [CLAIM_KIND, { group: CORE_GROUP, apiVersion: 'v1' }],
  [GRANT_KIND, { group: GRANT_GROUP, apiVersion: `${GRANT_GROUP}/v1beta1` }],
  ...[SNAPSHOT_KIND, 'VolumeSnapshotClass', 'VolumeSnapshotContent'].map(
    (kind) => [kind, { group: SNAPSHOT_GROUP, apiVersion: `${SNAPSHOT_GROUP}/v1` }] as const,
  ),
]);

export const kindOfOtherGroup: Rule = {
  id: 'kind-of-other-group',
  severity: 'error',
  sentence:
    'Claims, grants and snapshots are of the API group that their kind is of: v1, gateway.networking.k8s.io, snapshot.storage.k8s.io.',
  why: 'The API server refuses the object: `no matches for kind "PersistentVolumeClaim" in version "apps/v1"`. In another group it would be something else, so no other rule looks at it: a grant in it covers nothing, and what refers to a snapshot in it has no source.',
  remediation: 'Write the apiVersion as it is suggested; nothing else has to change.',
  source: 'https://kubernetes.io/docs/reference/using-api/#api-groups',

  judge(set, say) {
    for (const { group, kind, objects } of set.kinds) {
      const right = OF_KIND.get(kind);
      if (!right) continue;
      for (const object of objects) {
        if (group === right.group) {
          say(object);
          continue;
        }
        const message = `apiVersion of ${titleOf(object)} is '${object.apiVersion}', but a ${kind} is of apiVersion '${right.apiVersion}'`;
        say(object, { message, node: at(object.manifest, 'apiVersion') });
      }
    }
  },
};
