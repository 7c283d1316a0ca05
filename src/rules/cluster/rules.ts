import type { Rule } from '../rule';

/** What only objects with a status show: those read from a cluster. */
export const CLUSTER_RULES: readonly Rule[] = [];
