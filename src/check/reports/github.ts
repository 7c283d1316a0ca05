import type { Severity } from '../../rules/rule';
import { fullMessage, inOrder, type Report, slashed } from './report';

const COMMAND: { readonly [severity in Severity]: string } = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * For a GitHub workflow: each line becomes an annotation of the pull request.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export const githubReport: Report = ({ findings, problems, notices }) => {
  const lines = [
    ...inOrder(findings).map((finding) => {
      const { severity, file, line, rule, remediation } = finding;
      return command(COMMAND[severity], { file, line, title: rule }, `${fullMessage(finding)}\n${remediation}`);
    }),
    ...notices.map(({ file, line, message }) => command('notice', { file, line, title: 'note' }, message)),
    ...problems.map(({ file, line, message }) => command('error', { file, line, title: 'cannot judge' }, message)),
  ];
  return lines.map((line) => `${line}\n`).join('');
};

function command(name: string, properties: { file?: string; line?: number; title: string }, message: string): string {
  const { file, line, title } = properties;
  const all = { file: file === undefined ? undefined : slashed(file), line, title };
  const given = Object.entries(all).filter(([, value]) => value !== undefined && value !== '');
  return `::${name} ${given.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
