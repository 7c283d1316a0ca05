import { CLAIM_RULES } from './claims/rules';
import { CLUSTER_RULES } from './cluster/rules';
import { DELIVERY_RULES } from './delivery/rules';
import { GRANT_RULES } from './grants/rules';
import { PRE_PROVISIONED_RULES } from './pre-provisioned/rules';
import { REFERENCE_RULES } from './references/rules';
import type { Rule } from './rule';
import { SNAPSHOT_RULES } from './snapshots/rules';

/** Every rule, in the order in which findings are listed. */
export const ALL_RULES: readonly Rule[] = [
  ...REFERENCE_RULES,
  ...GRANT_RULES,
  ...CLAIM_RULES,
  ...SNAPSHOT_RULES,
  ...DELIVERY_RULES,
  ...PRE_PROVISIONED_RULES,
  ...CLUSTER_RULES,
];
