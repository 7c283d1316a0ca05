import { type KubernetesObject, podOf } from './synthesis';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly securityContext: Record<string, unknown>;
  readonly resources: { readonly requests?: object; readonly limits?: { readonly memory?: string } };
  readonly readinessProbe?: object;
  readonly livenessProbe?: object;
  readonly startupProbe?: object;
}

/** What an example's pods must all have; each test of an example calls it. */
export function itsPodsAreFitForProduction(objects: () => readonly KubernetesObject[]): void {
  const workloads = () => objects().filter(podOf);
  const pods = () => workloads().map(podOf);
  const containers = () => pods().flatMap((pod): Container[] => [...pod.containers, ...(pod.initContainers ?? [])]);

  test('every pod meets the Pod Security Standard restricted', () => {
    for (const pod of pods()) {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.automountServiceAccountToken).toBe(false);
    }
    for (const container of containers()) {
      expect(container.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
      });
    }
  });

  test('every image is pinned by a version', () => {
    for (const { image } of containers()) expect(image).toMatch(/:\d+[\w.-]*$/);
  });

  test('every container asks for what it needs, and servers say when they are started, ready and alive', () => {
    for (const { resources } of containers()) {
      expect(resources).toMatchObject({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
    }
    // A Job serves nobody: it ends.
    const servers = workloads().filter(({ kind }) => kind !== 'Job');
    for (const server of servers.map(podOf).flatMap((pod): Container[] => pod.containers)) {
      expect(server).toMatchObject({
        startupProbe: expect.anything(),
        readinessProbe: expect.anything(),
        livenessProbe: expect.anything(),
      });
    }
  });
}
