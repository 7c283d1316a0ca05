import type { Claim } from '../rules/claim';
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

/** What was perhaps meant to be one. */
const NEARLY = /^cdk8s-snapshot-clone.skip/;

/** What is wrong with an object's suppressions. */
export function suppressionFaults(object: SetObject, rules: ReadonlyMap<string, Rule>): readonly string[] {
  const { annotations } = object;
  if (annotations === null || typeof annotations !== 'object') return NONE;
  const faults: string[] = [];
  for (const [key, value] of Object.entries(annotations)) {
    if (!key.startsWith(SKIP_ANNOTATION)) {
      if (NEARLY.test(key)) faults.push(`annotation ${key} is not read; it must be called ${SKIP_ANNOTATION}RULE`);
      continue;
    }
    const rule = rules.get(key.slice(SKIP_ANNOTATION.length));
    if (!rule) faults.push(`annotation ${key} names no rule; the rules are listed by: snapshot-clone rules`);
    else if (rule.isAlwaysApplied) faults.push(`annotation ${key} is not honoured: rule ${rule.id} cannot be skipped`);
    else if (typeof value !== 'string' || !value.trim()) {
      faults.push(`annotation ${key} gives no reason, so it is not honoured; write the reason as its value`);
    }
  }
  return faults;
}

/** What is wrong with suppressions in the template of a claim: findings are about the object that holds it. */
export function templateFaults({ object, node, annotations }: Claim): readonly string[] {
  if (node === object.manifest) return NONE;
  const keys = Object.keys(annotations).filter((key) => key.startsWith(SKIP_ANNOTATION));
  return keys.map((key) => `annotation ${key} stands in a template, where it is not read; put it on the ${object.kind} itself`);
}

const NONE: readonly string[] = [];
