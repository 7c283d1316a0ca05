import * as fs from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import * as yaml from 'js-yaml';
import { findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet } from '../../src/rules/object-set';

const EXAMPLES = path.join(__dirname, 'examples');

/** The examples of all rules; each is a set that at least one rule looks at closely. */
const sets = fs
  .readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file) => ({ file, text: fs.readFileSync(path.join(EXAMPLES, file), 'utf8') }));

const cyclic: unknown[] = [];
cyclic.push(cyclic, { self: cyclic });

const WRONG: readonly unknown[] = [
  null,
  undefined,
  true,
  7,
  -1.5,
  Number.NaN,
  '',
  ' ',
  'x',
  '*',
  '__proto__',
  [],
  {},
  [null],
  [[]],
  [{}],
  cyclic,
];

type Node = Record<string, unknown>;

/** Every field of some manifests, as the node that holds it and its key. */
function fieldsOf(root: unknown): [Node, string][] {
  if (root === null || typeof root !== 'object') return [];
  return Object.keys(root).flatMap((key) => [[root as Node, key] as [Node, string], ...fieldsOf((root as Node)[key])]);
}

function judge(manifests: readonly unknown[]): void {
  const set = new ObjectSet(manifests.map((manifest) => ({ manifest })));
  for (const { message, remediation } of findingsIn(set, ALL_RULES)) {
    if (/undefined|\[object/.test(message) || !remediation) throw new Error(`a message that says nothing: '${message}', '${remediation}'`);
  }
}

test.each(sets)('no rule throws when one field of $file has a wrong type', ({ text }) => {
  const manifests = yaml.loadAll(text);
  for (const [node, key] of fieldsOf(manifests)) {
    const right = node[key];
    for (const value of WRONG) {
      node[key] = value;
      judge(manifests);
    }
    node[key] = right;
  }
});

test('no rule throws when many fields have wrong types', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sets.map(({ text }) => text)),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(...WRONG)), { minLength: 2, maxLength: 8 }),
      (text, changes) => {
        const manifests = yaml.loadAll(text);
        const fields = fieldsOf(manifests);
        for (const [place, value] of changes) {
          const [node, key] = fields[place % fields.length];
          node[key] = value;
        }
        judge(manifests);
      },
    ),
    { numRuns: 500 },
  );
});

test('no rule throws on manifests that are anything at all', () => {
  fc.assert(fc.property(fc.array(fc.jsonValue()), judge));
});
