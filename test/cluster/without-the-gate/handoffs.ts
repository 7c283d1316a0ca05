import { type ApiObject, addressOf, type ObjectAddress } from '../api/api-object';
import type { Cluster } from '../cluster';
import { SourceVolume } from '../grants/source-volume';
import { claim, grant, grantSpec } from '../manifests';

const SNAPSHOTS = 'snapshot.storage.k8s.io';

/** What a consumer writes: hand this snapshot over to my namespace. */
export function handoff(inNamespace: string, name: string, sourceNamespace: string, sourceName: string): ApiObject {
  const spec = { sourceNamespace, sourceName };
  return { apiVersion: 'handoff.example.com/v1alpha1', kind: 'SnapshotHandoff', metadata: { name, namespace: inNamespace }, spec };
}

export function handedOverSnapshot({ metadata, spec }: ApiObject): ObjectAddress {
  return addressOf(`${SNAPSHOTS}/v1`, 'VolumeSnapshot', `snapshot-clone.${spec.sourceNamespace}.${spec.sourceName}`, metadata.namespace);
}

export function handedOverContent({ metadata, spec }: ApiObject): ObjectAddress {
  return addressOf(
    `${SNAPSHOTS}/v1`,
    'VolumeSnapshotContent',
    `snapshot-clone.${metadata.namespace}.${spec.sourceNamespace}.${spec.sourceName}`,
  );
}

/** A claim from what was handed over: a restore inside of one namespace. */
export function claimFrom(handoff: ApiObject, name: string, spec: object = {}): ApiObject {
  const dataSource = { apiGroup: SNAPSHOTS, kind: 'VolumeSnapshot', name: handedOverSnapshot(handoff).metadata.name };
  return claim(handoff.metadata.namespace!, name, { dataSource, ...spec });
}

/** Waits until the conditions `Granted` and `Ready` of an instance are these, such as `True False`, and the message of `Ready` has these words. */
export async function handoffMustSay(cluster: Cluster, instance: ApiObject, granted: string, ready: string, words = ''): Promise<string> {
  const what = `${instance.metadata.namespace}/${instance.metadata.name} to be ${granted} ${ready}${words && `, "${words}"`}`;
  return cluster.eventually(what, async () => {
    const { status } = await cluster.api.get(instance);
    const conditions = new Map<string, { status: string; message?: string }>();
    for (const condition of status?.conditions ?? []) conditions.set(condition.type, condition);
    const message = conditions.get('Ready')?.message ?? '';
    if (conditions.get('Granted')?.status !== granted || conditions.get('Ready')?.status !== ready || !message.includes(words)) {
      throw new Error(`its status is ${JSON.stringify(status ?? null)}`);
    }
    return message;
  });
}

/** Nothing of an instance is there. */
export async function nothingMustBeHandedOver(cluster: Cluster, instance: ApiObject): Promise<void> {
  for (const address of [handedOverSnapshot(instance), handedOverContent(instance)]) {
    expect(await cluster.api.find(address)).toBeUndefined();
  }
}

/** The two sides of one test, with a source, an instance beside the consumer, and a grant, which is not applied. */
export async function sidesOf(cluster: Cluster, test: string) {
  const source = await SourceVolume.make(cluster, test);
  const { prod, dev } = source.sides;
  return {
    source,
    prod,
    dev,
    instance: handoff(dev, 'orders', prod, SourceVolume.SNAPSHOT),
    grant: grant(prod, 'dev', grantSpec(dev, SourceVolume.SNAPSHOT)),
  };
}

/** The same, with everything applied, and the snapshot handed over. */
export async function handedOver(cluster: Cluster, test: string) {
  const sides = await sidesOf(cluster, test);
  await cluster.api.applyAll([sides.grant, sides.instance]);
  await handoffMustSay(cluster, sides.instance, 'True', 'True');
  return sides;
}
