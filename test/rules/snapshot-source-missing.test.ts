import { ObjectSet, type ObjectSetOptions } from '../../src/rules/object-set';
import { judgementsOf } from '../../src/rules/rule';
import { snapshotSourceMissing } from '../../src/rules/snapshots/snapshot-source-missing';
import { claim, REF, snapshot } from './manifest-parts';

const taken = (source: object, more: object = {}) => ({ ...snapshot('mysql'), spec: { source }, ...more });
const OF_DATA = taken({ persistentVolumeClaimName: 'mysql-data' });
const FILES = claim('files', undefined, 'prod');

/** What the rule says of each snapshot that it has looked at. */
const said = (manifests: readonly object[], options: ObjectSetOptions = {}) =>
  judgementsOf(
    snapshotSourceMissing,
    new ObjectSet(
      manifests.map((manifest) => ({ manifest })),
      options,
    ),
  ).map(({ faults }) => faults);
const looksAt = (...manifests: object[]) => said(manifests).length;
const isSilent = (manifests: readonly object[], options: ObjectSetOptions = {}) => said(manifests, options).flat().length === 0;

test('a snapshot of a claim that is not among those of its namespace is told with them, at its source', () => {
  expect(said([OF_DATA, FILES, claim('prod-mysql-data', undefined, 'prod')])).toEqual([
    [
      {
        message:
          'VolumeSnapshot prod/mysql is to be taken of PersistentVolumeClaim prod/mysql-data, but of that kind the set shows in namespace prod only files, prod-mysql-data; did you mean prod-mysql-data?',
        node: OF_DATA.spec.source,
      },
    ],
  ]);
});

test('a snapshot is none of its business where the set shows no claim of its namespace', () => {
  expect(looksAt(OF_DATA, claim('mysql-data'))).toBe(0);
  expect(looksAt(OF_DATA, claim('mysql-data', undefined, 'prod'))).toBe(1);
});

describe('a snapshot is well', () => {
  const statefulSet = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'mysql', namespace: 'prod' },
    spec: {
      replicas: 1,
      template: { spec: { containers: [], volumes: [{ name: 'cache', ephemeral: { volumeClaimTemplate: {} } }] } },
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
    },
  };

  // A StatefulSet that has been made smaller leaves its claims behind.
  test.each(['data-mysql-0', 'data-mysql-7', 'mysql-0-cache'])('of claim %s, which a StatefulSet makes', (persistentVolumeClaimName) => {
    expect(isSilent([statefulSet, FILES, taken({ persistentVolumeClaimName })])).toBe(true);
  });

  test.each<[string, object]>([
    ['of a content', taken({ volumeSnapshotContentName: 'mysql-data' })],
    ['of two sources, of which another rule speaks', taken({ persistentVolumeClaimName: 'mysql-data', volumeSnapshotContentName: 'x' })],
    ['of a name with a wrong type', taken({ persistentVolumeClaimName: 5 })],
    ['of nothing', taken({})],
    ['that has been taken before its claim was deleted', { ...OF_DATA, status: { boundVolumeSnapshotContentName: 'snapcontent-1' } }],
  ])('%s', (_, one) => {
    expect(isSilent([one, FILES])).toBe(true);
  });

  test('whose status says nothing of a content', () => {
    expect(isSilent([{ ...OF_DATA, status: { readyToUse: false } }, FILES])).toBe(false);
  });

  test('beside copies that are filled from it: the original is delivered elsewhere', () => {
    expect(isSilent([OF_DATA, claim('copy', { ...REF, namespace: undefined }, 'prod')])).toBe(true);
  });

  test('in a namespace that is delivered elsewhere', () => {
    expect(isSilent([OF_DATA, FILES], { external: ['dev'] })).toBe(false);
    expect(isSilent([OF_DATA, FILES], { external: ['prod'] })).toBe(true);
  });
});
