import type { ObjectSet } from '../rules/object-set';
import type { Rule, Severity } from '../rules/rule';
import { wrongTypes } from './field-types';
import { type Finding, findingsOfObjects } from './finding';
import type { Problem } from './problem';
import { reasonToSkip, suppressionFaults } from './suppression';

/** A finding that its object asks not to report. */
export interface SuppressedFinding extends Finding {
  readonly reason: string;
}

/** What a set of objects comes to. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Said beside the findings; no reason to fail. */
  readonly notices: readonly Problem[];
  /** Objects that cannot be judged. */
  readonly problems: readonly Problem[];
}

/** Applies rules to a set, and what the objects say about their own suppression. `known` are all rules there are, also those that are not applied. */
export function judge(set: ObjectSet, rules: readonly Rule[], known: readonly Rule[] = rules): Verdict {
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const { finding, object } of findingsOfObjects(set, rules)) {
    const reason = reasonToSkip(object, finding.rule);
    if (reason === undefined) findings.push(finding);
    else suppressed.push({ ...finding, reason });
  }
  const ids = new Set(known.map(({ id }) => id));
  const isKnown = (rule: string) => ids.has(rule);
  const notices: Problem[] = [];
  for (const object of set.objects) {
    const { origin, kind, namespace, name } = object;
    for (const fault of suppressionFaults(object, isKnown)) {
      notices.push({ file: origin?.file ?? '', line: origin?.line, message: `${kind} ${namespace}/${name}: ${fault}` });
    }
  }
  const problems: Problem[] = [];
  for (const { object, node, message } of wrongTypes(set)) {
    const { origin } = object;
    problems.push({ file: origin?.file ?? '', line: origin?.lineOf?.(node) ?? origin?.line, message });
  }
  return { findings, suppressed, notices, problems };
}

/** The rules that are to be applied. */
export function rulesWithout(rules: readonly Rule[], skip: readonly string[] = []): readonly Rule[] {
  return skip.length === 0 ? rules : rules.filter(({ id }) => !skip.includes(id));
}

const RANK: { readonly [severity in Severity]: number } = { info: 0, warning: 1, error: 2 };

/** Whether a severity is as bad as a threshold, or worse. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return RANK[severity] >= RANK[threshold];
}
