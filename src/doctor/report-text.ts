import { printable } from './printable';
import type { Report } from './report';

/** For people: a block for each finding and each open question, and a last line. Nothing at all for a healthy cluster. */
export function textOf({ findings, unknown, clones }: Report): string {
  if (findings.length === 0 && unknown.length === 0) return '';
  const blocks = [
    ...findings.map(({ severity, rule, message, effect, remediation, page }) =>
      block(`${severity} ${rule}: ${message}`, { causes: effect, do: remediation, see: page }),
    ),
    ...unknown.map(({ rule, question, because, remediation }) =>
      block(`unknown ${rule}: cannot tell ${question}, because ${because}`, { do: remediation }),
    ),
  ];
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const counts = [
    `errors: ${count('error')}`,
    `warnings: ${count('warning')}`,
    `infos: ${count('info')}`,
    `unknown: ${unknown.length}`,
    `clones seen: ${clones.length}`,
  ];
  return `${[...blocks, counts.join(', ')].join('\n\n')}\n`;
}

function block(title: string, lines: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(lines).map((label) => label.length)) + 2;
  return [title, ...Object.entries(lines).map(([label, line]) => `  ${`${label}:`.padEnd(width)}${line}`)].map(printable).join('\n');
}
