import { exitCodeOf, type Report } from '../../src/doctor/report';
import { jsonOf } from '../../src/doctor/report-json';
import { textOf } from '../../src/doctor/report-text';
import type { Severity } from '../../src/rules/rule';

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

test('a report on nothing is empty', () => {
  expect(textOf(EMPTY)).toBe('');
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
