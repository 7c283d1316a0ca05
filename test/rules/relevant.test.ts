import * as fs from 'node:fs';
import * as path from 'node:path';
import * as yaml from 'js-yaml';
import { findingsIn } from '../../src/check/finding';
import { ManifestReader } from '../../src/check/reading/manifest-reader';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet } from '../../src/rules/object-set';
import { MENTIONING_KINDS, RELEVANT_WORDS } from '../../src/rules/relevant';

const EXAMPLES = path.join(__dirname, 'examples');
const examples = fs.readdirSync(EXAMPLES, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const sources = examples.map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));

function findings(text: string) {
  const reader = new ManifestReader();
  reader.readText(text, 'set.yaml');
  expect(reader.problems).toEqual([]);
  return { skipped: reader.skipped, findings: withoutLines(findingsIn(new ObjectSet(reader.manifests), ALL_RULES)) };
}

function withoutLines(all: Iterable<object>): object[] {
  return [...all].map((finding) => ({
    ...finding,
    file: undefined,
    line: undefined,
    // Only what was read from a file can name another place in it.
    message: 'message' in finding ? String(finding.message).replace(/(set\.yaml:\d+|an earlier manifest)/, 'PLACE') : undefined,
  }));
}

test('every kind that a rule asks for has a relevant word in its name, or is said to matter only where it mentions one', () => {
  const asked = new Set<string>();
  class Listening extends ObjectSet {
    public override ofKind(group: string, kind: string) {
      asked.add(`${group}/${kind}`);
      return super.ofKind(group, kind);
    }
  }
  for (const source of sources) {
    const set = new Listening(yaml.loadAll(source).map((manifest) => ({ manifest })));
    for (const rule of ALL_RULES) rule.judge(set, () => {});
  }
  expect(asked.size).toBeGreaterThan(0);
  expect(
    [...asked].filter(
      (kind) => !MENTIONING_KINDS.some((one) => kind.endsWith(`/${one}`)) && !RELEVANT_WORDS.some((word) => kind.includes(word)),
    ),
  ).toEqual([]);
});

test('the rules find the same whether irrelevant documents are skipped or parsed', () => {
  for (const source of sources) {
    const all = yaml.loadAll(source).map((manifest) => ({ manifest }));
    expect(findings(source).findings).toEqual(withoutLines(findingsIn(new ObjectSet(all), ALL_RULES)));
  }
});

test('objects that no rule reads change no finding, in whatever namespace they are', () => {
  for (const source of sources) {
    const namespaces = new Set(['default', ...[...source.matchAll(/namespace: ([a-z0-9-]+)/g)].map(([, name]) => name!)]);
    const others = [...namespaces].map((namespace) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other', namespace } }));
    const more = [source, ...others.map((object) => yaml.dump(object))].join('\n---\n');
    expect(findings(more)).toEqual({ ...findings(source), skipped: findings(source).skipped + others.length });
    const parsed = yaml.loadAll(more).map((manifest) => ({ manifest }));
    expect(findings(source).findings).toEqual(withoutLines(findingsIn(new ObjectSet(parsed), ALL_RULES)));
  }
});

test.each(RELEVANT_WORDS)('the word %s can be written in one way only without a backslash or a tag', (word) => {
  expect(word).toMatch(/^[A-Za-z0-9.-]+$/);
});
