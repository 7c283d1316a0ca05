import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './processes/eventually';
import { servicesStartedIn } from './processes/leftovers';
import { countsOf, type JestReport, tableOf } from './test-report';
import build from './tools/build';
import { CACHE } from './tools/go-tools';
import { step } from './tools/step';

/** Prepares the machine, runs the tests (all, or those that Jest's own arguments choose), tells what they proved. */
async function main(chosen: readonly string[]): Promise<number> {
  step('Preparing programs and packages', build);

  // A folder of this run's own tells its processes from those of others who test on the same machine.
  const temporary = mkdtempSync(join(tmpdir(), 'run-'));
  const report = step('Running the tests', () => runJest(chosen, temporary));
  const left = await leftIn(temporary);
  rmSync(temporary, { recursive: true, force: true });

  const { passed, failed } = countsOf(report);
  console.log(`\n${tableOf(report)}\n`);
  console.log(left.length === 0 ? '✓ no process is left behind' : `✗ left behind: \n${left.join('\n')}`);
  if (failed > 0) {
    console.log(`The logs of the clusters are in ${join(CACHE, 'logs')}`);
  }
  const leftFailed = left.length === 0 ? 0 : 1;
  console.log(`${passed + 1 - leftFailed} passed, ${failed + leftFailed} failed`);
  return failed + leftFailed === 0 && passed > 0 ? 0 : 1;
}

function runJest(chosen: readonly string[], temporary: string): JestReport {
  const file = join(CACHE, 'report.json');
  rmSync(file, { force: true });
  const args = [
    require.resolve('jest/bin/jest'),
    '--config',
    join(__dirname, 'jest.config.json'),
    '--json',
    `--outputFile=${file}`,
    ...chosen,
  ];
  // Jest writes its JSON to the standard output as well; the part for people goes to the standard error.
  spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, TMPDIR: temporary } });
  if (!existsSync(file)) {
    throw new Error('Jest ended without a report; what it said is above.');
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** A service that has just lost its test needs a moment to end. */
async function leftIn(temporary: string): Promise<readonly string[]> {
  const none = () => {
    if (servicesStartedIn(temporary).length > 0) throw new Error('some are there');
  };
  return eventually('no service to be left', none).then(
    () => [],
    () => servicesStartedIn(temporary),
  );
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
