import { CLAIM_KIND, CORE_GROUP } from '../../reference/reference';
import type { Claim } from '../claim';

/** Whether a claim is an object of the delivery; the others are made with their pods, and come when these come. */
export function isClaimObject({ object }: Claim): boolean {
  return object.group === CORE_GROUP && object.kind === CLAIM_KIND;
}
