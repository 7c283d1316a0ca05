import type { Cluster } from '../cluster';
import { eventMustSay } from '../events';
import { cloneOf, grant, grantSpec, namespace } from '../manifests';
import { documented } from '../troubleshooting';

const SOURCE = 'barrier-source';
const TARGET = 'barrier-target';
let passed = 0;

/**
 * Waits until the provisioner knows every grant that was made, changed or deleted before. A refusal is a verdict only then;
 * before, it may only mean that the news had not arrived.
 *
 * News of one kind arrives in the order in which it happened. So a last grant is made, for a snapshot that does not exist: once
 * the provisioner complains about the missing snapshot instead of the missing grant, it has heard of this grant and all before.
 */
export async function grantsMustBeKnown(cluster: Cluster): Promise<void> {
  const missing = `missing-${++passed}`;
  const lastGrant = grant(SOURCE, missing, grantSpec(TARGET, missing));
  const probe = cloneOf(SOURCE, missing, TARGET, missing);
  await cluster.api.applyAll([namespace(SOURCE), namespace(TARGET), lastGrant, probe]);
  const notFound = documented(
    'error getting handle for DataSource Type VolumeSnapshot by Name snap: error getting snapshot snap from api server: volumesnapshots.snapshot.storage.k8s.io "snap" not found',
    { snap: missing },
  );
  await eventMustSay(cluster, probe, 'ProvisioningFailed', notFound);
  await cluster.api.delete(probe);
  await cluster.api.delete(lastGrant);
}
