import * as fc from 'fast-check';
import { ByteStream } from '../../src/check/reading/byte-stream';
import { PassingLines } from '../../src/check/reading/line-index';
import { ManifestReader } from '../../src/check/reading/manifest-reader';
import { parse } from '../../src/check/reading/parse';
import { cut } from '../../src/check/reading/stretches';

// Documents that follow each other are parsed at once. Nobody must notice.

const claim = (name: string) => `kind: PersistentVolumeClaim\napiVersion: v1\nmetadata:\n  name: ${name}\n`;

const document = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c').map(claim) },
  fc.constantFrom(
    // Left open, so that what follows could be taken for its end.
    'kind: "PersistentVolumeClaim\n',
    "kind: 'PersistentVolumeClaim\n",
    'kind: [PersistentVolumeClaim,\n',
    '{kind: PersistentVolumeClaim,\n',
    'kind: PersistentVolumeClaim\ntext: |\n',
    'kind: PersistentVolumeClaim\ntext: >-\n  folded\n\n',
    '? PersistentVolumeClaim\n',
    // Closes what was not opened.
    'kind: PersistentVolumeClaim"\n',
    '] # PersistentVolumeClaim\n',
    '}\nkind: PersistentVolumeClaim\n',
    // What a document must not have from another.
    'kind: &kind PersistentVolumeClaim\napiVersion: v1\n',
    'kind: *kind # PersistentVolumeClaim\napiVersion: v1\n',
    // Two, one or none where one is expected.
    `${claim('d')}...\n${claim('e')}`,
    '# PersistentVolumeClaim\n',
    '...\n# PersistentVolumeClaim\n',
    '',
    'null # PersistentVolumeClaim\n',
    'PersistentVolumeClaim\n',
    // Wrong by itself.
    'kind: PersistentVolumeClaim\nkind: PersistentVolumeClaim\n',
    '\tkind: PersistentVolumeClaim\n',
    'kind: PersistentVolumeClaim\nname: {{ .Values.name }}\n',
    'kind: PersistentVolumeClaim\nname: \u0085x\n',
    'kind: PersistentVolumeClaim\nname: \u00e4\n',
    'apiVersion: v1\nkind: 7\nspec: PersistentVolumeClaim\n',
  ),
);

const set = fc.record({
  opening: fc.constantFrom('', '---\n', '%YAML 1.2\n---\n', '\ufeff'),
  documents: fc.array(document, { minLength: 1, maxLength: 40 }),
  separator: fc.constantFrom('---\n', '--- # next\n'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
});

/** What a reader holds, and on which lines. */
function held({ manifests, problems, documents, skipped }: ManifestReader): unknown {
  return { manifests: manifests.map(({ manifest, origin }) => [manifest, origin?.line]), problems, documents, skipped };
}

function readAlone(text: string): ManifestReader {
  const reader = new ManifestReader();
  cut(text, {
    relevant: (start, end) => {
      const firstLine = () => text.slice(0, start).split('\n').length;
      reader.take(parse(text.slice(start, end), { file: 'in.yaml', firstLine }), 'in.yaml');
    },
    irrelevant: (documents) => reader.skip(documents),
  });
  return reader;
}

function readAsBytes(text: string): ManifestReader {
  const reader = new ManifestReader();
  const stream = new ByteStream(reader, 'in.yaml', new PassingLines());
  stream.push(Buffer.from(text));
  stream.end();
  return reader;
}

test('documents that are parsed at once are what they are alone, lines and mistakes included', () => {
  let broken = 0;
  let whole = 0;
  fc.assert(
    fc.property(set, ({ opening, documents, separator, lineEnd }) => {
      const text = (opening + documents.join(separator)).replace(/\n/g, lineEnd);
      const alone = readAlone(text);
      const together = new ManifestReader();
      together.readText(text, 'in.yaml');
      expect(held(together)).toEqual(held(alone));
      expect(held(readAsBytes(text))).toEqual(held(alone));
      broken += alone.problems.length;
      whole += alone.manifests.length;
    }),
    { numRuns: 1000 },
  );
  expect(broken).toBeGreaterThan(100);
  expect(whole).toBeGreaterThan(1000);
});

test('carriage returns that end no line move no line of what follows', () => {
  const text = `---\n${claim('a').replace(/\n/g, '\r\r\n')}---\n${claim('b')}spec: {}\n`;
  const reader = readAsBytes(text);
  const lineOf = (node: unknown) => reader.manifests[1]!.origin?.lineOf?.(node);
  expect(lineOf((reader.manifests[1]!.manifest as { spec: unknown }).spec)).toBe(text.split('\n').indexOf('spec: {}') + 1);
});

test('what the aliases of a document come to does not depend on what stands beside it', () => {
  const bomb = `kind: PersistentVolumeClaim\na: &a [${'1,'.repeat(1500)}]\nb: [${'*a,'.repeat(1500)}]\n`;
  const large = `kind: PersistentVolumeClaim\ntext: ${'x'.repeat(4_000_000)}\n`;
  expect(readAsBytes(`${large}---\n${bomb}`).problems.map(({ message }) => message)).toEqual([
    'says kind: PersistentVolumeClaim, but names no apiVersion',
    'has more than 1000000 values when its aliases are followed',
  ]);
});

test('a document that is nothing but a tag is told beside others as it is alone', () => {
  expect(readAsBytes(`${claim('a')}...\n!PersistentVolumeClaim \n---\n${claim('b')}`).problems).toHaveLength(1);
});

test('in a text of which a part is no UTF-8 only that part is not read', () => {
  const reader = new ManifestReader();
  const stream = new ByteStream(reader, 'in.yaml', new PassingLines());
  const [before, after] = [claim('a'), claim('b')];
  stream.push(
    Buffer.concat([
      Buffer.from(`${before}---\n${claim('\u00e4')}---\nname: PersistentVolumeClaim `),
      Buffer.from([0xff]),
      Buffer.from(`\n---\n${after}`),
    ]),
  );
  stream.end();
  expect(reader.problems).toEqual([{ file: 'in.yaml', line: 10, message: 'holds a document that is not UTF-8' }]);
  expect(reader.manifests.map(({ manifest }) => (manifest as { metadata: { name: string } }).metadata.name)).toEqual(['a', '\u00e4', 'b']);
});
