import type { Rule } from '../rule';

/** What has to be said to the tool that applies the manifests. */
export const DELIVERY_RULES: readonly Rule[] = [];
