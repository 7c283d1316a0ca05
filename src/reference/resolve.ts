import { keyOf, type ObjectKey, type Reference } from './reference';

/** Whether a set of objects holds the source of a reference. */
export enum Resolution {
  /** The source is in the set. */
  FOUND = 'found',
  /** The set shows objects of that kind in that namespace, and the source is not among them. */
  MISSING = 'missing',
  /** The set shows nothing of that kind in that namespace: it is delivered elsewhere, and cannot be judged here. */
  NOT_IN_SET = 'not in set',
}

/** What a set of objects holds that claims can be filled from. */
export class SourceIndex {
  private readonly objects = new Set<string>();
  private readonly shown = new Set<string>();

  constructor(objects: Iterable<ObjectKey>) {
    for (const object of objects) {
      this.objects.add(keyOf(object));
      this.shown.add(shelfOf(object));
    }
  }

  resolve({ source }: Reference): Resolution {
    if (this.objects.has(keyOf(source))) return Resolution.FOUND;
    return this.shown.has(shelfOf(source)) ? Resolution.MISSING : Resolution.NOT_IN_SET;
  }
}

/** What objects of one kind in one namespace share. */
function shelfOf({ group, kind, namespace }: ObjectKey): string {
  return `${group} ${kind} ${namespace}`;
}
