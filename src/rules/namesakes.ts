import { CLAIM_KIND, CORE_GROUP, type ObjectKey, SNAPSHOT_GROUP, SNAPSHOT_KIND } from '../reference/reference';
import type { ObjectSet } from './object-set';
import { oncePerSet } from './once-per-set';
import { isSourceKind } from './source-kind';

const NONE: readonly string[] = [];
/** A claim that a StatefulSet makes ends in the number of its pod, where the set has an asterisk. */
const OF_POD = /-\d+$/;

/** The other namespaces in which the set holds a source of this kind and name. Worked out when a reference first leads nowhere: few do. */
export function namesakesOf(set: ObjectSet, source: ObjectKey): readonly string[] {
  if (!isSourceKind(source)) return NONE;
  const known = namespacesByName(set);
  const { kind, namespace, name } = source;
  const holders = known.get(keyOf({ kind, name })) ?? known.get(keyOf({ kind, name: name.replace(OF_POD, '-*') }));
  return holders ? [...holders].filter((holder) => holder !== namespace) : NONE;
}

const namespacesByName = oncePerSet((set): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  const keep = (source: ObjectKey) => {
    const key = keyOf(source);
    const known = found.get(key);
    if (known) known.add(source.namespace);
    else found.set(key, new Set([source.namespace]));
  };
  for (const snapshot of set.ofKind(SNAPSHOT_GROUP, SNAPSHOT_KIND)) keep(snapshot);
  for (const { namespace, name, source } of set.claims) {
    // Clones are often called like what they are filled from, and nobody means one clone by another.
    if (!source) keep({ group: CORE_GROUP, kind: CLAIM_KIND, namespace, name });
  }
  return found;
});

/** No kind can hold a space. */
function keyOf({ kind, name }: Pick<ObjectKey, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}
