import * as fc from 'fast-check';
import * as yaml from 'js-yaml';
import { KUBECTL_SCHEMA } from '../../src/check/reading/kubectl-schema';

const read = (text: string) => yaml.load(text, { schema: KUBECTL_SCHEMA });

const all = (words: readonly string[], value: unknown) => words.map((word): [string, unknown] => [word, value]);

test.each<[string, unknown]>([
  ...all(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'], true),
  ...all(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'], false),
  ...all(['null', 'Null', 'NULL', '~', ''], null),
  ['0x10', 16],
  ['1e3', 1000],
  ['.5', 0.5],
  ['-7', -7],
  ['2026-11-22', '2026-11-22'],
  ['20Gi', '20Gi'],
  ['oN', 'oN'],
  ['nil', 'nil'],
  ['!!str 2026', '2026'],
  ['!!str true', 'true'],
  ['!!int "5"', 5],
])('%s is read as kubectl reads it', (word, value) => {
  expect(read(`field: ${word}`)).toEqual({ field: value });
});

test('a word is a string, a number, a boolean or null, whatever letter it begins with', () => {
  // The same types without the short way for words that can only be strings.
  const bool = new yaml.Type('tag:yaml.org,2002:bool', {
    kind: 'scalar',
    resolve: (word: unknown) => /^(y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/.test(String(word)),
    construct: (word: string) => /^(y|on|true)/i.test(word),
  });
  const merge = new yaml.Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (word: unknown) => word === '<<' || word === null });
  const schema = yaml.CORE_SCHEMA.extend({ implicit: [bool, merge] });
  const word = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9.+_-]{1,8}$/),
    fc.constantFrom('true', 'null', 'on', 'Yes', '.inf', '.NaN', '0o7', '0b1', 'e5', 'infinity', 'TRUE', 'nO'),
  );
  fc.assert(
    fc.property(word, word, (key, value) => {
      const text = `? ${key}\n: ${value}\n`;
      expect(read(text)).toEqual(yaml.load(text, { schema }));
    }),
    { numRuns: 3000 },
  );
  expect(read('a: &a { x: 1 }\nb: { <<: *a, z: 2 }\n')).toEqual({ a: { x: 1 }, b: { x: 1, z: 2 } });
});
