import { CloneGuard, PreProvisionedSnapshotPolicies, StorageController } from '../../../src';
import { mustBeGone } from '../claims';
import { synthesized } from '../constructs';
import { SNAPSHOT_CONTROLLER_USER, SNAPSHOTTER_USER } from '../control-plane';
import { SourceVolume } from '../grants/source-volume';
import { kubectl } from '../kubectl';
import { cloneOf, grant, grantSpec } from '../manifests';
import { runningCluster } from '../running-cluster';

const cluster = runningCluster({ snapshotAccess: 'stock' });

const rewriting = (source: string) =>
  synthesized((chart) => {
    new PreProvisionedSnapshotPolicies(chart, 'policies', {
      sourceNamespaces: [source],
      storageControllers: [SNAPSHOT_CONTROLLER_USER, SNAPSHOTTER_USER].map((user) => StorageController.user(user)),
      rewriteClaims: new CloneGuard(chart, 'guard', { recordIntent: true }),
    });
  });

test('claims that were made by reference can be changed, applied, scheduled and deleted under the policy that rewrites claims', async () => {
  const source = await SourceVolume.make(cluster(), 'native');
  const { prod, dev } = source.sides;
  await cluster().api.apply(grant(prod, 'dev', grantSpec(dev, SourceVolume.SNAPSHOT)));
  const native = (name: string) => cloneOf(prod, SourceVolume.SNAPSHOT, dev, name);
  const waiting = { ...native('waiting'), spec: { ...native('waiting').spec, storageClassName: 'directory-when-used' } };
  await cluster().api.applyAll([native('bound'), waiting]);
  await source.mustBeClonedInto(native('bound'));

  await cluster().api.applyAll(rewriting(prod));
  // Without the gate, which is when there is something to rewrite.
  await cluster().controlPlane.restartApiserver(false);
  await cluster().eventually('new claims to be rewritten', async () => {
    const made = await cluster().api.create(native('new'), 'dryRun=All');
    expect(made.spec.dataSourceRef.name).toBe(`snapshot-clone.${prod}.${SourceVolume.SNAPSHOT}`);
  });
  const { spec } = await cluster().api.get(native('bound'));

  await cluster().api.patch(native('bound'), { metadata: { annotations: { 'a.tool/note': 'x' } } });
  await cluster().api.apply(native('bound'));
  expect(kubectl(cluster(), ['apply'], native('bound'))).toMatchObject({ status: 0 });
  expect((await cluster().api.get(native('bound'))).spec).toEqual(spec);
  await cluster().api.patch(waiting, { metadata: { annotations: { 'volume.kubernetes.io/selected-node': 'node' } } });
  for (const each of [native('bound'), waiting]) {
    await cluster().api.delete(each);
    await mustBeGone(cluster(), each);
  }
});
