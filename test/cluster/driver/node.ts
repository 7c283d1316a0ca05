import { rm, symlink } from 'node:fs/promises';
import { status } from '@grpc/grpc-js';
import { CsiError, type CsiMethod, required } from './csi-service';
import type { Volumes } from './volumes';

/**
 * The part that a kubelet would call. No kubelet runs here and the tests read a volume where it lies; csi-sanity, though, cannot
 * clean up without it. A symbolic link stands for the mount, so that no privilege is needed.
 */
export function node(volumes: Volumes): Record<string, CsiMethod> {
  return {
    NodeGetInfo: () => ({ node_id: 'node' }),
    NodeGetCapabilities: () => ({ capabilities: [] }),
    NodePublishVolume: async (request) => {
      const id = required<string>(request.volume_id, 'volume_id');
      const target = required<string>(request.target_path, 'target_path');
      required(request.volume_capability, 'volume_capability');
      if (!(await volumes.find(id))) {
        throw new CsiError(status.NOT_FOUND, `volume ${id} does not exist`);
      }
      await rm(target, { recursive: true, force: true });
      await symlink(volumes.dataOf(id), target);
      return {};
    },
    NodeUnpublishVolume: async (request) => {
      required(request.volume_id, 'volume_id');
      await rm(required<string>(request.target_path, 'target_path'), { force: true });
      return {};
    },
  };
}
