import { CLAIM_KIND } from '../reference/reference';
import { at, list } from './fields';

/**
 * Whether the two sides of a ReferenceGrant stand under each other's names: what is opened, with its name, in `from`, and who may copy, with a
 * namespace, in `to`. Each field is unknown there, and that they are swapped is one mistake.
 */
export function areSidesSwapped(grant: unknown): boolean {
  const from = list(at(grant, 'spec', 'from'));
  const to = list(at(grant, 'spec', 'to'));
  return from.length > 0 && to.length > 0 && to.every(saysWho) && from.every(saysWhat);
}

function saysWho(entry: unknown): boolean {
  return has(entry, 'namespace') && !has(entry, 'name') && at(entry, 'kind') === CLAIM_KIND;
}

function saysWhat(entry: unknown): boolean {
  return has(entry, 'name') && !has(entry, 'namespace');
}

function has(entry: unknown, field: string): boolean {
  return at(entry, field) !== undefined;
}
