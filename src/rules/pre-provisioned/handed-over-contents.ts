import { INTENT_ANNOTATION, intentOf } from '../../reference/intent';
import {
  HANDED_OVER,
  handedOverContentName,
  handedOverSnapshotName,
  SOURCE_NAMESPACE_LABEL,
  sourceOfHandedOver,
} from '../../reference/pre-provisioned';
import { type ObjectKey, type Reference, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../../reference/reference';
import { at, text } from '../fields';
import { oncePerSet } from '../once-per-set';
import type { SetObject } from '../set-object';

export const CONTENT_KIND = 'VolumeSnapshotContent';

/** A VolumeSnapshotContent that hands a snapshot over, or is named or labelled as if it did. */
export interface HandedOverContent {
  readonly object: SetObject;
  readonly spec: unknown;
  readonly metadata: unknown;
  /** The source, as its annotation says. */
  readonly wanted: string;
  /** The namespace of the source, as its label says. */
  readonly sourceNamespace: string;
  /** The name of the source, as its annotation says; empty where that is not about a snapshot of that namespace. */
  readonly sourceName: string;
  /** The namespace and name of the snapshot that it is bound to. */
  readonly target: string;
  readonly snapshot: string;
  /** What the claims of the target would be filled from. Nothing where names, label and annotation do not agree. */
  readonly reference?: Reference;
}

/** The contents of a set that hand a snapshot over, or are meant to. */
export const handedOverContents = oncePerSet((set): readonly HandedOverContent[] =>
  set.ofKind(SNAPSHOT_GROUP, CONTENT_KIND).filter(isMeant).map(contentOf),
);

/** The content that a handed-over VolumeSnapshot is taken from. Nothing: it is none, or, of which another rule speaks, is taken from something else. */
export function contentNameOf({ namespace, name, manifest }: SetObject): string | undefined {
  const original = sourceOfHandedOver(name);
  if (!original) return undefined;
  const content = handedOverContentName(namespace, original);
  return at(manifest, 'spec', 'source', 'volumeSnapshotContentName') === content ? content : undefined;
}

function isMeant({ name, manifest }: SetObject): boolean {
  return name.startsWith(HANDED_OVER) || at(manifest, 'metadata', 'labels', SOURCE_NAMESPACE_LABEL) !== undefined;
}

function contentOf(object: SetObject): HandedOverContent {
  const metadata = at(object.manifest, 'metadata');
  const spec = at(object.manifest, 'spec');
  const wanted = text(at(metadata, 'annotations', INTENT_ANNOTATION));
  const sourceNamespace = text(at(metadata, 'labels', SOURCE_NAMESPACE_LABEL));
  const ofNamespace = intentOf({ group: SNAPSHOT_GROUP, kind: SNAPSHOT_KIND, namespace: sourceNamespace, name: '' });
  const sourceName = wanted.startsWith(ofNamespace) ? wanted.slice(ofNamespace.length) : '';
  const target = text(at(spec, 'volumeSnapshotRef', 'namespace'));
  const snapshot = text(at(spec, 'volumeSnapshotRef', 'name'));
  const source: ObjectKey = { group: SNAPSHOT_GROUP, kind: SNAPSHOT_KIND, namespace: sourceNamespace, name: sourceName };
  const agrees =
    sourceNamespace !== '' &&
    sourceName !== '' &&
    snapshot === handedOverSnapshotName(source) &&
    object.name === handedOverContentName(target, source);
  const reference = agrees ? { claim: { namespace: target, name: snapshot }, source } : undefined;
  return { object, spec, metadata, wanted, sourceNamespace, sourceName, target, snapshot, reference };
}
