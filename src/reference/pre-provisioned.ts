import type { ObjectKey } from './reference';

/*
 * How the consumer's side of a pre-provisioned snapshot is named. The admission policies of the platform team, the constructs and the rules
 * compare these names, so they are made in one place.
 *
 * A namespace holds no dot, so a name can be taken apart again in one way only.
 */

/** The label of a VolumeSnapshotContent that says from which namespace it is handed over; the policies of that namespace are bound by it. */
export const SOURCE_NAMESPACE_LABEL = 'cdk8s-snapshot-clone/source-namespace';

/** The annotation in which the cluster writes which grant has allowed a content or a claim. Nobody else may write it. */
export const GRANTED_BY_ANNOTATION = 'cdk8s-snapshot-clone/granted-by';

/** The annotation in which the cluster writes the uid of the VolumeSnapshot that a content was filled from. Nobody else may write it. */
export const SOURCE_UID_ANNOTATION = 'cdk8s-snapshot-clone/source-uid';

/** Opens the names of handed-over snapshots and contents; nobody calls a snapshot so by chance. */
export const HANDED_OVER = 'snapshot-clone.';

type Source = Pick<ObjectKey, 'namespace' | 'name'>;

/** The VolumeSnapshot in the target namespace: `snapshot-clone.prod.mysql`. */
export function handedOverSnapshotName({ namespace, name }: Source): string {
  return `${HANDED_OVER}${namespace}.${name}`;
}

/** The VolumeSnapshotContent behind it, which has no namespace: `snapshot-clone.dev.prod.mysql`. */
export function handedOverContentName(targetNamespace: string, { namespace, name }: Source): string {
  return `${HANDED_OVER}${targetNamespace}.${namespace}.${name}`;
}

/** The source of a handed-over snapshot, read from its name. Nothing: it is not called like one. */
export function sourceOfHandedOver(snapshotName: string): Source | undefined {
  if (!snapshotName.startsWith(HANDED_OVER)) return undefined;
  const rest = snapshotName.slice(HANDED_OVER.length);
  const dot = rest.indexOf('.');
  if (dot < 1 || dot === rest.length - 1) return undefined;
  return { namespace: rest.slice(0, dot), name: rest.slice(dot + 1) };
}
