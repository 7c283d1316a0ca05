import type { Severity } from '../../rules/rule';
import type { Summary } from '../check-result';
import type { Finding } from '../finding';
import type { SuppressedFinding } from '../judge';
import { problemText } from '../problem';
import { inOrder, objectText, type Report } from './report';

type Paint = (text: string) => string;
const ESCAPE = '\u001b[';
const PLAIN: Paint = (text) => text;

interface Paints {
  readonly severity: { readonly [severity in Severity]: Paint };
  readonly strong: Paint;
  readonly faint: Paint;
}

/** For people: by file and object, with a line that sums up. */
export const textReport: Report = (result, { colour = false }) => {
  const paints = paintsFor(colour);
  const lines: string[] = [];
  let file: string | undefined;
  let object: string | undefined;
  for (const finding of inOrder(result.findings)) {
    const subject = objectText(finding);
    if (lines.length === 0 || finding.file !== file) {
      if (lines.length > 0) lines.push('');
      lines.push(paints.strong(clean(finding.file ?? '(no file)')));
      object = undefined;
    }
    if (subject !== object) lines.push(`  ${clean(subject)}`);
    [file, object] = [finding.file, subject];
    lines.push(...findingLines(finding, paints));
  }
  if (result.findings.length > 0) lines.push('');
  const rest = [
    ...result.suppressed.map((finding) => suppressedLine(finding, paints)),
    ...result.notices.map((notice) => `note: ${clean(problemText(notice))}`),
    ...result.problems.map((problem) => `${paints.severity.error('cannot judge:')} ${clean(problemText(problem))}`),
    paints.strong(summaryLine(result.summary, result.problems.length)),
  ];
  return `${[...lines, ...rest].join('\n')}\n`;
};

function findingLines({ line, severity, rule, message, remediation }: Finding, { severity: paint, faint }: Paints): string[] {
  const place = line === undefined ? '' : `line ${line}: `;
  return [`    ${place}${paint[severity](severity)} ${clean(message)} ${faint(`(${rule})`)}`, `      ${faint(clean(remediation))}`];
}

function suppressedLine(finding: SuppressedFinding, { faint }: Paints): string {
  const place = finding.file === undefined ? '' : `${finding.file}:${finding.line}: `;
  return faint(clean(`suppressed: ${place}${finding.rule} on ${objectText(finding)}: ${finding.reason}`));
}

export function summaryLine(summary: Summary, problems: number): string {
  const { documents, skipped, claims, references, errors, warnings, infos, suppressed } = summary;
  const looked = `${count(documents, 'document')} (${skipped} skipped), ${count(claims, 'claim')}, ${count(references, 'reference')}`;
  const found = [
    count(errors, 'error'),
    count(warnings, 'warning'),
    ...(infos ? [count(infos, 'info')] : []),
    ...(suppressed ? [`${suppressed} suppressed`] : []),
  ];
  return `${looked}: ${found.join(', ')}${problems ? `; ${count(problems, 'problem')}: the check is incomplete` : ''}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** Names come from files that anybody may have written; a terminal obeys control characters. */
export function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function paintsFor(colour: boolean): Paints {
  const paint = (code: number): Paint => (colour ? (text) => `${ESCAPE}${code}m${text}${ESCAPE}0m` : PLAIN);
  return { severity: { error: paint(31), warning: paint(33), info: paint(36) }, strong: paint(1), faint: paint(2) };
}
