import type { CsiMethod } from './csi-service';

/** The name that storage classes and snapshot classes give as their driver. */
export const DRIVER_NAME = 'directory.csi.test';

export const identity: Record<string, CsiMethod> = {
  GetPluginInfo: () => ({ name: DRIVER_NAME, vendor_version: '1.0.0' }),
  GetPluginCapabilities: () => ({ capabilities: [{ service: { type: 'CONTROLLER_SERVICE' } }] }),
  Probe: () => ({ ready: { value: true } }),
};
