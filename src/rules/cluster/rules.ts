import type { Rule } from '../rule';
import { claimPending } from './claim-pending';
import { dataSourceDropped } from './data-source-dropped';
import { snapshotNotReady } from './snapshot-not-ready';

/** What only objects with a status show: those read from a cluster. */
export const CLUSTER_RULES: readonly Rule[] = [dataSourceDropped, snapshotNotReady, claimPending];
