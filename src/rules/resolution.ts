/** Whether a set of objects holds the source of a reference. */
export enum Resolution {
  /** The source is in the set. */
  FOUND = 'found',
  /** The set shows objects of that kind in that namespace, and the source is not among them. */
  MISSING = 'missing',
  /** The set shows nothing of that kind in that namespace: it is delivered elsewhere, and cannot be judged here. */
  NOT_IN_SET = 'not in set',
}
