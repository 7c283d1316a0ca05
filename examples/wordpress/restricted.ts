import { ApiObject, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';

/**
 * What the Pod Security Standard `restricted` asks for beyond the defaults of cdk8s-plus-27, which has no properties for it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function restrict(workload: kplus.Workload): void {
  const pod = '/spec/template/spec';
  const containers = [
    ...workload.containers.map((_, index) => `${pod}/containers/${index}`),
    ...workload.initContainers.map((_, index) => `${pod}/initContainers/${index}`),
  ];
  ApiObject.of(workload).addJsonPatch(
    JsonPatch.add(`${pod}/securityContext/seccompProfile`, { type: 'RuntimeDefault' }),
    // Services of the names mysql and wordpress would put variables into pods whose images read MYSQL_* and WORDPRESS_*.
    JsonPatch.add(`${pod}/enableServiceLinks`, false),
    ...containers.map((container) => JsonPatch.add(`${container}/securityContext/capabilities`, { drop: ['ALL'] })),
  );
}

/** Nobody but WordPress reaches the database. */
export function allowOnlyFrom(client: kplus.Workload, server: kplus.Workload, port: number): void {
  new kplus.NetworkPolicy(server, 'network', {
    metadata: { name: `${server.name}-from-${client.name}` },
    selector: server,
    ingress: { default: kplus.NetworkPolicyTrafficDefault.DENY, rules: [{ peer: client, ports: [kplus.NetworkPolicyPort.tcp(port)] }] },
  });
}
