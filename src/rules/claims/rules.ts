import type { Rule } from '../rule';

/** What claims have to ask for. */
export const CLAIM_RULES: readonly Rule[] = [];
