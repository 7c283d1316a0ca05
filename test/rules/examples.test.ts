import * as fs from 'node:fs';
import * as path from 'node:path';
import * as yaml from 'js-yaml';
import { findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet } from '../../src/rules/object-set';

/*
 * Each rule has a folder of minimal sets: compliant*.yaml and violating*.yaml. The first comment of a set may say how it is judged:
 *   # external: prod, staging       these namespaces are delivered elsewhere
 */
const EXAMPLES = path.join(__dirname, 'examples');

const examples = ALL_RULES.flatMap(({ id }) => {
  const folder = path.join(EXAMPLES, id);
  return fs.existsSync(folder) ? fs.readdirSync(folder).map((file) => ({ id, file, place: path.join(folder, file) })) : [];
});

function judged(place: string) {
  const source = fs.readFileSync(place, 'utf8');
  const external = /^# external: (.*)$/m.exec(source)?.[1].split(', ');
  const manifests = yaml.loadAll(source).map((manifest) => ({ manifest }));
  return [...findingsIn(new ObjectSet(manifests, { external }), ALL_RULES)];
}

test.each(ALL_RULES)('$id has an example that complies and one that does not', ({ id }) => {
  const files = examples.filter((example) => example.id === id).map(({ file }) => file);
  expect(files.some((file) => file.startsWith('compliant'))).toBe(true);
  expect(files.some((file) => file.startsWith('violating'))).toBe(true);
});

test('every folder of examples is called after a rule', () => {
  expect(fs.readdirSync(EXAMPLES).filter((folder) => !ALL_RULES.some(({ id }) => id === folder))).toEqual([]);
});

describe.each(examples.filter(({ file }) => file.startsWith('compliant')))('$id/$file', ({ id, place }) => {
  test('the rule is silent, and no other rule finds an error or a warning', () => {
    expect(judged(place).filter(({ rule, severity }) => rule === id || severity !== 'info')).toEqual([]);
  });

  test('the rule has looked at it', () => {
    const rule = ALL_RULES.find((one) => one.id === id)!;
    const manifests = yaml.loadAll(fs.readFileSync(place, 'utf8')).map((manifest) => ({ manifest }));
    expect([...rule.judge(new ObjectSet(manifests))]).not.toEqual([]);
  });
});

describe.each(examples.filter(({ file }) => file.startsWith('violating')))('$id/$file', ({ id, place }) => {
  test('the rule says what is wrong, and no other rule finds an error or a warning', () => {
    const findings = judged(place).filter(({ rule, severity }) => rule === id || severity !== 'info');
    expect(findings.map(({ rule }) => rule)).toEqual(findings.map(() => id));
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
