import { ApiObject, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { SharedSnapshot } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';
import { QEMU_IMAGE, QEMU_POD } from './qemu';
import { restrict } from './restricted';

const NAMESPACE = 'images';
const CLAIM = 'alpine';
const DEVICE = '/dev/golden';
const DOWNLOAD = '/download';

/** As large as the machine sees its disk at birth; the disks of the tenants may be larger. */
const STORAGE = Size.gibibytes(1);

/** A build of the golden image: an Alpine Linux with cloud-init, and without keys, passwords, logs or a machine id of its own. */
export interface Image {
  readonly version: string;
  /** Of the qcow2 file. */
  readonly sha256: string;
}

/**
 * The golden image as a block volume. The newest build is written over the one before; snapshots keep both.
 *
 * Volume, Job, snapshots and grants are one Application. The snapshot is one sync wave after the Job that fills its source, so Argo CD takes
 * it when the Job is complete; the library sees both in one chart, and sets the waves. A Job that hangs holds up a revocation, until its
 * deadline: good enough where an image is no secret, not for prod's data (the WordPress example).
 */
export class Images extends Chart {
  public readonly alpine: SharedSnapshot;

  constructor(scope: Construct, id: string, images: Image[]) {
    super(scope, id, { namespace: NAMESPACE });
    const claim = new kplus.PersistentVolumeClaim(this, 'alpine-volume', {
      metadata: { name: CLAIM },
      storageClassName: 'csi-fast',
      storage: STORAGE,
      accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
      volumeMode: kplus.PersistentVolumeMode.BLOCK,
    });
    this.write(images[0], claim);
    this.alpine = new SharedSnapshot(this, 'alpine', {
      namespace: NAMESPACE,
      claimName: CLAIM,
      volumeSnapshotClassName: 'csi-fast',
      restoreSize: STORAGE,
      generations: images.map(({ version }) => version),
      metadata: { name: 'alpine' },
    });
  }

  /** Downloads an image, checks it, and only then touches the volume. */
  private write({ version, sha256 }: Image, claim: kplus.IPersistentVolumeClaim): void {
    const download = kplus.Volume.fromEmptyDir(this, 'download', 'download', { sizeLimit: Size.gibibytes(2) });
    const resources = {
      cpu: { request: kplus.Cpu.millis(250), limit: kplus.Cpu.units(2) },
      memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) },
    };
    const file = `${DOWNLOAD}/image.qcow2`;
    const job = new kplus.Job(this, 'write', {
      // The template of a Job never changes: another image is another Job. No ttlAfterFinished: Argo CD would run it again.
      metadata: { name: `write-alpine-${version}` },
      activeDeadline: Duration.hours(1),
      backoffLimit: 3,
      restartPolicy: kplus.RestartPolicy.NEVER,
      ...QEMU_POD,
      initContainers: [
        {
          name: 'download',
          image: 'curlimages/curl:8.16.0',
          command: [
            'sh',
            '-euc',
            `curl --fail --location --retry 5 --output ${file} "$IMAGE_URL"; echo "$IMAGE_SHA256  ${file}" | sha256sum -c`,
          ],
          envVariables: {
            IMAGE_URL: kplus.EnvValue.fromValue(`https://images.example.com/alpine/${version}.qcow2`),
            IMAGE_SHA256: kplus.EnvValue.fromValue(sha256),
          },
          resources,
          volumeMounts: [{ path: DOWNLOAD, volume: download }],
        },
      ],
      containers: [
        {
          name: 'write',
          image: QEMU_IMAGE,
          // Into a device that is there (-n), holes as zeros: nothing of the image before shines through.
          command: ['qemu-img', 'convert', '-n', '-f', 'qcow2', '-O', 'raw', file, DEVICE],
          resources,
          volumeMounts: [{ path: DOWNLOAD, volume: download, readOnly: true }],
        },
      ],
    });
    restrict(job);
    // `claim.attachBlock` is for the claims of this library; for one of cdk8s-plus-27 it takes a patch.
    const disk = kplus.Volume.fromPersistentVolumeClaim(this, 'disk', claim, { name: 'disk' });
    job.addVolume(disk);
    ApiObject.of(job).addJsonPatch(
      JsonPatch.add('/spec/template/spec/containers/0/volumeDevices', [{ name: disk.name, devicePath: DEVICE }]),
    );
  }
}
