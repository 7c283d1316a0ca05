import type { ApiObject } from '../api/api-object';
import type { Cluster } from '../cluster';
import { ARGOCD_NAMESPACE } from '../components/argocd-surroundings';

const THIS_CLUSTER = 'https://kubernetes.default.svc';
const ARGOCD_API = 'argoproj.io/v1alpha1';
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** A kind as an AppProject names it. */
export interface Kind {
  readonly group: string;
  readonly kind: string;
}

export const DEPLOYMENT: Kind = { group: 'apps', kind: 'Deployment' };
export const CLAIM: Kind = { group: '', kind: 'PersistentVolumeClaim' };
export const SNAPSHOT: Kind = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' };
export const GRANT: Kind = { group: 'gateway.networking.k8s.io', kind: 'ReferenceGrant' };
/** Has no namespace. */
export const CONTENT: Kind = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshotContent' };

/** A project that may put these kinds into these namespaces, and these of the cluster, and nothing else. */
export function project(
  name: string,
  namespaces: readonly string[],
  kinds: readonly Kind[],
  clusterKinds: readonly Kind[] = [],
): ApiObject {
  return {
    apiVersion: ARGOCD_API,
    kind: 'AppProject',
    metadata: { name, namespace: ARGOCD_NAMESPACE },
    spec: {
      sourceRepos: ['*'],
      destinations: namespaces.map((namespace) => ({ server: THIS_CLUSTER, namespace })),
      namespaceResourceWhitelist: kinds,
      clusterResourceWhitelist: clusterKinds,
    },
  };
}

export interface ApplicationProps {
  readonly project: string;
  readonly repoURL: string;
  readonly path: string;
  readonly namespace: string;
  /** What it writes by, and what it compares by. @default - client-side apply, and the comparison that Argo CD makes by itself */
  readonly mode?: Mode;
}

/** How Argo CD applies and compares. */
export interface Mode {
  readonly serverSideApply: boolean;
  readonly serverSideDiff: boolean;
}

/**
 * What ServerSideApply needs with Argo CD's own comparison: that does not ask the server, and takes the binding that the snapshot controller wrote into
 * a content for a difference.
 */
export const IGNORED_UID = [{ group: CONTENT.group, kind: CONTENT.kind, jsonPointers: ['/spec/volumeSnapshotRef/uid'] }];

/** An Application that keeps a namespace as a folder of a repository says, and tries again when it fails. */
export function application(name: string, { project, repoURL, path, namespace, mode }: ApplicationProps): ApiObject {
  return {
    apiVersion: ARGOCD_API,
    kind: 'Application',
    metadata: {
      name,
      namespace: ARGOCD_NAMESPACE,
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
      ...(mode && { annotations: { 'argocd.argoproj.io/compare-options': `ServerSideDiff=${mode.serverSideDiff}` } }),
    },
    spec: {
      project,
      source: { repoURL, path, targetRevision: 'main' },
      destination: { server: THIS_CLUSTER, namespace },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        ...(mode && { syncOptions: [`ServerSideApply=${mode.serverSideApply}`] }),
        retry: { limit: -1, refresh: true, backoff: { duration: '1s', factor: 1, maxDuration: '2s' } },
      },
    },
  };
}

/** Tells Argo CD that there is a new commit, as a webhook would. */
export async function announceCommit(cluster: Cluster, ...applications: readonly ApiObject[]): Promise<void> {
  for (const each of applications) {
    await cluster.api.patch(each, { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } });
  }
}

/** Ends the running sync, as `argocd app terminate-op` does; again, where Argo CD writes over it at the same moment. */
export async function endSync(cluster: Cluster, app: ApiObject): Promise<void> {
  const running = (await cluster.api.get(app)).status.operationState.startedAt;
  await cluster.eventually(`the sync of ${app.metadata.name} to be ended`, async () => {
    const { phase, startedAt } = (await cluster.api.get(app)).status.operationState;
    if (startedAt !== running || (phase !== 'Running' && phase !== 'Terminating')) return;
    if (phase === 'Running') await cluster.api.patch(app, { status: { operationState: { phase: 'Terminating' } } });
    throw new Error(`it is ${phase}`);
  });
}

/** Starts a sync, as `argocd app sync --prune` does. */
export async function startSync(cluster: Cluster, app: ApiObject): Promise<void> {
  await cluster.api.patch(app, { operation: { sync: { prune: true } } });
}

/** Synced with the newest commit, and healthy. */
export function applicationMustBeHealthy(cluster: Cluster, app: ApiObject): Promise<void> {
  return applicationMustBe(cluster, app, 'Synced');
}

/** Healthy, the last sync succeeded, and compared with the newest commit it is this. */
export async function applicationMustBe(cluster: Cluster, app: ApiObject, expected: 'Synced' | 'OutOfSync'): Promise<void> {
  await cluster.eventually(`Application ${app.metadata.name} to be ${expected} and Healthy`, async () => {
    const found = await cluster.api.get(app);
    const { sync, health, operationState } = found.status ?? {};
    const refreshing = found.metadata.annotations?.['argocd.argoproj.io/refresh'];
    if (refreshing || sync?.status !== expected || health?.status !== 'Healthy' || operationState?.phase !== 'Succeeded') {
      const state = `it is ${sync?.status} and ${health?.status}, its last sync ${operationState?.phase}`;
      throw new Error(`${state}${refreshing ? ', to be refreshed' : ''}: ${wordsOf(found)}`);
    }
  });
}

/** A sync or a comparison failed with these words. */
export async function applicationMustComplain(cluster: Cluster, app: ApiObject, words: string): Promise<void> {
  await cluster.eventually(`Application ${app.metadata.name} to complain: ${words}`, async () => {
    const said = wordsOf(await cluster.api.get(app));
    if (!said.includes(words)) {
      throw new Error(said);
    }
  });
}

function wordsOf({ status }: ApiObject): string {
  const messages = [
    status?.operationState?.message,
    ...(status?.operationState?.syncResult?.resources ?? []).map((each: { message?: string }) => each.message),
    ...(status?.conditions ?? []).map((each: { message?: string }) => each.message),
  ];
  return messages.filter(Boolean).join('\n');
}
