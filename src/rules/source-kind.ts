import { CLAIM_KIND, CORE_GROUP, type ObjectKey, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';

/** The two kinds that a CSI driver fills claims from. */
export function isSourceKind({ group, kind }: Pick<ObjectKey, 'group' | 'kind'>): boolean {
  return (group === SNAPSHOT_GROUP && kind === SNAPSHOT_KIND) || (group === CORE_GROUP && kind === CLAIM_KIND);
}

/** The group of a source kind, and how a manifest spells it. */
export function groupOfKind(kind: string): string {
  return kind === SNAPSHOT_KIND ? SNAPSHOT_GROUP : CORE_GROUP;
}

/** Whether a group is, or was meant to be, that of snapshots or of claims; of other groups we know no kinds. */
export function isOwnGroup(group: string): boolean {
  return group === CORE_GROUP || group === 'core' || /^v\d/.test(group) || group.split('/')[0] === SNAPSHOT_GROUP;
}
