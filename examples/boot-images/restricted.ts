import { ApiObject, JsonPatch } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';

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
    // The pod asks DNS for what it needs; a variable for each Service of the namespace is noise.
    JsonPatch.add(`${pod}/enableServiceLinks`, false),
    ...containers.map((container) => JsonPatch.add(`${container}/securityContext/capabilities`, { drop: ['ALL'] })),
  );
}
