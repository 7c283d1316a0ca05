import { randomUUID } from 'node:crypto';
import type { ApiObject } from './api/api-object';
import type { KubernetesApi } from './api/kubernetes-api';
import { argocdApplicationController } from './components/argocd-application-controller';
import { argocdRepoServer } from './components/argocd-repo-server';
import { ARGOCD_NAMESPACE } from './components/argocd-surroundings';
import { redisServer } from './components/redis-server';
import type { Surroundings } from './components/surroundings';
import { namespace } from './manifests';
import { freePort } from './processes/free-port';
import { Service } from './processes/service';

/** Argo CD without its user interface: the parts that read Git and make it so. Its kinds must be installed. */
export class DeliveryPlane {
  public static async start(at: Surroundings, api: KubernetesApi, kubeconfig: string): Promise<DeliveryPlane> {
    await api.applyAll([namespace(ARGOCD_NAMESPACE), ...settings()]);
    const [redisPort, port, metricsPort] = [await freePort(), await freePort(), await freePort()];
    const services = [
      redisServer(at, redisPort),
      argocdRepoServer(at, { kubeconfig, port, metricsPort, redisPort }),
      argocdApplicationController(at, { kubeconfig, redisPort, metricsPort: await freePort(), repoServerPort: port }),
    ];
    const plane = new DeliveryPlane();
    try {
      for (const each of services) {
        plane.running.push(await Service.start(each));
      }
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  private readonly running: Service[] = [];

  private constructor() {}

  public get services(): readonly Service[] {
    return this.running;
  }

  public async stop(): Promise<void> {
    await Promise.all(this.running.map((service) => service.kill()));
  }
}

/** What Argo CD insists on finding in its namespace. */
function settings(): ApiObject[] {
  const labels = { 'app.kubernetes.io/part-of': 'argocd' };
  const inArgocd = (name: string) => ({ name, namespace: ARGOCD_NAMESPACE, labels });
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: inArgocd('argocd-cm') },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: inArgocd('argocd-rbac-cm') },
    { apiVersion: 'v1', kind: 'Secret', metadata: inArgocd('argocd-secret'), stringData: { 'server.secretkey': randomUUID() } },
  ];
}
