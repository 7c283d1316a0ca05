import type { CheckResult, Summary } from '../check/check-result';
import type { Finding } from '../check/finding';
import { reaches } from '../check/judge';
import { speakingOf } from '../check/option-names';
import { type Problem, problemText } from '../check/problem';
import { checkPaths } from '../check/reading/check-paths';
import { inOrder, objectText } from '../check/reports/report';
import { clean } from '../check/reports/text';
import { ALL_RULES } from '../rules/all-rules';
import { SEVERITIES } from '../rules/rule';
import { rulePage } from '../rules/rule-page';
import type { ValidationContext, ViolatingResource } from './context';
import { type Properties, propertiesOf } from './properties';
import { uniqueNames } from './unique-names';

/** The rule that a file violates which cannot be read or judged. */
const UNREADABLE = 'cannot-judge';

/** Applies the rules of `snapshot-clone check` to what an app has synthesized. The CLI of cdk8s makes it from an entry under `validations:`. */
export class SnapshotCloneValidation {
  private readonly properties: Properties;

  constructor(properties: unknown) {
    this.properties = propertiesOf(properties);
  }

  public async validate({ manifests, report }: ValidationContext): Promise<void> {
    const result = await checkPaths(manifests, this.properties);
    const { findings, problems, summary } = result;
    const unique = findings.length > 0 && problems.length === 0 ? uniqueNames(manifests) : new Set<string>();
    for (const [{ rule, severity, remediation }, alike] of groups(findings)) {
      const sentence = ALL_RULES.find(({ id }) => id === rule)!.sentence;
      report.addViolation({
        ruleName: rule,
        recommendation: `${severity}: ${clean(sentence)}`,
        fix: `${clean(speakingOf('the property', remediation))} See ${rulePage(rule)}`,
        violatingResources: alike.map((finding) => violating(finding, unique)),
      });
    }
    for (const problem of problems) {
      report.addViolation({
        ruleName: UNREADABLE,
        recommendation: 'error: What cannot be read or judged proves nothing, so the validation fails.',
        fix: 'Make the manifest readable, or take it out of the app.',
        violatingResources: [unreadable(problem)],
      });
    }
    const failed = problems.length > 0 || findings.some(({ severity }) => reaches(severity, this.properties.failOn));
    report.submit(failed ? 'failure' : 'success', { ...counts(summary), ...asides(result) });
  }
}

/** Findings that have rule and remedy in common, the worst first. */
function groups(findings: readonly Finding[]): readonly (readonly [Finding, readonly Finding[]])[] {
  const found = new Map<string, Finding[]>();
  for (const finding of inOrder(findings)) {
    const key = `${finding.rule} ${finding.remediation}`;
    const alike = found.get(key);
    if (alike) alike.push(finding);
    else found.set(key, [finding]);
  }
  const all = [...found.values()].map((alike) => [alike[0]!, alike] as const);
  return SEVERITIES.flatMap((wanted) => all.filter(([{ severity }]) => severity === wanted));
}

/** An object whose name is not its own alone goes by a longer one, to which the CLI knows no path: none is better than a wrong one. */
function violating(finding: Finding, unique: ReadonlySet<string>): ViolatingResource {
  const { object, file = '', line, message } = finding;
  const subject = objectText(finding);
  const place = line === undefined ? '' : `line ${line}: `;
  return {
    resourceName: unique.has(object.name) ? object.name : clean(subject),
    manifestPath: file,
    locations: [clean(`${place}${message.includes(subject) ? message : `${subject}: ${message}`}`)],
  };
}

function unreadable({ file, line, message }: Problem): ViolatingResource {
  const place = line === undefined ? '' : `line ${line}: `;
  return { resourceName: 'N/A', manifestPath: file || 'N/A', locations: [clean(`${place}${message}`)] };
}

function counts(summary: Summary): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(summary).map(([name, count]) => [name, String(count)]));
}

/** What is said beside the findings. The CLI prints it as a table, which cannot hold control characters. */
function asides({ suppressed, notices }: CheckResult): { readonly [name: string]: string } {
  const reasons = suppressed.map((finding) => clean(`${finding.rule} on ${objectText(finding)}: ${finding.reason}`));
  const notes = notices.map((notice) => clean(speakingOf('the property', problemText(notice))));
  return { ...(reasons.length > 0 && { reasons: reasons.join('\n') }), ...(notes.length > 0 && { notes: notes.join('\n') }) };
}
