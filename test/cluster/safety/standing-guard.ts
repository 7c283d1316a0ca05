import { CloneGuard, type CloneGuardProps } from '../../../src';
import { INTENT_ANNOTATION } from '../../../src/reference/intent';
import type { ApiObject } from '../api/api-object';
import type { Cluster } from '../cluster';
import { synthesized, theOnly } from '../constructs';
import { claim, cloneOf } from '../manifests';

const NOT_THERE = cloneOf('elsewhere', 'probe', 'default', 'probe');

/**
 * Installs a guard, and waits until it works, and its recorder too: a policy takes a moment, and a claim in that moment would slip through. Where
 * another guard refuses as well, either may be named.
 */
export async function standingGuard(cluster: Cluster, props: CloneGuardProps): Promise<ApiObject[]> {
  const objects = synthesized((chart) => new CloneGuard(chart, 'guard', props));
  await cluster.api.applyAll(objects);
  const probe = claim('default', 'probe');
  const lying = { ...probe, metadata: { ...probe.metadata, annotations: { [INTENT_ANNOTATION]: 'nothing' } } };
  const { name } = theOnly('ValidatingAdmissionPolicy', objects).metadata;
  await cluster.eventually('the guard to refuse a claim that is not what it says', async () => {
    expect(await saidTo(cluster, lying)).toContain(`ValidatingAdmissionPolicy '${name}'`);
  });
  if (props.recordIntent) {
    await cluster.eventually('the recorder to write down what a claim is to be filled from', async () => {
      const said = await saidTo(cluster, NOT_THERE);
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
