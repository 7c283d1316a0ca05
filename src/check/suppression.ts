import { at } from '../rules/fields';
import type { Rule } from '../rules/rule';
import type { SetObject } from '../rules/set-object';

/** An annotation that begins with this, and goes on with a rule's id, keeps that rule silent about the object. Its value is the reason. */
export const SKIP_ANNOTATION = 'cdk8s-snapshot-clone/skip.';

/** Why an object says that a rule does not hold for it. Nothing: it does not say so, or gives no reason. */
export function reasonToSkip(object: SetObject, rule: string): string | undefined {
  const reason = at(object.annotations, `${SKIP_ANNOTATION}${rule}`);
  return typeof reason === 'string' ? reason.trim() || undefined : undefined;
}

/** What is wrong with an object's suppressions. */
export function suppressionFaults(object: SetObject, rules: ReadonlyMap<string, Rule>): readonly string[] {
  const { annotations } = object;
  if (annotations === null || typeof annotations !== 'object') return NONE;
  const faults: string[] = [];
  for (const [key, value] of Object.entries(annotations)) {
    if (!key.startsWith(SKIP_ANNOTATION)) continue;
    const rule = rules.get(key.slice(SKIP_ANNOTATION.length));
    if (!rule) faults.push(`annotation ${key} names no rule; the rules are listed by: snapshot-clone rules`);
    else if (rule.isAlwaysApplied) faults.push(`annotation ${key} is not honoured: rule ${rule.id} cannot be skipped`);
    else if (typeof value !== 'string' || !value.trim()) {
      faults.push(`annotation ${key} gives no reason, so it is not honoured; write the reason as its value`);
    }
  }
  return faults;
}

const NONE: readonly string[] = [];
