import { ObjectSet } from '../../src/rules/object-set';
import { judgementsOf } from '../../src/rules/rule';
import { snapshotVersionNotServed } from '../../src/rules/snapshots/snapshot-version-not-served';

const GROUP = 'snapshot.storage.k8s.io';

/** What the rule says of an object, for each time that it looks at it. */
function said(apiVersion: string, kind = 'VolumeSnapshot') {
  const manifest = { apiVersion, kind, metadata: { name: 'mysql', namespace: 'prod' } };
  return judgementsOf(snapshotVersionNotServed, new ObjectSet([{ manifest }])).map(({ faults }) => faults);
}

test.each(['VolumeSnapshot', 'VolumeSnapshotClass', 'VolumeSnapshotContent'])('the version of a %s is v1, and no other', (kind) => {
  expect(said(`${GROUP}/v1`, kind)).toEqual([[]]);
  for (const version of ['v1beta1', 'v1alpha1', 'v2', 'V1', 'v1/', '']) {
    const apiVersion = `${GROUP}/${version}`;
    const message = expect.stringContaining(`must be '${GROUP}/v1': no matches for kind "${kind}" in version "${apiVersion}"`);
    expect(said(apiVersion, kind)).toEqual([[{ message, node: apiVersion }]]);
  }
});

test.each([
  ['groupsnapshot.storage.k8s.io/v1beta1', 'VolumeGroupSnapshot'],
  ['groupsnapshot.storage.k8s.io/v1beta1', 'VolumeSnapshot'],
  [`${GROUP}/v1beta1`, 'VolumeGroupSnapshot'],
  ['v1', 'VolumeSnapshot'],
])('a %s %s is none of our business', (apiVersion, kind) => {
  expect(said(apiVersion, kind)).toEqual([]);
});
