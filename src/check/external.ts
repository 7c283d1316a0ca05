import { SOURCE_NAMESPACE_LABEL, sourceOfHandedOver } from '../reference/pre-provisioned';
import { SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import { at, text } from '../rules/fields';
import type { ObjectSet } from '../rules/object-set';
import { CONTENT_KIND } from '../rules/pre-provisioned/handed-over-contents';
import { suggestion } from '../rules/suggestion';
import type { Problem } from './problem';

/**
 * What to say about namespaces that are delivered elsewhere, as somebody says, and that nothing in the set is about: a slip of the pen, most
 * likely. Of a set that could not be read whole nothing is said, because what is missing may be about them.
 */
export function externalNotices(
  { set, problems }: { readonly set: ObjectSet; readonly problems: readonly Problem[] },
  external: readonly string[] = [],
): readonly Problem[] {
  const unknown = new Set(problems.length > 0 ? [] : external);
  const known = new Set<string>();
  for (const namespace of namespacesIn(set)) {
    // Nearly always the first claims name them all.
    if (unknown.size === 0) return [];
    unknown.delete(namespace);
    known.add(namespace);
  }
  for (const namespace of ['', ...external]) known.delete(namespace);
  return [...unknown].map((namespace) => {
    const what = suggestion(namespace, [...known]) || '; correct it, or leave it out';
    return { file: '', message: `--external is '${namespace}', but nothing that a rule reads is in that namespace or names it${what}` };
  });
}

/** Every namespace that the set is about, those first that are asked for in claims; with repetitions. */
function* namespacesIn(set: ObjectSet): Generator<string> {
  for (const { source, reference } of set.claims) {
    if (source) yield text(at(source.node, 'namespace'));
    if (reference) yield reference.source.namespace;
  }
  for (const { from } of set.grants) for (const { namespace } of from) yield namespace;
  for (const { name } of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) yield sourceOfHandedOver(name)?.namespace ?? '';
  for (const { manifest } of set.ofKind(SNAPSHOT_GROUP, CONTENT_KIND)) {
    yield text(at(manifest, 'spec', 'volumeSnapshotRef', 'namespace'));
    yield text(at(manifest, 'metadata', 'labels', SOURCE_NAMESPACE_LABEL));
  }
  for (const { namespace } of set.objects) yield namespace;
}
