import type { Rule } from '../rule';
import { apiGroupWithVersion } from './api-group-with-version';
import { bothDataSources } from './both-data-sources';
import { dataSourceWithNamespace } from './data-source-with-namespace';
import { emptyNamespace } from './empty-namespace';
import { fieldSpelling } from './field-spelling';
import { guardNotInSet } from './guard-not-in-set';
import { intentDiffers } from './intent-differs';
import { kindOfOtherGroup } from './kind-of-other-group';
import { kindSpelling } from './kind-spelling';
import { populatorNotInSet } from './populator-not-in-set';
import { referenceIncomplete } from './reference-incomplete';
import { referenceNotGranted } from './reference-not-granted';
import { referenceToOwnNamespace } from './reference-to-own-namespace';
import { sourceMissing } from './source-missing';
import { sourceNotInSet } from './source-not-in-set';
import { unsupportedKind } from './unsupported-kind';
import { wrongType } from './wrong-type';

/** What the reference of a claim has to say. */
export const REFERENCE_RULES: readonly Rule[] = [
  wrongType,
  referenceNotGranted,
  sourceMissing,
  sourceNotInSet,
  referenceIncomplete,
  referenceToOwnNamespace,
  bothDataSources,
  dataSourceWithNamespace,
  apiGroupWithVersion,
  fieldSpelling,
  kindOfOtherGroup,
  kindSpelling,
  unsupportedKind,
  populatorNotInSet,
  emptyNamespace,
  intentDiffers,
  guardNotInSet,
];
