import { ApiObject, JsonPatch } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import { quoted } from '../reference/quoted';
import { podSpecPath } from './workloads';

/** Containers that have a list of devices already: a second patch has to add to it, not to replace it. */
const withDevices = new WeakSet<kplus.Container>();

/** Writes what cdk8s-plus-27 has no word for: `volumeDevices` of a container. */
export function attachBlockDevice(pod: kplus.AbstractPod, container: kplus.Container, volume: kplus.Volume, devicePath: string): void {
  const list = pod.initContainers.includes(container) ? 'initContainers' : 'containers';
  const index = pod[list].indexOf(container);
  if (index < 0) {
    throw new Error(
      `container '${container.name}' is not one of '${pod.node.path}', which has ${namesOf(pod)}; pass the pod that holds it`,
    );
  }
  if (typeof devicePath !== 'string' || !devicePath.startsWith('/')) {
    throw new Error(
      `devicePath of container '${container.name}' is ${quoted(devicePath)}, but must be an absolute path, such as /dev/xvda`,
    );
  }
  const object = ApiObject.of(pod);
  const podSpec = podSpecPath(object.kind);
  if (podSpec === undefined) throw new Error(`'${pod.node.path}' is a ${object.kind}, which has no containers to attach a device to`);
  const devices = `${podSpec}/${list}/${index}/volumeDevices`;
  if (!pod.volumes.includes(volume)) pod.addVolume(volume);
  const device = { name: volume.name, devicePath };
  object.addJsonPatch(withDevices.has(container) ? JsonPatch.add(`${devices}/-`, device) : JsonPatch.add(devices, [device]));
  withDevices.add(container);
}

function namesOf(pod: kplus.AbstractPod): string {
  return [...pod.containers, ...pod.initContainers].map((container) => `'${container.name}'`).join(', ') || 'none';
}
