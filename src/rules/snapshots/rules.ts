import type { Rule } from '../rule';

/** What snapshots, and the set as a whole, have to hold. */
export const SNAPSHOT_RULES: readonly Rule[] = [];
