import { readdirSync } from 'node:fs';

/** They only ask whether any rule throws, take long, and find little that the others do not. */
const LEFT_OUT = ['any-manifest.test.ts', 'wrong-types.test.ts'];

const testFiles = ['test/reference', 'test/rules'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts') && !LEFT_OUT.includes(file))
    .map((file) => `${folder}/${file}`),
);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/reference/**/*.ts', 'src/rules/**/*.ts'],
  testRunner: 'in-process',
  inProcess: { testFiles },
  coverageAnalysis: 'perTest',
  plugins: ['./test/mutants/in-process-runner.mjs', './test/mutants/rule-texts.mjs'],
  ignorers: ['rule-texts'],
  ignorePatterns: ['/*', '!/src', '!/imports', '!/projenrc', '!/test', '/test/cluster', '!/package.json', '!/tsconfig.json'],
  tempDirName: 'coverage/mutants/sandbox',
  concurrency: 2,
  warnings: { slow: false },
  timeoutMS: 5_000,
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { reportTests: false, allowColor: false },
  jsonReporter: { fileName: 'coverage/mutants/mutants.json' },
  htmlReporter: { fileName: 'coverage/mutants/mutants.html' },
  thresholds: { high: 95, low: 90, break: 90 },
};
