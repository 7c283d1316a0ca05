import { CloneGuard, type CloneGuardProps } from '../../../src';
import { INTENT_ANNOTATION } from '../../../src/reference/intent';
import type { ApiObject } from '../api/api-object';
import type { Cluster } from '../cluster';
import { synthesized, theOnly } from '../constructs';
import { claim, cloneOf } from '../manifests';

const PROBE = claim('default', 'probe');
const LYING = { ...PROBE, metadata: { ...PROBE.metadata, annotations: { [INTENT_ANNOTATION]: 'nothing' } } };
const FROM_ELSEWHERE = cloneOf('elsewhere', 'probe', 'default', 'probe');

/** A guard for the tests of a block: it works before the first of them, and the next block has none. */
export function guardOfBlock(cluster: () => Cluster, props: CloneGuardProps): void {
  let objects: ApiObject[] = [];

  beforeAll(async () => {
    objects = await standingGuard(cluster(), props);
  });

  afterAll(async () => {
    for (const object of objects) await cluster().api.delete(object);
    await cluster().eventually('the guard to be gone', () => cluster().api.create(LYING, 'dryRun=All'));
  });
}

/** Installs a guard, and waits until it works, and its recorder too: a policy takes a moment, and a claim in that moment would slip through. */
export async function standingGuard(cluster: Cluster, props: CloneGuardProps): Promise<ApiObject[]> {
  const objects = synthesized((chart) => new CloneGuard(chart, 'guard', props));
  await cluster.api.applyAll(objects);
  const { name } = theOnly('ValidatingAdmissionPolicy', objects).metadata;
  await cluster.eventually('the guard to refuse a claim that is not what it says', async () => {
    expect(await saidTo(cluster, LYING)).toContain(`ValidatingAdmissionPolicy '${name}'`);
  });
  if (props.recordIntent) {
    await cluster.eventually('the recorder to write down what a claim is to be filled from', async () => {
      const said = await saidTo(cluster, FROM_ELSEWHERE);
      expect(said).toContain('VolumeSnapshot.snapshot.storage.k8s.io/elsewhere/probe');
      expect(said).not.toContain('without the annotation');
    });
  }
  return objects;
}

/** The refusal of a claim, or its annotations as it would be stored. */
function saidTo(cluster: Cluster, object: ApiObject): Promise<string> {
  return cluster.api.create(object, 'dryRun=All').then(({ metadata }) => JSON.stringify(metadata.annotations ?? {}), String);
}
