import type { ObjectSet } from './object-set';

/** Works something out once for each set, when it is first asked for: many rules ask for the same. */
export function oncePerSet<T extends object>(workOut: (set: ObjectSet) => T): (set: ObjectSet) => T {
  const known = new WeakMap<ObjectSet, T>();
  return (set) => {
    const before = known.get(set);
    if (before) return before;
    const found = workOut(set);
    known.set(set, found);
    return found;
  };
}
