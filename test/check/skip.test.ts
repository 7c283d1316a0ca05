import * as fc from 'fast-check';
import * as yaml from 'js-yaml';
import { ByteStream } from '../../src/check/reading/byte-stream';
import { KUBECTL_SCHEMA } from '../../src/check/reading/kubectl-schema';
import { PassingLines } from '../../src/check/reading/line-index';
import { ManifestReader } from '../../src/check/reading/manifest-reader';
import { RELEVANT_WORDS } from '../../src/rules/relevant';

// A skipped document is a promise that no rule would have looked at it. A parser that skips nothing keeps the promise honest.

const relevantKinds = ['PersistentVolumeClaim', 'VolumeSnapshot', 'ReferenceGrant', 'StorageClass', 'VolumeSnapshotContent', 'Application'];
const kind = fc.oneof(fc.constantFrom(...relevantKinds), fc.constantFrom('ConfigMap', 'Service', 'Deployment'));
const word = fc.constantFrom('dev', 'on', '# no comment', 'a: b', '---', '...', '%TAG', 'it\'s "quoted"', 'C:\\x', '', '\u00e4', '{{ x }}');

/** One string as YAML may spell it: plain, quoted, with escapes for some letters, over two lines, by a tag. */
const spelling = fc.constantFrom('plain', 'single', 'double', 'hex', 'short', 'long', 'folded', 'tagged', 'anchored');
function spell(text: string, how: string, at: number): string {
  const place = at % text.length;
  const [before, letter, after] = [text.slice(0, place), text[place]!, text.slice(place + 1)];
  const code = letter.charCodeAt(0).toString(16);
  switch (how) {
    case 'single':
      return `'${text}'`;
    case 'double':
      return `"${text}"`;
    case 'hex':
      return `"${before}\\x${code.padStart(2, '0')}${after}"`;
    case 'short':
      return `"${before}\\u${code.padStart(4, '0')}${after}"`;
    case 'long':
      return `"${before}\\U${code.padStart(8, '0')}${after}"`;
    case 'folded':
      return `"${before}\\\n   ${letter}${after}"`;
    case 'tagged':
      return `!!str ${text}`;
    case 'anchored':
      return `&kind ${text}`;
    default:
      return text;
  }
}

