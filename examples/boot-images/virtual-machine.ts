import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { ClonedVolumeClaim } from 'cdk8s-snapshot-clone';
import { Construct } from 'constructs';
import { QEMU_IMAGE, QEMU_POD } from './qemu';
import { restrict } from './restricted';

const DISK = '/dev/disk';
const PORT = 8080;

/** What QEMU needs beside the memory of its guest. */
const QEMU_MEBIBYTES = 512;

export interface VirtualMachineProps {
  readonly hostname: string;
  /** Another id than the image was built with: cloud-init takes the machine for a new one, and makes it keys of its own. */
  readonly instanceId: string;
  /** A block volume with a system on it. */
  readonly disk: ClonedVolumeClaim;
  readonly memory: Size;
}

/** A machine that serves HTTP, in a plain pod. For fleets of machines there is KubeVirt, whose disks are such claims as well. */
export class VirtualMachine extends Construct {
  constructor(scope: Construct, id: string, props: VirtualMachineProps) {
    super(scope, id);
    const { hostname, instanceId } = props;
    const memory = Size.mebibytes(props.memory.toMebibytes() + QEMU_MEBIBYTES);
    const service = new kplus.Service(this, 'service', {
      metadata: { name: hostname },
      ports: [{ name: 'http', port: 80, targetPort: PORT }],
    });
    // A StatefulSet has at most one pod of a number, whatever happens to its node: two machines on one disk would destroy it.
    const machine = new kplus.StatefulSet(this, 'machine', {
      metadata: { name: hostname },
      replicas: 1,
      service,
      ...QEMU_POD,
      // What the system has from the power button to the end.
      terminationGracePeriod: Duration.minutes(3),
      containers: [
        {
          name: 'qemu',
          image: QEMU_IMAGE,
          command: ['qemu-system-x86_64'],
          args: [
            ...['-name', hostname],
            // Hardware virtualization where the pod finds /dev/kvm (ask for the resource of a device plugin that brings it), else emulation.
            ...['-machine', 'q35,accel=kvm:tcg', '-cpu', 'max', '-smp', '2', '-m', `${props.memory.toMebibytes()}M`],
            ...['-drive', `file=${DISK},format=raw,if=virtio,cache=none,discard=unmap`],
            // The way in: no other port of the machine can be reached.
            ...['-nic', `user,model=virtio-net-pci,hostfwd=tcp::${PORT}-:80`],
            // What cloud-init in the image reads: who this machine is.
            ...['-smbios', `type=1,serial=ds=nocloud;i=${instanceId};h=${hostname}`],
            // The console of the machine is the log of the pod.
            ...['-display', 'none', '-serial', 'stdio', '-monitor', 'none'],
            ...['-sandbox', 'on,elevateprivileges=deny,spawn=deny'],
          ],
          ports: [{ name: 'http', number: PORT }],
          resources: { cpu: { request: kplus.Cpu.millis(500), limit: kplus.Cpu.units(2) }, memory: { request: memory, limit: memory } },
          // Answered by the machine, not by QEMU. Fifteen minutes for the first start of an emulated one.
          startup: isServing({ periodSeconds: Duration.seconds(10), failureThreshold: 90 }),
          readiness: isServing({ periodSeconds: Duration.seconds(10) }),
          liveness: isServing({ periodSeconds: Duration.seconds(20), failureThreshold: 9 }),
          volumeMounts: [{ path: '/tmp', volume: kplus.Volume.fromEmptyDir(this, 'tmp', 'tmp', { sizeLimit: Size.mebibytes(256) }) }],
        },
      ],
    });
    restrict(machine);
    const disk = kplus.Volume.fromPersistentVolumeClaim(this, 'disk', props.disk, { name: 'disk' });
    props.disk.attachBlock(machine, machine.containers[0], disk, DISK);
  }
}

function isServing(options: kplus.ProbeOptions): kplus.Probe {
  return kplus.Probe.fromHttpGet('/', { ...options, port: PORT, timeoutSeconds: Duration.seconds(5) });
}
