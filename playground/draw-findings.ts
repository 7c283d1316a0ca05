import type { CheckResult } from '../src/check/check-result';
import type { Finding } from '../src/check/finding';
import { problemText } from '../src/check/problem';
import { inOrder, objectText } from '../src/check/reports/report';
import { clean, summaryLine } from '../src/check/reports/text';
import { rulePage } from '../src/rules/rule-page';
import { html } from './elements';

/** What the command's report for people says, line by line, with buttons that lead to the lines of the text. */
export function drawFindings(result: CheckResult, goTo: (line: number) => void): readonly Element[] {
  const blocks: Element[] = [];
  let list: Element | undefined;
  let subject: string | undefined;
  for (const finding of inOrder(result.findings)) {
    if (objectText(finding) !== subject || !list) {
      subject = objectText(finding);
      list = html('ul', {});
      blocks.push(html('h3', {}, clean(subject)), list);
    }
    list.append(findingItem(finding, goTo));
  }
  const asides = [
    ...result.suppressed.map((one) => `suppressed: ${one.file}:${one.line}: ${one.rule} on ${objectText(one)}: ${one.reason}`),
    ...result.notices.map((notice) => `note: ${problemText(notice)}`),
  ];
  blocks.push(...asides.map((text) => html('p', { class: 'aside' }, clean(text))));
  for (const problem of result.problems) {
    blocks.push(html('p', { class: 'problem' }, html('strong', { class: 'error' }, 'cannot judge:'), ` ${clean(problemText(problem))}`));
  }
  return blocks;
}

/** The last line of that report. */
export function summaryOf(result: CheckResult): string {
  return summaryLine(result.summary, result.problems.length);
}

function findingItem({ line, severity, message, rule, remediation }: Finding, goTo: (line: number) => void): Element {
  const item = html('li', { class: `finding ${severity}` });
  if (line !== undefined) {
    const button = html('button', { type: 'button', class: 'line' }, `line ${line}:`);
    button.addEventListener('click', () => goTo(line));
    item.append(button, ' ');
  }
  const link = html('a', { href: rulePage(rule), rel: 'noreferrer', target: '_blank' }, rule);
  item.append(html('strong', { class: severity }, severity), ` ${clean(message)} (`, link, ')');
  item.append(html('p', { class: 'remedy' }, clean(remediation)));
  return item;
}
