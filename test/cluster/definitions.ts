import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { type ApiObject, describe } from './api/api-object';
import type { KubernetesApi } from './api/kubernetes-api';
import { eventually } from './processes/eventually';
import { argocdModuleFile, kubernetesModuleFile } from './tools/go-module-files';

const SNAPSHOTS = 'github.com/kubernetes-csi/external-snapshotter/client/v8';
const SNAPSHOTTER = 'github.com/kubernetes-csi/external-snapshotter/v8';
const GATEWAY_API = 'sigs.k8s.io/gateway-api';
const PROVISIONER = 'github.com/kubernetes-csi/external-provisioner/v6';
const ARGOCD = 'github.com/argoproj/argo-cd/v3';

export function snapshotDefinitions(): ApiObject[] {
  return ['volumesnapshotclasses', 'volumesnapshotcontents', 'volumesnapshots'].flatMap((plural) =>
    manifests(kubernetesModuleFile(SNAPSHOTS, 'config', 'crd', `snapshot.storage.k8s.io_${plural}.yaml`)),
  );
}

export function groupSnapshotContentDefinition(): ApiObject {
  const file = 'groupsnapshot.storage.k8s.io_volumegroupsnapshotcontents.yaml';
  return manifests(kubernetesModuleFile(SNAPSHOTS, 'config', 'crd', file))[0];
}

export function referenceGrantDefinition(): ApiObject[] {
  return manifests(kubernetesModuleFile(GATEWAY_API, 'config', 'crd', 'standard', 'gateway.networking.k8s.io_referencegrants.yaml'));
}

export function argocdDefinitions(): ApiObject[] {
  return ['application', 'appproject'].flatMap((name) => manifests(argocdModuleFile(ARGOCD, 'manifests', 'crds', `${name}-crd.yaml`)));
}

/** What the provisioner's own project tells an administrator to install; it leaves out the right to read ReferenceGrants. */
export function stockProvisionerAccess(): ApiObject[] {
  return manifests(kubernetesModuleFile(PROVISIONER, 'deploy', 'kubernetes', 'rbac.yaml'));
}

/** The Deployment of the same manifests, as an object: its pods have no node to run on. */
export function stockProvisionerDeployment(): ApiObject[] {
  return manifests(kubernetesModuleFile(PROVISIONER, 'deploy', 'kubernetes', 'deployment.yaml')).map((each) => ({
    ...each,
    metadata: { ...each.metadata, namespace: 'default' },
  }));
}

/** The same for the snapshot controller and the csi-snapshotter. One account is written without a namespace, and bound as of `default`. */
export function stockSnapshotAccess(): ApiObject[] {
  const files = [
    ['snapshot-controller', 'rbac-snapshot-controller.yaml'],
    ['csi-snapshotter', 'rbac-csi-snapshotter.yaml'],
  ];
  return files
    .flatMap((file) => manifests(kubernetesModuleFile(SNAPSHOTTER, 'deploy', 'kubernetes', ...file)))
    .map((object) => (object.kind === 'ServiceAccount' ? { ...object, metadata: { namespace: 'default', ...object.metadata } } : object));
}

/** Installs definitions and waits until the API server serves them. */
export async function installDefinitions(api: KubernetesApi, definitions: readonly ApiObject[]): Promise<void> {
  await api.applyAll(definitions);
  for (const definition of definitions) {
    await eventually(`${describe(definition)} to be served`, async () => {
      const { status } = await api.get(definition);
      const established = status?.conditions?.find((each: { type: string }) => each.type === 'Established');
      if (established?.status !== 'True') {
        throw new Error(`its Established condition is ${established?.status ?? 'absent'}`);
      }
      for (const version of definition.spec.versions.filter((each: { served: boolean }) => each.served)) {
        await api.list(`${definition.spec.group}/${version.name}`, definition.spec.names.kind);
      }
    });
  }
}

function manifests(file: string): ApiObject[] {
  return loadAll(readFileSync(file, 'utf8')).filter(Boolean) as ApiObject[];
}
