import { Chart, type Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { SharedSnapshot } from 'cdk8s-snapshot-clone';
import type { Construct } from 'constructs';
import { VirtualMachine } from './virtual-machine';

/** A machine that a tenant wants. */
export interface Machine {
  /** Its host name, too. */
  readonly name: string;
  /** The version of the golden image with which it starts its life. Never changed afterwards: another image is another, new disk. */
  readonly image: string;
  /** At least as large as the image; the machine grows its file system when it first starts. */
  readonly disk: Size;
  readonly memory: Size;
  /** Says that the machine has its disk, so that its image may be taken off the list of images. */
  readonly born?: boolean;
}

/** No commit, no sync and no deleted Application may take a machine's disk with it: unlike other copies it becomes the only one. */
const KEEP = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

/** A tenant's namespace, with machines that start from the golden image. The tenant has no right in the namespace of the images. */
export class Tenant extends Chart {
  constructor(scope: Construct, id: string, images: SharedSnapshot, machines: Machine[]) {
    super(scope, id, { namespace: id });
    for (const { name, image, disk, memory, born } of machines) {
      const claim = images.cloneInto(this, `${name}-disk`, {
        namespace: id,
        generation: image,
        alreadyRestored: born,
        storageClassName: 'csi-fast',
        storage: disk,
        volumeMode: kplus.PersistentVolumeMode.BLOCK,
        metadata: { name: `${name}-disk`, annotations: KEEP },
      });
      new VirtualMachine(this, name, { hostname: name, instanceId: `${id}-${claim.name}`, disk: claim, memory });
    }
  }
}
