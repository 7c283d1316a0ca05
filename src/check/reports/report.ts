import { ALL_RULES } from '../../rules/all-rules';
import { type Rule, SEVERITIES } from '../../rules/rule';
import type { CheckResult } from '../check-result';
import type { Finding } from '../finding';

export interface ReportOptions {
  /** Whether to colour; only the text for people can. */
  readonly colour?: boolean;
  /** The version of this package. */
  readonly version: string;
}

/** Writes down what a check has found. */
export type Report = (result: CheckResult, options: ReportOptions) => string;

/** Where all rules are explained. */
const RULES_PAGE = 'https://github.com/cdk8s-snapshot-clone/cdk8s-snapshot-clone/blob/main/docs/rules.md';

/** The section about one rule. */
export function pageOf(rule: string): string {
  return `${RULES_PAGE}#${rule}`;
}

/** The rules that are spoken of, in the order in which they are listed. */
export function rulesOf(findings: Iterable<Finding>): readonly Rule[] {
  const ids = new Set([...findings].map(({ rule }) => rule));
  return ALL_RULES.filter(({ id }) => ids.has(id));
}

/** `PersistentVolumeClaim dev/data`. */
export function objectText({ object: { kind, namespace, name } }: Finding): string {
  return `${kind} ${[namespace, name].filter((part) => part).join('/')}`;
}

/** What is wrong, with the object that it is about, which most messages name themselves. */
export function fullMessage(finding: Finding): string {
  const subject = objectText(finding);
  return finding.message.startsWith(`${subject} `) ? finding.message : `${subject}: ${finding.message}`;
}

/** The order of a reader: by file and line, as the manifests stand there; of one line, the worst first. */
export function inOrder<F extends Finding>(findings: readonly F[]): readonly F[] {
  return [...findings].sort((a, b) => {
    return compare(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || rankOf(a) - rankOf(b);
  });
}

function rankOf({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

/** File names in reports that other programs read have slashes, on Windows too. */
export function slashed(file: string): string {
  return process.platform === 'win32' ? file.replace(/\\/g, '/') : file;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
