import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import Ajv from 'ajv';
import type { Log, Notification, PhysicalLocation } from 'sarif';
import { ALL_RULES } from '../../../src/rules/all-rules';
import { EXAMPLES, examplesOf } from '../../rules/rule-examples';
import { schemaModuleFile } from '../tools/go-module-files';

/*
 * No npm package carries the schema that OASIS publishes, and none of ours is a proof. A Go module does, for tests of its own; needed are Go and
 * its proxy, and no cluster.
 */
const COMMAND = resolve(__dirname, '..', '..', '..', 'lib', 'cli', 'snapshot-clone.js');
const published = JSON.parse(
  readFileSync(schemaModuleFile('github.com/securego/gosec/v2', 'report', 'sarif', 'testdata', 'sarif-schema-2.1.0.json'), 'utf8'),
);
const validate = validator();
const folder = mkdtempSync(join(tmpdir(), 'snapshot-clone-sarif-'));
const compliant = example('reference-not-granted', 'compliant.yaml');
const violating = example('reference-not-granted', 'violating-other-namespace.yaml');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The schema is of draft 4, which calls its own address `id`; nothing else in it means another thing in draft 7, which is what Ajv reads. */
function validator() {
  const { $schema, id, ...rest } = published;
  expect($schema).toBe('http://json-schema.org/draft-04/schema#');
  const formats = { uri: isUri, 'uri-reference': isUriReference, 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) };
  return new Ajv({ allErrors: true, strictTypes: false, formats }).compile({ $id: id, ...rest });
}

/** By the characters of RFC 3986: a parser of URLs would mend what is wrong. */
function isUriReference(text: string): boolean {
  return /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9A-F]{2})*$/i.test(text) && URL.canParse(text, 'file:///');
}

function isUri(text: string): boolean {
  return isUriReference(text) && URL.canParse(text);
}

/** What the command writes about these paths, which has to be valid. */
function reportOn(paths: readonly string[], ...options: readonly string[]): Log {
  const words = [COMMAND, 'check', '--format', 'sarif', ...options, ...paths];
  const { stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8', input: '', maxBuffer: 1 << 26 });
  const log = JSON.parse(stdout);
  validate(log);
  expect(validate.errors).toBeNull();
  return log;
}

function example(rule: string, file: string): string {
  return join(EXAMPLES, rule, file);
}

function put(file: string, content: string | Buffer): string {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
  return file;
}

/** A set whose claim has one rule to be skipped. */
function annotated(file: string, rule: string, reason: string): string {
  const annotations = JSON.stringify({ [`cdk8s-snapshot-clone/skip.${rule}`]: reason });
  return readFileSync(file, 'utf8').replace(/{ name: data, namespace: dev(?= })/, `$&, annotations: ${annotations}`);
}

function rulesIn({ runs }: Log): (string | undefined)[] {
  return runs[0].results!.map(({ ruleId }) => ruleId);
}

function notificationsIn({ runs }: Log): Notification[] {
  return runs[0].invocations![0].toolExecutionNotifications!;
}

/** The files that an address leads to. */
function fileOf(location: { readonly physicalLocation?: PhysicalLocation }): string {
  return decodeURIComponent(location.physicalLocation!.artifactLocation!.uri!);
}

test('the schema is of the version that a report says it has, and of the address that it names', () => {
  const { $schema, version } = reportOn([compliant]);
  expect({ title: published.title, versions: published.properties.version.enum, address: published.id }).toEqual({
    title: `Static Analysis Results Format (SARIF) Version ${version} JSON Schema`,
    versions: [version],
    address: $schema,
  });
});

describe('a report is what the schema says', () => {
  test('when nothing is found', () => {
    const log = reportOn([compliant], '--skip', 'guard-not-in-set');
    expect({ rules: rulesIn(log), said: notificationsIn(log) }).toEqual({ rules: [], said: [] });
  });

  test.each(ALL_RULES.map(({ id }) => id))('about what violates %s', (id) => {
    for (const { file, source } of examplesOf(id).filter((each) => each.file.startsWith('violating'))) {
      const external = /^# external: (.*)$/m.exec(source)?.[1].split(', ') ?? [];
      expect(rulesIn(reportOn([example(id, file)], ...external.map((namespace) => `--external=${namespace}`)))).toContain(id);
    }
  });

  test('about all of that at once', () => {
    expect(new Set(rulesIn(reportOn([EXAMPLES]))).size).toBeGreaterThan(ALL_RULES.length / 2);
  });

  test('with findings that are suppressed', () => {
    const reason = 'by hand: "ticket" <4711> ä\\';
    const { results } = reportOn([put('suppressed.yaml', annotated(violating, 'reference-not-granted', reason))]).runs[0];
    expect(results!.filter(({ suppressions }) => suppressions)).toMatchObject([
      { ruleId: 'reference-not-granted', suppressions: [{ kind: 'inSource', justification: reason }] },
    ]);
  });

  test('with notices and problems, in files and without', () => {
    const paths = [
      put('annotated.yaml', annotated(compliant, 'no-such-rule', 'why')),
      put('torn.yaml', `${readFileSync(compliant, 'utf8')}\nkind: again\n`),
      put('binary.yaml', Buffer.from([0, 1, 2])),
      'no such file.yaml',
      put('overlay, ä/kustomization.yaml', ''),
    ];
    const said = notificationsIn(reportOn(paths)).map(({ level, locations }) => `${level} ${locations!.map(fileOf)}`);
    expect(said.sort()).toEqual([
      'error binary.yaml',
      'error no such file.yaml',
      'error torn.yaml',
      'note annotated.yaml',
      'note overlay, ä/kustomization.yaml',
    ]);
    expect(notificationsIn(reportOn(['-'])).map(({ message }) => message.text)).toEqual([expect.stringContaining('nothing to check')]);
  });

  test('whatever the files are called', () => {
    const names = [
      'a b.yaml',
      'äöü ß 漢字 😀.yaml',
      '100%.yaml',
      '%41.yaml',
      'what?#[1].yaml',
      'c:d/e\\f.yaml',
      "it's (1)!*&.yaml",
      ' "<>|^`{}.yaml',
    ];
    for (const name of names) put(join('names', name), readFileSync(violating, 'utf8'));
    const results = reportOn(['names']).runs[0].results!.filter(({ ruleId }) => ruleId === 'reference-not-granted');
    expect(results.map(({ locations }) => fileOf(locations![0])).sort()).toEqual(names.map((name) => join('names', name)).sort());
  });
});

describe('the schema refuses', () => {
  const log = () => JSON.parse(JSON.stringify(reportOn([violating])));

  test('a report without its version', () => {
    const { version, ...rest } = log();
    expect([version, validate(rest)]).toEqual(['2.1.0', false]);
  });

  test.each<[string, (report: Log) => void]>([
    ['a level that there is not', ({ runs }) => Object.assign(runs[0].results![0], { level: 'info' })],
    ['another version', (report) => Object.assign(report, { version: '2.2.0' })],
    ['a result without a message', ({ runs }) => Reflect.deleteProperty(runs[0].results![0], 'message')],
    ['a field that it does not know', ({ runs }) => Object.assign(runs[0], { rules: [] })],
    [
      'an address with a space in it',
      ({ runs }) => Object.assign(runs[0].results![0].locations![0].physicalLocation!.artifactLocation!, { uri: 'a b.yaml' }),
    ],
  ])('%s', (_, spoil) => {
    const report = log();
    spoil(report);
    expect(validate(report)).toBe(false);
  });
});
