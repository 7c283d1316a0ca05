import { CORE_GROUP } from '../../reference/reference';
import { at, text } from '../fields';
import type { ObjectSet } from '../object-set';
import { oncePerSet } from '../once-per-set';
import type { SetObject } from '../set-object';

/** What the events of a set say about a claim. */
export interface ClaimEvents {
  /** Whether any event is about it. */
  readonly known: boolean;
  /** What went wrong last. The binder's own note that it waits comes again and again, so the last event alone says nothing. */
  readonly warning?: string;
}

export function latestWarning(set: ObjectSet, claim: SetObject): ClaimEvents {
  return eventsOf(set).get(`${claim.namespace} ${claim.name}`) ?? { known: false };
}

const eventsOf = oncePerSet((set): ReadonlyMap<string, ClaimEvents> => {
  const index = new Map<string, ClaimEvents>();
  const times = new Map<string, string>();
  for (const { manifest } of set.ofKind(CORE_GROUP, 'Event')) {
    const about = at(manifest, 'involvedObject');
    if (text(at(about, 'kind')) !== 'PersistentVolumeClaim') continue;
    const key = `${text(at(about, 'namespace'))} ${text(at(about, 'name'))}`;
    // Times of the API are written in UTC, so that they sort as text.
    const time = text(at(manifest, 'lastTimestamp')) || text(at(manifest, 'eventTime'));
    const isLater = text(at(manifest, 'type')) === 'Warning' && time >= (times.get(key) ?? '');
    if (isLater) times.set(key, time);
    index.set(key, { known: true, warning: isLater ? text(at(manifest, 'message')) : index.get(key)?.warning });
  }
  return index;
});
