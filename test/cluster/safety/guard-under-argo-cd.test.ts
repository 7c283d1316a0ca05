import type { ApiObject } from '../api/api-object';
import { theOnly } from '../constructs';
import { changesTo, emitted, NAME } from '../delivery/app-of-two-sides';
import { applicationMustBeHealthy, applicationMustComplain } from '../delivery/applications';
import { CONSUMER, twoSides } from '../delivery/two-sides';
import { cloneOf } from '../manifests';
import { runningCluster } from '../running-cluster';
import { documented } from '../troubleshooting';
import { emptyText } from './guard-texts';
import { guardOfBlock, standingGuard } from './standing-guard';

const cluster = runningCluster({ apiServerGate: false, argocd: true });

const WAYS: [title: string, test: string, annotations: object, syncOptions: string[]][] = [
  ['its default comparison', 'default', {}, []],
  [
    'a comparison by the server, which applies as well',
    'server-side',
    { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' },
    ['ServerSideApply=true'],
  ],
];

/** The same Application, compared and applied in another way. */
function inWay(app: ApiObject, annotations: object, syncOptions: readonly string[]): ApiObject {
  return {
    ...app,
    metadata: { ...app.metadata, annotations: { ...app.metadata.annotations, ...annotations } },
    spec: { ...app.spec, syncPolicy: { ...app.spec.syncPolicy, syncOptions } },
  };
}

/** The Application says why, however often it tries again, and there is no claim. */
async function mustBeRefused(app: ApiObject, clone: ApiObject, source: string): Promise<void> {
  await cluster().api.apply(app);
  await applicationMustComplain(cluster(), app, emptyText(clone, source));
  await applicationMustComplain(cluster(), app, 'Retrying attempt #2');
  await applicationMustComplain(cluster(), app, emptyText(clone, source));
  expect(await cluster().api.list('v1', 'PersistentVolumeClaim', clone.metadata.namespace)).toEqual([]);
}

describe('with the gate of the API server off, an Application of Argo CD', () => {
  describe('under the guard without recording', () => {
    guardOfBlock(cluster, { recordIntent: false });

    test.each(WAYS)("shows the guard's refusal of a claim of the library: with %s", async (_, test, annotations, syncOptions) => {
      const sides = await twoSides(cluster(), test);
      const app = emitted(sides, { consumer: {} });
      await sides.repository.commit('Share and clone', changesTo(app));
      await cluster().api.apply(sides.share);
      await applicationMustBeHealthy(cluster(), sides.share);
      const clone = theOnly('PersistentVolumeClaim', app.consumer);
      await mustBeRefused(inWay(sides.consumer, annotations, syncOptions), clone, intentOf(sides.prod, NAME));
      const words = documented(
        `one or more objects failed to apply, reason: persistentvolumeclaims "claim" is forbidden: ValidatingAdmissionPolicy 'snapshot-clone-guard' with binding 'snapshot-clone-guard' denied request:`,
        { claim: NAME },
      );
      await applicationMustComplain(cluster(), sides.consumer, words);
    });
  });

  describe('under the guard that records', () => {
    guardOfBlock(cluster, { recordIntent: true, metadata: { name: 'recording-guard' } });

    test.each(WAYS)("shows the guard's refusal of a claim of another author: with %s", async (_, test, annotations, syncOptions) => {
      const sides = await twoSides(cluster(), `foreign-${test}`);
      const foreign = cloneOf(sides.prod, 'snap', sides.dev, 'clone');
      await sides.repository.commit('Clone', { [`${CONSUMER}/claim.yaml`]: [foreign] });
      await mustBeRefused(inWay(sides.consumer, annotations, syncOptions), foreign, intentOf(sides.prod, 'snap'));
    });
  });

  // The last of this file: the gate stays on.
  test('goes on by itself when the gate is turned on', async () => {
    await standingGuard(cluster(), { recordIntent: false });
    const sides = await twoSides(cluster(), 'turned-on');
    const app = emitted(sides, { consumer: {} });
    await sides.repository.commit('Share and clone', changesTo(app));
    await cluster().api.apply(sides.share);
    await applicationMustBeHealthy(cluster(), sides.share);
    const clone = theOnly('PersistentVolumeClaim', app.consumer);
    await mustBeRefused(sides.consumer, clone, intentOf(sides.prod, NAME));

    await cluster().controlPlane.restartApiserver(true);
    await applicationMustBeHealthy(cluster(), sides.consumer);
    await sides.source.mustBeClonedInto(clone);
  });
});

function intentOf(namespace: string, snapshot: string): string {
  return `VolumeSnapshot.snapshot.storage.k8s.io/${namespace}/${snapshot}`;
}
