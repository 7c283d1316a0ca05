/*
 * What the checker reads. A document that holds none of these words, and no escape that could spell one, is not parsed: no rule would look at
 * it. So whoever writes a rule that reads another kind adds it here; test/rules/relevant.test.ts fails otherwise.
 */

/**
 * The words, matched anywhere in the text of a document, letter case included. They are taken from names of kinds, groups and fields, and
 * have no character that YAML can write in two ways without a backslash or a tag.
 */
export const RELEVANT_WORDS: readonly string[] = [
  // PersistentVolumeClaim, volumeClaimTemplate(s), persistentVolumeClaimName, and roles for them.
  'olumeClaim',
  'olumeclaim',
  'ersistentVolume',
  'ersistentvolume',
  // VolumeSnapshot, its class and its content, and roles for them.
  'olumeSnapshot',
  'olumesnapshot',
  // StorageClass, storageClassName; StorageClass, CSIDriver and snapshots by their groups.
  'torageClass',
  // dataSource and dataSourceRef, whatever kind they stand in: it may be a template that nobody has rendered.
  'ataSource',
  'torage.k8s.io',
  'eferenceGrant',
  'eferencegrant',
  // Policies, and their bindings.
  'AdmissionPolicy',
  // VolumePopulator, which says who else fills claims.
  'olumePopulator',
  // Applications, and the annotations that say when Argo CD applies what.
  'argoproj',
  // What this library writes onto objects.
  'snapshot-clone',
  // The switch of the API server and of the provisioner.
  'CrossNamespaceVolumeDataSource',
];

/** Kinds that rules ask for by name, but that matter only where they mention something of the field: their own names are not among the words. */
export const MENTIONING_KINDS: readonly string[] = ['Event', 'StatefulSet'];
