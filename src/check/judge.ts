import { misfitsOf } from '../rules/misfits';
import type { ObjectSet } from '../rules/object-set';
import { type Rule, SEVERITIES, type Severity } from '../rules/rule';
import { type SetObject, titleOf } from '../rules/set-object';
import { shown } from '../rules/shown';
import { type Finding, findingsOfObjects } from './finding';
import type { Problem } from './problem';
import { reasonToSkip, suppressionFaults, templateFaults } from './suppression';
import { unrenderedText } from './template';

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
  const always = new Set(rules.filter(({ isAlwaysApplied }) => isAlwaysApplied).map(({ id }) => id));
  const isSkippable = (rule: string) => !always.has(rule);
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const { finding, object } of findingsOfObjects(set, rules)) {
    const reason = isSkippable(finding.rule) ? reasonToSkip(object, finding.rule) : undefined;
    if (reason === undefined) findings.push(finding);
    else suppressed.push({ ...finding, reason });
  }
  return { findings, suppressed, notices: [...notices(set, known)], problems: unrendered(set) };
}

/** What is wrong with what the objects say about their own suppression. */
function* notices(set: ObjectSet, known: readonly Rule[]): Generator<Problem> {
  const byId = new Map(known.map((rule) => [rule.id, rule]));
  for (const object of set.objects) for (const fault of suppressionFaults(object, byId)) yield noticeAbout(object, fault);
  for (const claim of set.claims) for (const fault of templateFaults(claim)) yield noticeAbout(claim.object, fault);
}

function noticeAbout({ origin, kind, namespace, name }: SetObject, fault: string): Problem {
  return { file: origin?.file ?? '', line: origin?.line, message: `${kind} ${namespace}/${name}: ${fault}` };
}

/** Every deciding field that is a template: what it will be nobody knows. */
export function unrendered(set: ObjectSet): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [object, found] of misfitsOf(set)) {
    const { origin } = object;
    for (const { path, value, node } of found.filter((misfit) => misfit.unrendered)) {
      const message = `${path} of ${titleOf(object)} is ${shown(value)}, ${unrenderedText(value)}`;
      problems.push({ file: origin?.file ?? '', line: origin?.lineOf?.(node) ?? origin?.line, message });
    }
  }
  return problems;
}

/** What is wrong with a rule to be skipped, after its name. Nothing: it may be. */
export function skipFault(rules: readonly Rule[], skipped: string): string | undefined {
  const rule = rules.find(({ id }) => id === skipped);
  if (!rule) return 'must be a rule; they are listed by: snapshot-clone rules';
  return rule.isAlwaysApplied ? "that rule cannot be skipped: without it no other rule's verdict means anything" : undefined;
}

/** The rules that are to be applied: all but those to be skipped. A rule without which the others mean nothing is never left out. */
export function rulesWithout(rules: readonly Rule[], skip: readonly string[] = []): readonly Rule[] {
  return skip.length === 0 ? rules : rules.filter(({ id, isAlwaysApplied }) => isAlwaysApplied || !skip.includes(id));
}

/** Whether a severity is as bad as a threshold, or worse. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}
