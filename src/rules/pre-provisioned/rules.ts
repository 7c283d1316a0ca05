import type { Rule } from '../rule';
import { claimBeforeHandedOver } from './claim-before-handed-over';
import { contentBeforeSource } from './content-before-source';
import { handedOverContentMissing } from './handed-over-content-missing';
import { handedOverDeletionPolicy } from './handed-over-deletion-policy';
import { handedOverFilledByHand } from './handed-over-filled-by-hand';
import { handedOverNamesDiffer } from './handed-over-names-differ';
import { policiesNotEnforced } from './policies-not-enforced';
import { policiesNotInSet } from './policies-not-in-set';
import { reservedName } from './reserved-name';
import { sourceNamespaceUnknown } from './source-namespace-unknown';
import { twoContentsForOneHandle } from './two-contents-for-one-handle';

/** What the way without the feature gate needs. */
export const PRE_PROVISIONED_RULES: readonly Rule[] = [
  handedOverNamesDiffer,
  handedOverFilledByHand,
  handedOverDeletionPolicy,
  twoContentsForOneHandle,
  handedOverContentMissing,
  sourceNamespaceUnknown,
  reservedName,
  contentBeforeSource,
  claimBeforeHandedOver,
  policiesNotEnforced,
  policiesNotInSet,
];
