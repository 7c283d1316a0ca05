/** QEMU and qemu-img. In this image SIGHUP, its stop signal, presses the power button of the machine. */
export const QEMU_IMAGE = 'tianon/qemu:10.1-native';

const QEMU_USER = 1000;

/**
 * A block device belongs to root on the node; fsGroup changes nothing about it. The container runtime gives it to the user of the pod when it
 * is told to: `device_ownership_from_security_context` of containerd, or CRI-O's option of the same name, is on wherever KubeVirt runs.
 */
export const QEMU_POD = {
  automountServiceAccountToken: false,
  securityContext: { user: QEMU_USER, group: QEMU_USER, fsGroup: QEMU_USER, ensureNonRoot: true },
};
