import type { Rule } from '../rule';
import { duplicateObject } from './duplicate-object';
import { snapshotClassMissing } from './snapshot-class-missing';
import { snapshotClassNotInSet } from './snapshot-class-not-in-set';
import { snapshotDeletedWithSource } from './snapshot-deleted-with-source';
import { snapshotSource } from './snapshot-source';

/** What snapshots, and the set as a whole, have to hold. */
export const SNAPSHOT_RULES: readonly Rule[] = [
  snapshotSource,
  snapshotClassMissing,
  snapshotClassNotInSet,
  snapshotDeletedWithSource,
  duplicateObject,
];
