import type { Rule } from '../rule';
import { referenceNotGranted } from './reference-not-granted';

/** What the reference of a claim has to say. */
export const REFERENCE_RULES: readonly Rule[] = [referenceNotGranted];
