import { ApiRefusal } from '../api/api-connection';
import { cloneMustBeRefused } from '../claims';
import { cloneOf, type GrantSpec, grant, grantSpec, namespace } from '../manifests';
import { verdict } from '../predicate';
import { runningCluster } from '../running-cluster';
import { documented } from '../troubleshooting';
import { grantsMustBeKnown } from './grant-barrier';
import { SourceVolume } from './source-volume';

const SNAP = SourceVolume.SNAPSHOT;

/** The right grant with other values in its first `from` or its first `to`. */
function but(part: 'from' | 'to', change: object): (right: GrantSpec) => GrantSpec {
  return (right) => ({ ...right, [part]: [{ ...right[part][0], ...change }] });
}

const cluster = runningCluster();

/** One entry more than the API allows, each with a value of its own in `field`. */
function seventeen(part: 'from' | 'to', field: string): (right: GrantSpec) => GrantSpec {
  return (right) => ({ ...right, [part]: Array.from({ length: 17 }, (_, index) => ({ ...right[part][0], [field]: `entry-${index}` })) });
}

/** A name for namespaces out of the name of a test. */
function slug(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

describe('a grant that is right but for one field', () => {
  describe('is accepted by the API server and allows nothing', () => {
    test.each<[title: string, wrong: (right: GrantSpec) => GrantSpec]>([
      ['when from.group is core', but('from', { group: 'core' })],
      ['when from.group is apps', but('from', { group: 'apps' })],
      ['when from.kind is in lower case', but('from', { kind: 'persistentvolumeclaim' })],
      ['when from.kind is Pod', but('from', { kind: 'Pod' })],
      ['when from.namespace is another', but('from', { namespace: 'another' })],
      ['when to.group is empty', but('to', { group: '' })],
      ['when to.group is cut short', but('to', { group: 'snapshot.storage' })],
      ['when to.kind is in lower case', but('to', { kind: 'volumesnapshot' })],
      ['when to.kind is VolumeSnapshotContent', but('to', { kind: 'VolumeSnapshotContent' })],
      ['when to.name is another', but('to', { name: 'another' })],
    ])('%s', async (title, wrong) => {
      const source = await SourceVolume.make(cluster(), slug(title));
      const { prod, dev } = source.sides;
      const clone = cloneOf(prod, SNAP, dev, 'clone');
      const right = grantSpec(dev, SNAP);
      const wrongGrant = grant(prod, 'dev', wrong(right));
      await cluster().api.apply(wrongGrant);
      await grantsMustBeKnown(cluster());

      expect(verdict([clone, wrongGrant])).toBe(false);
      await cluster().api.apply(clone);
      await cloneMustBeRefused(cluster(), clone);

      // The very same claim is filled when the one field is put right: nothing else was wrong.
      const rightGrant = grant(prod, 'dev', right);
      expect(verdict([clone, rightGrant])).toBe(true);
      await cluster().api.apply(rightGrant);
      await source.mustBeClonedInto(clone);
    });
  });

  describe('is rejected by the API server', () => {
    test.each<[title: string, wrong: (right: GrantSpec) => GrantSpec, words: string]>([
      ['when from.group is missing', but('from', { group: undefined }), documented('spec.from[0].group: Required value')],
      ['when from.kind is missing', but('from', { kind: undefined }), 'spec.from[0].kind: Required value'],
      ['when from.namespace is missing', but('from', { namespace: undefined }), 'spec.from[0].namespace: Required value'],
      ['when from.namespace is a wildcard', but('from', { namespace: '*' }), documented('spec.from[0].namespace: Invalid value: "*"')],
      ['when from.group has a version', but('from', { group: 'core/v1' }), 'spec.from[0].group: Invalid value: "core/v1"'],
      ['when from is empty', (right) => ({ ...right, from: [] }), 'spec.from in body should have at least 1 items'],
      ['when from has 17 entries', seventeen('from', 'namespace'), documented('spec.from: Too many: 17: must have at most 16 items')],
      ['when to.group is missing', but('to', { group: undefined }), 'spec.to[0].group: Required value'],
      ['when to.kind is missing', but('to', { kind: undefined }), 'spec.to[0].kind: Required value'],
      [
        'when to.group has a version',
        but('to', { group: 'snapshot.storage.k8s.io/v1' }),
        documented('spec.to[0].group: Invalid value: "snapshot.storage.k8s.io/v1"'),
      ],
      ['when to.name is empty', but('to', { name: '' }), 'spec.to[0].name in body should be at least 1 chars long'],
      ['when to is empty', (right) => ({ ...right, to: [] }), 'spec.to in body should have at least 1 items'],
      ['when to has 17 entries', seventeen('to', 'name'), 'spec.to: Too many: 17: must have at most 16 items'],
      ['when from is missing', (right) => ({ ...right, from: undefined! }), 'spec.from: Required value'],
      ['when to is missing', (right) => ({ ...right, to: undefined! }), 'spec.to: Required value'],
      ['when there is no spec', () => undefined!, 'spec: Required value'],
    ])('%s', async (title, wrong, words) => {
      const prod = namespace(`prod-${slug(title)}`);
      await cluster().api.apply(prod);
      const refused = cluster().api.apply(grant(prod.metadata.name, 'dev', wrong(grantSpec('dev', SNAP))));
      await expect(refused).rejects.toThrow(ApiRefusal);
      await expect(refused).rejects.toThrow(words);
    });
  });
});
