import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type CheckResult, checkReadings } from '../../src/check/check-result';
import { ManifestReader } from '../../src/check/reading/manifest-reader';
import { githubReport } from '../../src/check/reports/github';
import { jsonReport } from '../../src/check/reports/json';
import { junitReport } from '../../src/check/reports/junit';
import { sarifReport } from '../../src/check/reports/sarif';
import { textReport } from '../../src/check/reports/text';
import type { Severity } from '../../src/rules/rule';

const OPTIONS = { version: '1.2.3' };
const CLAIM = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: dev }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: csi-fast
  resources: { requests: { storage: 20Gi } }
  dataSourceRef: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, namespace: prod, name: mysql }
`;
const SUPPRESSED = CLAIM.replace(
  'namespace: dev',
  'namespace: dev, annotations: { cdk8s-snapshot-clone/skip.reference-not-granted: "granted by hand" }',
);

/** What the rule on grants finds: the other rules have tests of their own. */
function check(files: { readonly [file: string]: string }): CheckResult {
  const reader = new ManifestReader();
  for (const [file, text] of Object.entries(files)) reader.readText(text, file);
  const result = checkReadings(reader);
  const findings = result.findings.filter(({ rule }) => rule === 'reference-not-granted');
  const suppressed = result.suppressed.filter(({ rule }) => rule === 'reference-not-granted');
  return { ...result, findings, suppressed, summary: { ...result.summary, errors: findings.length, warnings: 0, infos: 0 } };
}

const found = check({ 'b/claim.yaml': CLAIM, 'a.yaml': CLAIM, 'c, d.yaml': SUPPRESSED, 'bad.yaml': `${CLAIM}kind: x` });
const clean = check({ 'a.yaml': 'kind: ConfigMap\n' });

/** A result whose every text is anything. */
const anyResult = fc
  .record({
    text: fc.string({ unit: 'binary', maxLength: 30 }),
    file: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    line: fc.integer({ min: 1, max: 1e6 }),
  })
  .map(({ text, file, line }): CheckResult => {
    const finding = {
      ...found.findings[0]!,
      file,
      line,
      message: `m${text}`,
      remediation: `r${text}`,
      object: { apiVersion: 'v1', kind: text, namespace: text, name: text },
    };
    return {
      ...found,
      findings: [finding],
      suppressed: [{ ...finding, reason: `w${text}` }],
      problems: [{ file, line, message: `p${text}` }],
      notices: [{ file, line, message: `n${text}` }],
    };
  });

test('every report goes by file and line; findings of one line have the worst first, and equals stay as the rules found them', () => {
  const [one] = found.findings;
  const of = (file: string, line: number, severity: Severity, message: string) => ({ ...one!, file, line, severity, message });
  const findings = [
    of('b.yaml', 1, 'info', 'sixth'),
    of('a.yaml', 2, 'warning', 'third'),
    of('a.yaml', 2, 'info', 'fourth'),
    of('a.yaml', 2, 'error', 'second'),
    of('a.yaml', 1, 'info', 'first'),
    of('a.yaml', 2, 'info', 'fifth'),
  ];
  const result = { ...clean, findings };
  for (const report of [textReport, jsonReport, junitReport, githubReport, sarifReport]) {
    const order = report(result, OPTIONS).match(/first|second|third|fourth|fifth|sixth/g)!;
    expect([...new Set(order)]).toEqual(['first', 'second', 'third', 'fourth', 'fifth', 'sixth']);
  }
});

describe('text', () => {
  test('is grouped by file and object, and ends with a sum', () => {
    expect(textReport(found, OPTIONS)).toMatchSnapshot();
    expect(textReport(clean, OPTIONS)).toBe('1 document (1 skipped), 0 claims, 0 references: 0 errors, 0 warnings\n');
  });

  test('is coloured only when asked, and says the same', () => {
    const coloured = textReport(found, { ...OPTIONS, colour: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them.
    const colours = /\u001b\[\d+m/g;
    expect(coloured).toMatch(colours);
    expect(coloured.replace(colours, '')).toBe(textReport(found, OPTIONS));
  });

  test('no name in a manifest reaches the terminal as a command', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
        expect(textReport(result, OPTIONS)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});

describe('json', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '..', '..', 'schemas', 'check-report.schema.json'), 'utf8'));
  const validate = new Ajv({ strict: true, strictRequired: false, allErrors: true }).compile(schema);

  test('is what its schema says', () => {
    for (const result of [found, clean]) {
      validate(JSON.parse(jsonReport(result, OPTIONS)));
      expect(validate.errors).toBeNull();
    }
    fc.assert(fc.property(anyResult, (result) => validate(JSON.parse(jsonReport(result, OPTIONS)))));
  });

  test('the schema refuses what is no report', () => {
    const report = JSON.parse(jsonReport(found, OPTIONS));
    expect(validate({ ...report, summary: {} })).toBe(false);
    expect(validate({ ...report, findings: [{ ...report.findings[0], severity: 'bad' }] })).toBe(false);
    expect(validate({ ...report, suppressed: report.findings })).toBe(false);
  });

  test('holds the contract: findings with object, file and line, suppressed ones with their reason', () => {
    const report = JSON.parse(jsonReport(found, OPTIONS));
    expect(report.summary).toEqual({
      documents: 4,
      skipped: 0,
      claims: 3,
      references: 3,
      errors: 2,
      warnings: 0,
      infos: 0,
      suppressed: expect.any(Number),
    });
    expect(report.findings.map(({ file }: { file: string }) => file)).toEqual(['a.yaml', 'b/claim.yaml']);
    expect(report.findings[0]).toEqual({
      rule: 'reference-not-granted',
      severity: 'error',
      object: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'dev', name: 'data' },
      file: 'a.yaml',
      line: 8,
      message: expect.stringContaining("isn't allowed"),
      remediation: expect.any(String),
    });
    expect(report.suppressed).toEqual([expect.objectContaining({ file: 'c, d.yaml', reason: 'granted by hand' })]);
    expect(report.problems).toEqual([{ file: 'bad.yaml', line: 9, message: 'is not valid YAML: duplicated mapping key' }]);
  });
});

describe('junit', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => name === 'testcase',
    htmlEntities: true,
    trimValues: false,
  });

  test('an independent parser reads back what was found', () => {
    const { testsuites } = parser.parse(junitReport(found, OPTIONS));
    expect(testsuites).toMatchObject({ tests: '4', failures: '2', errors: '1', skipped: '1' });
    const cases = testsuites.testsuite.testcase;
    expect(cases.map(({ file, line }: { file: string; line: string }) => `${file}:${line}`)).toEqual([
      'a.yaml:8',
      'b/claim.yaml:8',
      'c, d.yaml:8',
      'bad.yaml:9',
    ]);
    expect(cases[0].failure).toMatchObject({ message: found.findings[0]!.message, type: 'error: reference-not-granted' });
    expect(cases[2].skipped).toEqual({ message: 'granted by hand' });
    expect(cases[3].error.message).toBe('is not valid YAML: duplicated mapping key');
  });

  test('a clean check has one test, which passed', () => {
    const { testsuites } = parser.parse(junitReport(clean, OPTIONS));
    expect(testsuites.testsuite.testcase).toEqual([{ classname: 'snapshot-clone', name: '0 claims, 0 references' }]);
  });

  test('is XML whatever the texts are', () => {
    fc.assert(fc.property(anyResult, (result) => expect(XMLValidator.validate(junitReport(result, OPTIONS))).toBe(true)));
  });
});

describe('github', () => {
  test('each finding is one line, with its place, and nothing in it ends the line or opens another command', () => {
    expect(githubReport(found, OPTIONS)).toMatchSnapshot();
    fc.assert(
      fc.property(anyResult, (result) => {
        const lines = githubReport(result, OPTIONS)
          .trimEnd()
          .split(/[\r\n]+/);
        expect(lines).toHaveLength(3);
        for (const line of lines) expect(line).toMatch(/^::(?:error|notice) file=[^,:]+,line=\d+,title=[^,:]+::/u);
      }),
    );
  });
});

describe('sarif', () => {
  test('has a run with the rules, the results and their places', () => {
    const log = JSON.parse(sarifReport(found, OPTIONS));
    expect(log).toMatchSnapshot();
  });

  test('rule indexes lead to the rules, and addresses of files are addresses', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        const { runs } = JSON.parse(sarifReport(result, OPTIONS));
        for (const { ruleId, ruleIndex, locations } of runs[0].results) {
          expect(runs[0].tool.driver.rules[ruleIndex].id).toBe(ruleId);
          expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[A-Za-z0-9%/_.!~*'()-]+$/);
        }
      }),
    );
  });
});