const document = fc
  .record({
    kind,
    how: spelling,
    at: fc.nat(30),
    name: fc.constantFrom('a', 'b'),
    value: word,
    style: fc.constantFrom('block', 'flow', 'json', 'merge'),
  })
  .map(({ kind, how, at, name, value, style }) => {
    const spelt = spell(kind, how, at);
    const quoted = JSON.stringify(value);
    if (style === 'flow') return `{apiVersion: x/v1, kind: ${spelt}, metadata: {name: ${name}}, value: ${quoted}}\n`;
    if (style === 'merge')
      return `defaults: &all {kind: ${spelt}}\n<<: *all\napiVersion: x/v1\nmetadata: {name: ${name}}\nvalue: ${quoted}\n`;
    if (style === 'json') {
      const json = JSON.stringify({ apiVersion: 'x/v1', kind, metadata: { name }, value }, null, at % 3);
      return `${json.replace(kind[at % kind.length]!, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
    }
    return `apiVersion: x/v1\nkind: ${spelt}\nmetadata:\n  name: ${name}\nvalue: ${quoted}\ntext: |\n  --- no separator\n  ${value.replace(/\n/g, ' ')}\n`;
  });
const separator = fc.constantFrom(
  '---\n',
  '--- \n',
  '---\t\n',
  '--- # a comment\n',
  '...\n---\n',
  '---\n# only a comment\n---\n',
  '---\n---\n',
);
const ending = fc.constantFrom('', '...\n', '---\n', '# end\n', '\n\n');

const stream = fc.record({
  documents: fc.array(fc.tuple(document, separator), { minLength: 1, maxLength: 6 }),
  opening: fc.constantFrom('', '---\n', '# first\n', '%YAML 1.2\n---\n', '\n\n'),
  ending,
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  mark: fc.constantFrom('', '\ufeff'),
  encoding: fc.constantFrom('utf8', 'utf16le', 'utf16be'),
  chunk: fc.integer({ min: 1, max: 200 }),
});

function bytesOf(text: string, encoding: string): Buffer {
  if (encoding === 'utf8') return Buffer.from(text);
  const little = Buffer.from(text, 'utf16le');
  return encoding === 'utf16le' ? little : little.swap16();
}

function readInPieces(bytes: Buffer, size: number): ManifestReader {
  const reader = new ManifestReader();
  const into = new ByteStream(reader, 'stream.yaml', new PassingLines());
  for (let at = 0; at < bytes.length; at += size) into.push(bytes.subarray(at, at + size));
  into.end();
  return reader;
}

/** What of a text can be parsed: all of it, or else each document that can be parsed on its own. */
function parsable(text: string): unknown[] {
  try {
    return yaml.loadAll(text, null, { schema: KUBECTL_SCHEMA });
  } catch {
    return text.split(/^(?=---(?:\s|$))/m).flatMap((one) => {
      try {
        return yaml.loadAll(one, null, { schema: KUBECTL_SCHEMA });
      } catch {
        return [];
      }
    });
  }
}

function isRelevant(manifest: unknown): boolean {
  // The letter of an escape is none of the text: a tab before `orageClass` is no `torageClass`.
  const text = (JSON.stringify(manifest) ?? '').replace(/\\u[0-9a-f]{4}|\\./g, ' ');
  return RELEVANT_WORDS.some((one) => text.includes(one));
}

test('a full parser finds no relevant document among the skipped, and counts as many documents', () => {
  let skipped = 0;
  let relevant = 0;
  fc.assert(
    fc.property(stream, ({ documents, opening, ending, lineEnd, mark, encoding, chunk }) => {
      const [last] = documents.at(-1)!;
      const text = mark + opening + documents.slice(0, -1).flat().join('') + last + ending;
      const asWritten = encoding === 'utf8' ? text : `\ufeff${text.replace(/^\ufeff/, '')}`;
      const broken = asWritten.replace(/\n/g, lineEnd);
      const everything = yaml.loadAll(broken, null, { schema: KUBECTL_SCHEMA }).filter((one) => one !== null && one !== undefined);
      const reader = readInPieces(bytesOf(broken, encoding), chunk);
      expect(reader.problems).toEqual([]);
      const read = reader.manifests.map(({ manifest }) => manifest);
      expect(read.filter(isRelevant)).toEqual(everything.filter(isRelevant));
      expect(reader.documents).toBe(everything.length);
      expect(reader.manifests.length + reader.skipped).toBe(reader.documents);
      skipped += reader.skipped;
      relevant += read.filter(isRelevant).length;
    }),
    { numRuns: 2000 },
  );
  // The test would be empty if nothing were skipped, or nothing mattered.
  expect(skipped).toBeGreaterThan(100);
  expect(relevant).toBeGreaterThan(1000);
});

test('a document that was torn or changed is read, or is a problem; it does not pass for irrelevant', () => {
  const change = fc.record({
    at: fc.nat(2000),
    take: fc.nat(20),
    put: fc.oneof(fc.constantFrom('\t', '"', '\\', '{', '&a ', '*a', '---\n', '\n', '\ufeff', ': '), fc.string({ maxLength: 5 })),
  });
  fc.assert(
    fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), fc.array(change, { maxLength: 4 }), (documents, changes) => {
      let text = documents.join('---\n');
      for (const { at, take, put } of changes) {
        const place = at % (text.length + 1);
        text = text.slice(0, place) + put + text.slice(place + take);
      }
      const reader = readInPieces(Buffer.from(text), 4096);
      if (reader.problems.length > 0) return;
      const everything = parsable(Buffer.from(text).toString());
      expect(reader.manifests.map(({ manifest }) => manifest).filter(isRelevant)).toEqual(everything.filter(isRelevant));
    }),
    { numRuns: 3000 },
  );
});
