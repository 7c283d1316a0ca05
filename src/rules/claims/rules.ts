import type { Rule } from '../rule';
import { accessModes } from './access-modes';
import { blockClaimMountedAsFiles } from './block-claim-mounted-as-files';
import { claimMountedElsewhere } from './claim-mounted-elsewhere';
import { claimSmallerThanSource } from './claim-smaller-than-source';
import { driverMismatch } from './driver-mismatch';
import { selectorSet } from './selector-set';
import { storageClassMissing } from './storage-class-missing';
import { storageClassNotInSet } from './storage-class-not-in-set';
import { volumeModeMismatch } from './volume-mode-mismatch';
import { volumeNameSet } from './volume-name-set';

/** What claims have to ask for. */
export const CLAIM_RULES: readonly Rule[] = [
  storageClassMissing,
  storageClassNotInSet,
  claimSmallerThanSource,
  driverMismatch,
  volumeModeMismatch,
  blockClaimMountedAsFiles,
  claimMountedElsewhere,
  volumeNameSet,
  selectorSet,
  accessModes,
];
