import { at, text } from './fields';
import type { ObjectSet } from './object-set';
import type { SetObject } from './set-object';
import { deliveryOf, trackedBy } from './sync-wave';

const INSTANCE = 'app.kubernetes.io/instance';

/** Who delivers an object, if its manifest says so: Argo CD's tracking annotation, or the label that Argo CD and Helm set. */
export function applicationOf(object: SetObject): string | undefined {
  return trackedBy(object) ?? (text(at(object.manifest, 'metadata', 'labels', INSTANCE)) || undefined);
}

/** The manifest of the same object that comes first in the set, and whether another application delivers it. */
export interface Earlier {
  readonly object: SetObject;
  readonly isOfOtherApplication: boolean;
}

/** Nothing: this is the first, or only, manifest of its object, or it cannot be told which object it will be. */
export function earlierManifestOf(set: ObjectSet, object: SetObject): Earlier | undefined {
  if (!set.saysSomethingTwice) return undefined;
  // Without a name the API server makes one up for each.
  if (!object.name) return undefined;
  const first = set.find(object);
  if (first === undefined || first === object) return undefined;
  // Without a namespace each folder may be delivered into another one.
  const lacksNamespace = object.namespace !== '' && !text(at(object.manifest, 'metadata', 'namespace'));
  if (lacksNamespace && deliveryOf(first) !== deliveryOf(object)) return undefined;
  const [one, other] = [applicationOf(first), applicationOf(object)];
  return { object: first, isOfOtherApplication: one !== undefined && other !== undefined && one !== other };
}

/** Where a manifest is, for a message. */
export function placeOf({ origin }: SetObject): string {
  return origin ? `${origin.file}:${origin.line}` : 'an earlier manifest';
}
