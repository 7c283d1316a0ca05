import type { Fault, Rule } from '../rule';
import { titleOf } from '../set-object';
import { BLOCK, isVolumeMode, volumeModeOf } from '../volume-mode';
import { type VolumeUse, VolumeUses } from '../volume-use';

export const blockClaimMountedAsFiles: Rule = {
  id: 'block-claim-mounted-as-files',
  severity: 'error',
  sentence: 'Containers see a claim of mode Block under volumeDevices, and one of mode Filesystem under volumeMounts.',
  why: 'The API server takes the pod, but it never starts: the kubelet reports `volume V has volumeMode Block, but is specified in volumeMounts`, or the other way round.',
  remediation: "Move the volume to the container's volumeDevices if the claim's mode is Block, to its volumeMounts if it is Filesystem.",
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#raw-block-volume-support',

  judge(set, say) {
    for (const use of VolumeUses.of(set).all) say(use.object, faultsOf(use));
  },
};

function faultsOf({ object, claim, volume, mounts, devices }: VolumeUse): Fault[] {
  const mode = volumeModeOf(claim.spec);
  if (!isVolumeMode(mode)) return [];
  const [wrong, field, right] = mode === BLOCK ? [mounts, 'volumeMounts', 'volumeDevices'] : [devices, 'volumeDevices', 'volumeMounts'];
  return wrong.map(({ container, node }) => ({
    message: `volumeMode of claim ${claim.namespace}/${claim.name} is '${mode}', but container '${container}' of ${titleOf(object)} has its volume '${volume}' under ${field}, where it must be under ${right}`,
    node,
  }));
}
