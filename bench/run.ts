/**
 * Measures this library against hand-written cdk8s, and the checker against others, and writes docs/performance.md. `--quick` takes a third of
 * the rounds; `--checker` renews only the checker's part of the page; `--no-page` only prints.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Case, CLONES, OTHERS } from './cases';
import { type CheckerResults, measureChecker } from './checker';
import { withChecker } from './checker-page';
import { type Measured, Workshop } from './measure';
import { nameOf, page } from './page';

const PAGE = join(__dirname, '..', 'docs', 'performance.md');
const quick = process.argv.includes('--quick');

const started = Date.now();
const checker: CheckerResults = measureChecker(quick ? 3 : 9);
for (const { shape, other, ours, theirs, ratio } of checker.rows) {
  console.log(`check ${shape}: ${ours.toFixed(0)} ms, ${other} ${theirs.toFixed(0)} ms, ${ratio.toFixed(2)} x`);
}
if (process.argv.includes('--checker')) {
  const renewed = withChecker(readFileSync(PAGE, 'utf8'), checker);
  if (process.argv.includes('--no-page')) console.log(renewed);
  else writeFileSync(PAGE, renewed);
  process.exit(0);
}
const workshop = new Workshop();
const results = new Map<Case, Measured>();
try {
  for (const one of [...CLONES, ...OTHERS]) {
    const begun = Date.now();
    const measured = workshop.measure(one, quick ? Math.ceil(one.rounds / 3) : one.rounds);
    results.set(one, measured);
    const times = `${measured.ours.toFixed(0)} ms against ${measured.theirs.toFixed(0)} ms, ${measured.ratio.toFixed(2)} x`;
    console.log(`${nameOf(one)}: ${times} (${secondsSince(begun)})`);
  }
} finally {
  workshop.remove();
}
const text = withChecker(page(results), checker);
if (process.argv.includes('--no-page')) console.log(`\n${text}`);
else {
  writeFileSync(PAGE, text);
  console.log(`${relative(process.cwd(), PAGE)} is written (${secondsSince(started)})`);
}

function secondsSince(time: number): string {
  return `${((Date.now() - time) / 1000).toFixed(1)} s`;
}
