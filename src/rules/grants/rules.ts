import type { Rule } from '../rule';
import { grantCoversNothing } from './grant-covers-nothing';
import { grantFromGroupNotCore } from './grant-from-group-not-core';
import { grantInTargetNamespace } from './grant-in-target-namespace';
import { grantIncomplete } from './grant-incomplete';
import { grantNamesNothing } from './grant-names-nothing';
import { grantSplit } from './grant-split';
import { grantToGroupVersioned } from './grant-to-group-versioned';
import { grantToGroupWrong } from './grant-to-group-wrong';
import { grantTooManyEntries } from './grant-too-many-entries';
import { grantTooWide } from './grant-too-wide';
import { grantVersionNotServed } from './grant-version-not-served';
import { grantWildcard } from './grant-wildcard';

/** What ReferenceGrants have to say. */
export const GRANT_RULES: readonly Rule[] = [
  grantVersionNotServed,
  grantIncomplete,
  grantInTargetNamespace,
  grantFromGroupNotCore,
  grantToGroupVersioned,
  grantToGroupWrong,
  grantWildcard,
  grantTooManyEntries,
  grantSplit,
  grantTooWide,
  grantNamesNothing,
  grantCoversNothing,
];
