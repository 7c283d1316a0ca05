import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { ofKind } from '../../examples/synthesis';
import { type ApiObject, addressOf } from '../api/api-object';
import type { Cluster } from '../cluster';
import { kro } from '../components/kro';
import { installDefinitions } from '../definitions';
import { objectsOf } from '../examples/example-run';
import { freePort } from '../processes/free-port';
import { Service } from '../processes/service';
import { runningCluster } from '../running-cluster';
import { kroModuleFile } from '../tools/go-module-files';

const MODULE = 'github.com/kubernetes-sigs/kro';
const CONTROLLER = { kind: 'ServiceAccount', namespace: 'kro-system', name: 'kro' };
const USER = `system:serviceaccount:${CONTROLLER.namespace}:${CONTROLLER.name}`;

/** The objects of the example, by their folder. */
export const example = objectsOf('kro');

/** For the tests of one file: a cluster without the feature gate, and kro in it, with the definition of the example. */
export function clusterWithKro(): () => Cluster {
  const cluster = runningCluster({ apiServerGate: false, provisionerGate: false });
  let kro: Service | undefined;

  beforeAll(async () => {
    const platform = example('platform');
    kro = await startKro(cluster(), 'kro-snapshothandoff');
    for (const object of platform) {
      await cluster().api.apply(object, 'fieldValidation=Strict');
    }
    const [definition] = ofKind('ResourceGraphDefinition', platform) as ApiObject[];
    await definitionMustBeActive(cluster(), definition);
  });

  afterAll(() => kro?.kill());
  return cluster;
}

/** Starts kro with the rights that its chart gives in the mode `aggregation`, and those of one more role: no others. */
async function startKro(cluster: Cluster, role: string): Promise<Service> {
  const folder = kroModuleFile(MODULE, 'helm', 'crds');
  const definitions = readdirSync(folder).flatMap((file) => loadAll(readFileSync(join(folder, file), 'utf8')) as ApiObject[]);
  await installDefinitions(cluster.api, definitions);
  const ofChart = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'kro-static' },
    rules: rulesOfChart(),
  };
  await cluster.api.applyAll([ofChart, bindingOf('kro-static'), bindingOf(role)]);
  return Service.start(
    kro(
      { folder: cluster.folder, logs: cluster.logs },
      { adminKubeconfig: cluster.kubeconfig, user: USER, metricsPort: await freePort(), probePort: await freePort() },
    ),
  );
}

/** Stands in for the controller that adds roles with a certain label to kro's own. */
function bindingOf(clusterRole: string): ApiObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `${clusterRole}-to-kro` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterRole },
    subjects: [CONTROLLER],
  };
}

/** Waits until kro has made the kind of a definition, and works on its instances. */
async function definitionMustBeActive(cluster: Cluster, definition: ApiObject): Promise<void> {
  await cluster.eventually(`${definition.metadata.name} to be active`, async () => {
    const { status } = await cluster.api.get(addressOf(definition.apiVersion, definition.kind, definition.metadata.name));
    if (status?.state !== 'Active') {
      throw new Error(`its status is ${JSON.stringify(status ?? null)}`);
    }
    const { group = 'kro.run', apiVersion, kind } = definition.spec.schema;
    await cluster.api.list(`${group}/${apiVersion}`, kind);
  });
}

/** The rules of the last role in the chart's template, which holds nothing to fill in. */
function rulesOfChart(): ApiObject[] {
  const template = readFileSync(kroModuleFile(MODULE, 'helm', 'templates', 'cluster-role.yaml'), 'utf8');
  const [rules] = template.slice(template.lastIndexOf('rules:')).split('{{');
  return (loadAll(rules)[0] as { rules: ApiObject[] }).rules;
}
