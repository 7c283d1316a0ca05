/**
 * How a claim reads a snapshot of another namespace.
 *
 * Owner and consumer write the same either way, and the grants are the same ReferenceGrants.
 */
export enum SnapshotAccess {
  /**
   * The claim's `dataSourceRef` names the snapshot in its own namespace. The cluster needs the feature gate `CrossNamespaceVolumeDataSource`,
   * which is alpha, in the API server and in csi-provisioner.
   *
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources
   */
  DATA_SOURCE_REFERENCE = 'DataSourceReference',

  /**
   * The claim reads a pre-provisioned VolumeSnapshot of its own namespace, whose VolumeSnapshotContent leads to the same stored snapshot. The
   * cluster needs no feature gate, but admission policies that fill in the content, and allow it if a grant does. Without them the API server
   * refuses the content, and the claim waits: no volume is made.
   *
   * Both objects are emitted with the claim, into its chart, and named after both sides: `snapshot-clone.dev.prod.mysql` (at most 253
   * characters) and, in `dev`, `snapshot-clone.prod.mysql`. The deletion policy is Retain: deleting them deletes no data.
   *
   * Whoever delivers the consumer's chart needs the right to create VolumeSnapshotContents, which are cluster-scoped: with Argo CD, an entry in
   * the AppProject's `clusterResourceWhitelist`. Claims of one namespace on one snapshot share the two objects, so they have to be in one
   * chart. Where the App writes each object to a file, each consumer namespace needs a chart and a folder of its own.
   *
   * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/#static
   */
  PRE_PROVISIONED_SNAPSHOT = 'PreProvisionedSnapshot',
}
