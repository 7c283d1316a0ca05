import { PreProvisionedSnapshotPolicies, type PreProvisionedSnapshotPoliciesProps, StorageController } from '../../../src';
import { SOURCE_UID_ANNOTATION } from '../../../src/reference/pre-provisioned';
import type { ApiObject } from '../api/api-object';
import type { Cluster, ClusterOptions } from '../cluster';
import { synthesized } from '../constructs';
import { SNAPSHOT_CONTROLLER_USER, SNAPSHOTTER_USER } from '../control-plane';
import { SourceVolume } from '../grants/source-volume';
import { grant, grantSpec } from '../manifests';
import { content, type Handover, localClaim } from './handed-over';

/** A cluster as the clouds offer it: both gates off, and the storage programs are who their own projects' manifests make them. */
export const WITHOUT_THE_GATE: ClusterOptions = {
  apiServerGate: false,
  provisionerGate: false,
  provisionerAccess: 'stock',
  snapshotAccess: 'stock',
};

const PROBE = 'probe';

export function policies(sourceNamespaces: readonly string[], props: Partial<PreProvisionedSnapshotPoliciesProps> = {}): ApiObject[] {
  return synthesized((chart) => {
    new PreProvisionedSnapshotPolicies(chart, 'policies', {
      // The last one: bindings become known in the order in which they were made.
      sourceNamespaces: [...sourceNamespaces, `prod-${PROBE}`],
      storageControllers: [SNAPSHOT_CONTROLLER_USER, SNAPSHOTTER_USER].map((user) => StorageController.user(user)),
      ...props,
    });
  });
}

/** Installs the policies, and waits until all of them work: a granted content is filled, a granted claim is stamped, others are not. */
export async function standingPolicies(
  cluster: Cluster,
  sourceNamespaces: readonly string[],
  props: Partial<PreProvisionedSnapshotPoliciesProps> = {},
): Promise<ApiObject[]> {
  const objects = policies(sourceNamespaces, props);
  await cluster.api.applyAll(objects);
  const { sides } = await SourceVolume.make(cluster, PROBE);
  await cluster.api.apply(grant(sides.prod, 'dev', grantSpec(sides.dev, SourceVolume.SNAPSHOT)));
  const granted: Handover = { source: sides.prod, name: SourceVolume.SNAPSHOT, target: sides.dev };
  const other: Handover = { ...granted, target: 'default' };
  await cluster.eventually('every policy to stand', async () => {
    await cluster.api.create(content(granted), 'dryRun=All');
    const { metadata } = await cluster.api.create(localClaim(granted, 'probe'), 'dryRun=All');
    if (!metadata.annotations?.[SOURCE_UID_ANNOTATION]) throw new Error('the claim has no uid of its source');
    for (const object of [content(other), localClaim(other, 'probe')]) {
      const taken = await cluster.api.create(object, 'dryRun=All').catch(() => undefined);
      if (taken) throw new Error(`${object.kind} was taken without a grant`);
    }
  });
  return objects;
}

/** A source that is granted to its dev side, with the handover between them; the policies for contents and those for claims know of the grant. */
export async function grantedSource(
  cluster: Cluster,
  test: string,
  snapshotClass?: string,
): Promise<{ source: SourceVolume; handover: Handover }> {
  const source = await SourceVolume.make(cluster, test, snapshotClass);
  const { prod, dev } = source.sides;
  await cluster.api.apply(grant(prod, 'dev', grantSpec(dev, SourceVolume.SNAPSHOT)));
  const handover = { source: prod, name: SourceVolume.SNAPSHOT, target: dev };
  await mustBeTaken(cluster, content(handover));
  await mustBeTaken(cluster, localClaim(handover, 'taken'));
  return { source, handover };
}

/** The news of a grant reach the policies a moment after the answer to its author. */
export async function mustBeTaken(cluster: Cluster, object: ApiObject): Promise<void> {
  await cluster.eventually(`${object.kind} ${object.metadata.name} to be taken`, () => cluster.api.create(object, 'dryRun=All'));
}

/** What the API server says to the making of an object, once it refuses with these words. */
export async function mustBecomeRefused(cluster: Cluster, object: ApiObject, words: string): Promise<void> {
  await cluster.eventually(`${object.kind} ${object.metadata.name} to be refused`, async () => {
    const said = await cluster.api.create(object, 'dryRun=All').then(() => 'it was taken', String);
    if (!said.includes(words)) throw new Error(said);
  });
}
