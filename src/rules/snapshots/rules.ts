import type { Rule } from '../rule';
import { duplicateObject } from './duplicate-object';
import { nameMissing } from './name-missing';
import { snapshotClassMissing } from './snapshot-class-missing';
import { snapshotClassNotInSet } from './snapshot-class-not-in-set';
import { snapshotDeletedWithSource } from './snapshot-deleted-with-source';
import { snapshotSource } from './snapshot-source';
import { snapshotSourceMissing } from './snapshot-source-missing';
import { snapshotVersionNotServed } from './snapshot-version-not-served';

/** What snapshots, and the set as a whole, have to hold. */
export const SNAPSHOT_RULES: readonly Rule[] = [
  snapshotVersionNotServed,
  snapshotSource,
  snapshotSourceMissing,
  snapshotClassMissing,
  snapshotClassNotInSet,
  snapshotDeletedWithSource,
  nameMissing,
  duplicateObject,
];
