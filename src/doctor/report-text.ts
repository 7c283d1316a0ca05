import { SEVERITIES, type Severity } from '../rules/rule';
import { CHECKS } from './diagnose';
import { printable } from './printable';
import type { Report } from './report';

/** For people: a block for each finding and each open question, and a line that sums up. Where all is well it is that line alone. */
export function textOf(report: Report): string {
  const blocks = [
    ...report.findings.map(({ severity, rule, message, effect, remediation, page }) =>
      block(`${severity} ${rule}: ${message}`, { causes: effect, do: remediation, see: page }),
    ),
    ...report.unknown.map(({ rule, question, because, remediation }) =>
      block(`unknown ${rule}: cannot tell ${question}, because ${because}`, { do: remediation }),
    ),
  ];
  return `${[...blocks, summaryLine(report)].join('\n\n')}\n`;
}

function block(title: string, lines: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(lines).map((label) => label.length)) + 2;
  return [title, ...Object.entries(lines).map(([label, line]) => `  ${`${label}:`.padEnd(width)}${line}`)].map(printable).join('\n');
}

/** Says what was looked at, too: a doctor that is silent may have looked at nothing. */
function summaryLine({ findings, unknown, clones }: Report): string {
  const looked = `${count(CHECKS.length, 'check')}, ${count(clones.length, 'clone')} seen`;
  if (findings.length === 0 && unknown.length === 0) return `${looked}: nothing is wrong`;
  const number = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  const found = SEVERITIES.filter((severity) => severity !== 'info' || number(severity) > 0).map((each) => count(number(each), each));
  return `${looked}: ${[...found, ...(unknown.length > 0 ? [`${unknown.length} unknown`] : [])].join(', ')}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
