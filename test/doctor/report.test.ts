import { CHECKS } from '../../src/doctor/diagnose';
import { exitCodeOf, type Report } from '../../src/doctor/report';
import { jsonOf } from '../../src/doctor/report-json';
import { textOf } from '../../src/doctor/report-text';
import type { Severity } from '../../src/rules/rule';
import { readPage } from '../docs/page';

const EMPTY: Report = { findings: [], unknown: [], clones: [] };
const finding = (severity: Severity, message = 'wrong') => ({
  rule: 'some-rule',
  severity,
  message,
  effect: 'e',
  remediation: 'r',
  page: 'p',
});
const open = { rule: 'some-rule', question: 'whether', because: 'forbidden', remediation: 'r' };

test.each([
  [0, 0, EMPTY],
  [0, 0, { ...EMPTY, findings: [finding('warning'), finding('info')] }],
  [1, 1, { ...EMPTY, findings: [finding('warning'), finding('error')] }],
  [2, 0, { ...EMPTY, unknown: [open] }],
  [2, 0, { ...EMPTY, unknown: [open], findings: [finding('warning')] }],
  [1, 1, { ...EMPTY, unknown: [open], findings: [finding('error')] }],
])('the exit code is %i, and %i where the unknown is allowed, for %j', (strict, allowing, report) => {
  expect([exitCodeOf(report, false), exitCodeOf(report, true)]).toEqual([strict, allowing]);
});

const clone = { namespace: 'dev', name: 'data', source: '', phase: 'Bound', dropped: false };

test.each([
  ['0 clones seen: nothing is wrong', EMPTY],
  ['1 clone seen: nothing is wrong', { ...EMPTY, clones: [clone] }],
  [
    '2 clones seen: 1 error, 2 warnings',
    { ...EMPTY, clones: [clone, clone], findings: [finding('warning'), finding('error'), finding('warning')] },
  ],
  ['0 clones seen: 0 errors, 0 warnings, 1 info', { ...EMPTY, findings: [finding('info')] }],
  ['0 clones seen: 0 errors, 0 warnings, 2 unknown', { ...EMPTY, unknown: [open, open] }],
])('the text ends with a line that sums up: %s', (line, report) => {
  expect(textOf(report).split('\n\n').at(-1)).toBe(`${CHECKS.length} checks, ${line}\n`);
});

test('of a healthy cluster the text is that line alone, as the page shows it', () => {
  const shown = readPage('docs/doctor.md').blocks.filter(({ language }) => language === 'text');
  expect(shown[0].text).toBe(textOf(EMPTY));
});

test('every report that the page shows ends with such a line', () => {
  const shown = readPage('docs/doctor.md').blocks.filter(({ language }) => language === 'text');
  for (const { text } of shown) expect(text.split('\n').at(-2)).toMatch(new RegExp(`^${CHECKS.length} checks, \\d+ clones? seen: `));
});

test('a text from the cluster cannot steer the terminal, nor pretend to be another finding', () => {
  const text = textOf({ ...EMPTY, findings: [finding('error', 'it failed: \u001b[2J\u009b1m\r\n\u202eerror other-rule: pretended')] });
  expect(text.split('\n')[0]).toBe('error some-rule: it failed:  [2J 1m error other-rule: pretended');
});

test('the JSON is the report', () => {
  const report = { ...EMPTY, findings: [finding('error', 'a "quoted" \u001b name')], unknown: [open] };
  expect(JSON.parse(jsonOf(report))).toEqual(report);
  const steering = { ...EMPTY, unknown: [{ ...open, because: '\u009b2J\u202e\u2066\u007f\u{e0001}' }] };
  expect(JSON.parse(jsonOf(steering))).toEqual(steering);
  expect(jsonOf(steering).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});
