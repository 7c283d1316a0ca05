import { CloneGuard, type CloneGuardProps } from '../../../src';
import { INTENT_ANNOTATION } from '../../../src/reference/intent';
import type { ApiObject } from '../api/api-object';
import type { Cluster } from '../cluster';
import { synthesized } from '../constructs';
import { claim } from '../manifests';

/** Installs a guard, and waits until it works: a policy takes a moment, and a claim in that moment would slip through. */
export async function standingGuard(cluster: Cluster, props: CloneGuardProps): Promise<ApiObject[]> {
  const objects = synthesized((chart) => new CloneGuard(chart, 'guard', props));
  await cluster.api.applyAll(objects);
  const probe = claim('default', 'probe');
  const lying = { ...probe, metadata: { ...probe.metadata, annotations: { [INTENT_ANNOTATION]: 'nothing' } } };
  const refused = () =>
    cluster.api.create(lying, 'dryRun=All').then(
      () => undefined,
      (error: Error) => error.message,
    );
  await cluster.eventually('the guard to refuse a claim that is not what it says', async () => {
    if (!(await refused())) throw new Error('it was taken');
  });
  return objects;
}
