import { quoted } from '../reference/quoted';
import type { Subject } from './subject';

/** Refuses a value that an enum does not hold. */
export function checkOneOf<T extends string>(field: string, what: Subject, value: T, allowed: readonly string[]): T {
  if (allowed.includes(value)) return value;
  throw new Error(`${field} of ${what} is ${quoted(value)}, but must be one of: ${allowed.join(', ')}`);
}

/** Refuses what is no list: of a string each letter would count as an item. */
export function checkList<T>(field: string, what: Subject, values: readonly T[]): readonly T[] {
  if (Array.isArray(values)) return values;
  const advice = typeof values === 'string' ? `; write [${quoted(values)}]` : '';
  throw new Error(`${field} of ${what} is ${quoted(values)}, but must be a list${advice}`);
}
