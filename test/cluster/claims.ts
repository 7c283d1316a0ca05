import { type ApiObject, describe, type ObjectAddress } from './api/api-object';
import type { Cluster } from './cluster';
import { eventMustSay } from './events';
import { refusalOf } from './predicate';

export async function claimMustBeBound(cluster: Cluster, claim: ObjectAddress): Promise<void> {
  await cluster.eventually(`${describe(claim)} to be Bound`, async () => {
    const { status } = await cluster.api.get(claim);
    if (status.phase !== 'Bound') {
      throw new Error(`its phase is ${status.phase}`);
    }
  });
}

export async function claimMustBePending(cluster: Cluster, claim: ApiObject): Promise<void> {
  const { status } = await cluster.api.get(claim);
  if (status.phase !== 'Pending') {
    throw new Error(`${describe(claim)} should be Pending and is ${status.phase}`);
  }
}

/** Refused for want of a grant: in the provisioner's own words, not because a test lost its patience. */
export async function cloneMustBeRefused(cluster: Cluster, clone: ApiObject): Promise<void> {
  await eventMustSay(cluster, clone, 'ProvisioningFailed', refusalOf(clone));
  await claimMustBePending(cluster, clone);
}

export async function snapshotMustBeReady(cluster: Cluster, snapshot: ApiObject): Promise<void> {
  await cluster.eventually(`${describe(snapshot)} to be ready to use`, async () => {
    const { status } = await cluster.api.get(snapshot);
    if (!status?.readyToUse) {
      throw new Error(`its status is ${JSON.stringify(status ?? null)}`);
    }
  });
}

export async function mustBeGone(cluster: Cluster, object: ObjectAddress): Promise<void> {
  await cluster.eventually(`${describe(object)} to be gone`, async () => {
    const found = await cluster.api.find(object);
    if (found) {
      throw new Error(`it is there, with finalizers ${JSON.stringify(found.metadata.finalizers ?? [])}`);
    }
  });
}
