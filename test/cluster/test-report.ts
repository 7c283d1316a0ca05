import { relative } from 'node:path';

/** The part of Jest's JSON report that is read here. */
export interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly Result[];
  }[];
}

interface Result {
  readonly fullName: string;
  readonly status: string;
  readonly duration?: number | null;
}

const MARKS: Readonly<Record<string, string>> = { passed: '✓', failed: '✗' };

/** A table of what was proven, by file; tests that were left out are not in it. */
export function tableOf(report: JestReport): string {
  return report.testResults
    .filter(({ assertionResults, message }) => assertionResults.some(wasRun) || message)
    .map(({ name, assertionResults }) => {
      const rows = assertionResults.filter(wasRun).map((each) => `  ${MARKS[each.status] ?? '?'} ${seconds(each)}  ${each.fullName}`);
      return [relative(__dirname, name), ...(rows.length > 0 ? rows : ['  ✗ could not be run'])].join('\n');
    })
    .join('\n\n');
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** A file that could not be run at all counts as one failure. */
export function countsOf(report: JestReport): Counts {
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults.filter(wasRun));
  const unrunnable = report.testResults.filter(({ assertionResults, message }) => assertionResults.length === 0 && message).length;
  const passed = results.filter(({ status }) => status === 'passed').length;
  return { passed, failed: results.length - passed + unrunnable };
}

function wasRun({ status }: Result): boolean {
  return status !== 'pending' && status !== 'todo';
}

function seconds({ duration }: Result): string {
  return `${((duration ?? 0) / 1000).toFixed(1)} s`.padStart(7);
}
