import type { CheckResult } from '../check-result';
import type { Finding } from '../finding';
import { problemText } from '../problem';
import { inOrder, objectText, type Report } from './report';

/**
 * For what shows test results, such as GitLab: each finding is a test that failed, what cannot be judged is a test in error, what is suppressed
 * is a test that was skipped. If there is nothing of the kind, one test has passed, because some readers take a report without tests for a
 * failure. Infos do not fail. Notices are output of the suite.
 */
export const junitReport: Report = (result) => {
  const cases = testCases(result);
  const notes = result.notices.map((notice) => `note: ${problemText(notice)}`);
  const asides = notes.length > 0 ? [element('system-out', {}, escapeXml(notes.join('\n')))] : [];
  const failures = result.findings.filter(({ severity }) => severity !== 'info').length;
  const counts = { tests: cases.length, failures, errors: result.problems.length, skipped: result.suppressed.length };
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites${attributes({ name: 'snapshot-clone', ...counts })}>
  <testsuite${attributes({ name: 'snapshot-clone check', ...counts })}>
${[...cases, ...asides].map((one) => `    ${one}\n`).join('')}  </testsuite>
</testsuites>
`;
};

function testCases({ findings, suppressed, problems, summary }: CheckResult): string[] {
  const cases = [
    ...inOrder(findings).map((finding) => testCase(finding, outcomeOf(finding))),
    ...inOrder(suppressed).map((finding) => testCase(finding, `<skipped${attributes({ message: finding.reason })}/>`)),
    ...problems.map((problem) => {
      const error = `<error${attributes({ message: problem.message, type: 'problem' })}>${escapeXml(problemText(problem))}</error>`;
      return element('testcase', { classname: problem.file, name: 'can be judged', file: problem.file, line: problem.line }, error);
    }),
  ];
  if (cases.length > 0) return cases;
  return [element('testcase', { classname: 'snapshot-clone', name: `${summary.claims} claims, ${summary.references} references` }, '')];
}

function outcomeOf({ severity, rule, message, remediation }: Finding): string {
  if (severity === 'info') return `<system-out>${escapeXml(`${message}\n${remediation}`)}</system-out>`;
  return `<failure${attributes({ message, type: `${severity}: ${rule}` })}>${escapeXml(`${message}\n${remediation}`)}</failure>`;
}

function testCase(finding: Finding, outcome: string): string {
  const { file, line, rule } = finding;
  return element('testcase', { classname: file ?? 'manifests', name: `${rule}: ${objectText(finding)}`, file, line }, outcome);
}

type Attributes = { readonly [name: string]: string | number | undefined };

function element(name: string, given: Attributes, content: string): string {
  return content ? `<${name}${attributes(given)}>${content}</${name}>` : `<${name}${attributes(given)}/>`;
}

function attributes(given: Attributes): string {
  return Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

/** What is no character of XML 1.0, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

function escapeXml(text: string): string {
  return text.replace(NO_XML, '\ufffd').replace(/[&<>"\t\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}
