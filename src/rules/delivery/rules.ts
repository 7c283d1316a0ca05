import type { Rule } from '../rule';
import { claimBeforeConsumer } from './claim-before-consumer';
import { claimBeforeGrant } from './claim-before-grant';
import { claimBeforeSource } from './claim-before-source';
import { consumerBeforeClaim } from './consumer-before-claim';
import { hookOnStorage } from './hook-on-storage';
import { replaceOrForce } from './replace-or-force';
import { rotationWithoutPruneLast } from './rotation-without-prune-last';
import { sharedByTwoApplications } from './shared-by-two-applications';
import { snapshotBeforeSource } from './snapshot-before-source';
import { snapshotBesideSource } from './snapshot-beside-source';

/** What has to be said to the tool that applies the manifests. */
export const DELIVERY_RULES: readonly Rule[] = [
  claimBeforeGrant,
  claimBeforeSource,
  snapshotBeforeSource,
  snapshotBesideSource,
  claimBeforeConsumer,
  consumerBeforeClaim,
  replaceOrForce,
  hookOnStorage,
  sharedByTwoApplications,
  rotationWithoutPruneLast,
];
