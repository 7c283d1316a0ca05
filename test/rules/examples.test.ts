import * as fs from 'node:fs';
import { ALL_RULES } from '../../src/rules/all-rules';
import { judgementsOf } from '../../src/rules/rule';
import { EXAMPLES, examplesOf, judged, setOf } from './rule-examples';

const examples = ALL_RULES.flatMap(({ id }) => examplesOf(id));

test.each(ALL_RULES)('$id has an example that complies and one that does not', ({ id }) => {
  const files = examplesOf(id).map(({ file }) => file);
  expect(files.some((file) => file.startsWith('compliant'))).toBe(true);
  expect(files.some((file) => file.startsWith('violating'))).toBe(true);
});

test('every folder of examples is called after a rule', () => {
  expect(fs.readdirSync(EXAMPLES).filter((folder) => !ALL_RULES.some(({ id }) => id === folder))).toEqual([]);
});

describe.each(examples.filter(({ file }) => file.startsWith('compliant')))('$id/$file', (example) => {
  test('the rule is silent, and no other rule finds an error or a warning', () => {
    expect(judged(example).filter(({ rule, severity }) => rule === example.id || severity !== 'info')).toEqual([]);
  });

  test('the rule has looked at it', () => {
    const rule = ALL_RULES.find((one) => one.id === example.id)!;
    expect(judgementsOf(rule, setOf(example))).not.toEqual([]);
  });
});

describe.each(examples.filter(({ file }) => file.startsWith('violating')))('$id/$file', (example) => {
  test('the rule says what is wrong, and no other rule finds an error or a warning', () => {
    const findings = judged(example).filter(({ rule, severity }) => rule === example.id || severity !== 'info');
    expect(findings.map(({ rule }) => rule)).toEqual(findings.map(() => example.id));
    expect(findings.length).toBeGreaterThan(0);
    expect(
      findings.map(({ message, remediation, object }) => ({
        object: `${object.kind} ${object.namespace}/${object.name}`,
        message,
        remediation,
      })),
    ).toMatchSnapshot();
  });
});
