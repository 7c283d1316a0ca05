import { fstatSync } from 'node:fs';
import { checkReadings } from '../check/check-result';
import { reaches } from '../check/judge';
import { problemText } from '../check/problem';
import { readPaths } from '../check/reading/check-paths';
import { githubReport } from '../check/reports/github';
import { jsonReport } from '../check/reports/json';
import { junitReport } from '../check/reports/junit';
import type { Report } from '../check/reports/report';
import { sarifReport } from '../check/reports/sarif';
import { summaryLine, textReport } from '../check/reports/text';
import { SEVERITIES } from '../rules/rule';
import { CLEAN, FAILED, FINDINGS } from './exit-code';
import { outputOption, putOut, refuseInput } from './output';
import { complain, STDOUT } from './print';
import { READING_OPTIONS, readingOptions, skippedRules } from './reading-options';
import { prepareForShortRun } from './short-run';
import { type Call, type Command, UsageError } from './usage';

const REPORTS: { readonly [format: string]: Report } = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  github: githubReport,
};

export const checkCommand: Command = {
  name: 'check',
  brief: 'check manifests against the rules',
  operands: 'PATH...',
  summary: 'Checks manifests against the rules, before a cluster does: claims, snapshots, grants, and how they are delivered.',
  details: `PATH is a file, a folder (its .yaml, .yml and .json files; not .git and node_modules), a glob, or - for standard input.

Exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be read or judged.
An object keeps a rule silent by the annotation cdk8s-snapshot-clone/skip.RULE, whose value is the reason.`,
  options: {
    format: { value: 'FORMAT', choices: Object.keys(REPORTS), fallback: 'text', help: 'How findings are reported.' },
    output: outputOption('report'),
    'fail-on': {
      value: 'SEVERITY',
      choices: SEVERITIES,
      fallback: 'error',
      help: 'What ends with exit code 1: this severity, or a worse one.',
    },
    skip: { value: 'RULE', multiple: true, help: 'A rule that is not applied.' },
    ...READING_OPTIONS,
  },

  async run(call: Call): Promise<number> {
    if (call.operands.length === 0) throw new UsageError('check needs a PATH, or - for standard input; see: snapshot-clone check --help');
    const options = { ...readingOptions(call), skip: skippedRules(call) };
    const format = call.one('format') ?? 'text';
    const readings = await readPaths(call.operands, prepareForShortRun);
    const output = call.one('output');
    refuseInput(output, call.operands, readings);
    const result = checkReadings(readings, options);
    const text = REPORTS[format]!(result, { colour: format === 'text' && output === undefined && wantsColour(), version: VERSION });
    putOut(text, output, `${summaryLine(result.summary, result.problems.length)}; the report`);
    if (result.problems.length > 0) {
      // The text report has said it.
      if (format !== 'text' || output !== undefined) for (const problem of result.problems) complain(problemText(problem));
      return FAILED;
    }
    const threshold = SEVERITIES.find((severity) => severity === call.one('fail-on')) ?? 'error';
    return result.findings.some(({ severity }) => reaches(severity, threshold)) ? FINDINGS : CLEAN;
  },
};

/** @see https://no-color.org */
function wantsColour(): boolean {
  return !process.env.NO_COLOR && process.env.TERM !== 'dumb' && isTerminal();
}

/** A pipe or a file is none, and to find that out so is far quicker than to make a stream of it. */
function isTerminal(): boolean {
  return fstatSync(STDOUT).isCharacterDevice() && process.stdout.isTTY === true;
}
