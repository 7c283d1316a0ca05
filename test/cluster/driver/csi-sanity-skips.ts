/** A group of specifications of csi-sanity that do not apply to this driver. */
export interface SkippedGroup {
  /** The suite's message. */
  readonly message: string;
  readonly because: string;
  readonly specifications: readonly string[];
}

/** Everything that csi-sanity does not run: what the driver does not announce, and why it need not. */
export const SKIPPED: readonly SkippedGroup[] = [
  {
    message: 'Controller Publish, UnpublishVolume not supported',
    because: 'nothing attaches: there are no nodes',
    specifications: ['Controller Service volume lifecycle should be idempotent', 'Controller Service volume lifecycle should work'],
  },
  {
    message: 'ControllerExpandVolume not supported',
    because: 'no test resizes a claim',
    specifications: [
      'ExpandVolume should fail if no capacity range is given',
      'ExpandVolume should fail if no volume id is given',
      'ExpandVolume should work',
    ],
  },
  {
    message: 'ControllerModifyVolume not supported',
    because: 'no test uses volume attribute classes',
    specifications: [
      'ModifyVolume should fail if no volume id is given',
      'ModifyVolume should fail if specified mutable parameters are not supported by the volume',
      'ModifyVolume should fail if volume does not exist',
      'ModifyVolume should fail to modify a volume created with a volume attribute class if new mutable parameters are not supported by volume',
      'ModifyVolume should modify a volume created with a volume attribute class',
      'ModifyVolume should modify a volume created without a volume attribute class',
    ],
  },
  {
    message: 'ControllerPublishVolume not supported',
    because: 'nothing attaches: there are no nodes',
    specifications: [
      'Controller Service ControllerPublishVolume should fail when no node id is provided',
      'Controller Service ControllerPublishVolume should fail when no volume capability is provided',
      'Controller Service ControllerPublishVolume should fail when no volume id is provided',
      'Controller Service ControllerPublishVolume should fail when publishing more volumes than the node max attach limit',
      'Controller Service ControllerPublishVolume should fail when the node does not exist',
      'Controller Service ControllerPublishVolume should fail when the volume does not exist',
      'Controller Service ControllerPublishVolume should fail when the volume is already published but is incompatible',
    ],
  },
  {
    message: 'ControllerUnpublishVolume not supported',
    because: 'nothing attaches: there are no nodes',
    specifications: ['Controller Service ControllerUnpublishVolume should fail when no volume id is provided'],
  },
  {
    message: 'GroupControllerService not supported',
    because: 'a clone has one source; group snapshots have no cross-namespace references',
    specifications: [
      'GroupController Service CreateVolumeGroupSnapshot should fail when no name is provided',
      'GroupController Service DeleteVolumeGroupSnapshot should fail when no volume id is provided',
      'GroupController Service DeleteVolumeGroupSnapshot should succeed when an invalid volume id is used',
      'GroupController Service GetVolumeGroupSnapshot should fail when an invalid volume id is used',
      'GroupController Service GetVolumeGroupSnapshot should fail when no volume id is provided',
      'GroupController Service GroupControllerGetCapabilities should return appropriate capabilities',
    ],
  },
  {
    message: 'Modify Volume not supported',
    because: 'no test uses volume attribute classes',
    specifications: ['Controller Service CreateVolume should not create volume with an invalid volume attribute class'],
  },
  {
    message: 'Modify volume not supported',
    because: 'no test uses volume attribute classes',
    specifications: ['Controller Service CreateVolume should create volume with a volume attribute class'],
  },
  {
    message: 'NodeExpandVolume not supported',
    because: 'no test resizes a claim',
    specifications: [
      'Node Service NodeExpandVolume should fail when no volume id is provided',
      'Node Service NodeExpandVolume should fail when no volume path is provided',
      'Node Service NodeExpandVolume should fail when volume is not found',
      'Node Service NodeExpandVolume should work if node-expand is called after node-publish',
    ],
  },
  {
    message: 'NodeGetVolume not supported',
    because: 'no kubelet asks for statistics',
    specifications: [
      'Node Service NodeGetVolumeStats should fail when no volume id is provided',
      'Node Service NodeGetVolumeStats should fail when no volume path is provided',
      'Node Service NodeGetVolumeStats should fail when volume does not exist on the specified path',
      'Node Service NodeGetVolumeStats should fail when volume is not found',
    ],
  },
  {
    message: 'NodeStageVolume not supported',
    because: 'no kubelet mounts',
    specifications: [
      'Node Service NodeStageVolume should fail when no staging target path is provided',
      'Node Service NodeStageVolume should fail when no volume capability is provided',
      'Node Service NodeStageVolume should fail when no volume id is provided',
    ],
  },
  {
    message: 'NodeUnstageVolume not supported',
    because: 'no kubelet mounts',
    specifications: [
      'Node Service NodeUnstageVolume should fail when no staging target path is provided',
      'Node Service NodeUnstageVolume should fail when no volume id is provided',
    ],
  },
  {
    message: 'pending',
    because: 'switched off by the suite itself',
    specifications: [
      'Controller Service ListVolumes pagination should detect volumes added between pages and accept tokens when the last volume from a page is deleted',
    ],
  },
];
