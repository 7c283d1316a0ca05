import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiObject } from '../api/api-object';
import { claimMustBePending } from '../claims';
import type { Cluster } from '../cluster';
import { DRIVER_NAME } from '../driver/identity';
import { eventMustSay, eventsAbout } from '../events';
import { documented } from '../troubleshooting';

/** Attempts that the provisioner must have made in vain: the first may belong to its start. */
const ATTEMPTS = 3;

/**
 * The provisioner fails to read ReferenceGrants again and again, tells nobody but its log, and does nothing else meanwhile: the
 * claim has the event that any unprovisioned claim has, none from the provisioner, and the driver was never asked for a volume.
 */
export async function allProvisioningMustStall(cluster: Cluster, claim: ApiObject, words: string): Promise<void> {
  const waiting = documented(
    "Waiting for a volume to be created either by the external provisioner 'csi.example.com' or manually by the system administrator.",
    { 'csi.example.com': DRIVER_NAME },
  );
  await eventMustSay(cluster, claim, 'ExternalProvisioning', waiting);
  await cluster.eventually(`the provisioner to complain ${ATTEMPTS} times in its log: ${words}`, () => {
    const attempts = provisionerLog(cluster)
      .split('\n')
      .filter((line) => line.replaceAll('\\"', '"').includes(words));
    if (attempts.length < ATTEMPTS) {
      throw new Error(`it did so ${attempts.length} times`);
    }
  });
  await claimMustBePending(cluster, claim);
  for (const reason of ['Provisioning', 'ProvisioningFailed']) {
    expect(await eventsAbout(cluster, claim, reason)).toEqual([]);
  }
  expect(cluster.driver.faults.calls.filter(({ method }) => method === 'CreateVolume')).toEqual([]);
}

function provisionerLog(cluster: Cluster): string {
  return readFileSync(join(cluster.logs, 'csi-provisioner.log'), 'utf8');
}
