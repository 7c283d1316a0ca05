import type { Rule } from '../rule';

/** What the way without the feature gate needs. */
export const PRE_PROVISIONED_RULES: readonly Rule[] = [];
