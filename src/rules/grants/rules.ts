import type { Rule } from '../rule';

/** What ReferenceGrants have to say. */
export const GRANT_RULES: readonly Rule[] = [];
