import { checkReadings } from '../../src/check/check-result';
import { ByteStream } from '../../src/check/reading/byte-stream';
import { PassingLines } from '../../src/check/reading/line-index';
import { ManifestReader } from '../../src/check/reading/manifest-reader';
import { MAX_DOCUMENT_BYTES } from '../../src/check/reading/parse';
import { VARIABLE } from '../../src/rules/shape';

function readBytes(...pieces: Buffer[]): ManifestReader {
  const reader = new ManifestReader();
  const stream = new ByteStream(reader, 'in.yaml', new PassingLines());
  for (const piece of pieces) stream.push(piece);
  stream.end();
  return reader;
}

function problems(text: string): string[] {
  const { problems } = checkReadings(readBytes(Buffer.from(text)));
  return problems.map(({ file, line, message }) => `${file}:${line ?? ''} ${message}`);
}

function wrongTypes(text: string): string[] {
  const { findings, problems } = checkReadings(readBytes(Buffer.from(text)));
  expect(problems).toEqual([]);
  return findings
    .filter(({ rule, severity }) => rule === 'wrong-type' && severity === 'error')
    .map(({ file, line, message }) => `${file}:${line ?? ''} ${message}`);
}

const CLAIM = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: disk, namespace: dev }\n';

test.each([
  [
    'a truncated document',
    `${CLAIM}spec: { accessModes: [ReadWriteOnce`,
    'in.yaml:4 is not valid YAML: unexpected end of the stream within a flow collection',
  ],
  [
    'a tab as indentation',
    `${CLAIM}spec:\n\tvolumeName: x\n`,
    'in.yaml:5 is not valid YAML: tab characters must not be used in indentation',
  ],
  [
    'one JSON document after the other',
    '{"apiVersion":"v1","kind":"PersistentVolumeClaim"}\n{"apiVersion":"v1","kind":"PersistentVolumeClaim"}\n',
    'in.yaml:2 is not valid YAML: end of the stream or a document separator is expected; put --- between JSON documents, or make a List of them',
  ],
  ['a duplicate key', `${CLAIM}kind: ConfigMap\n`, 'in.yaml:4 is not valid YAML: duplicated mapping key'],
  ['an unknown tag', `${CLAIM}spec: !Ref x\n`, 'in.yaml:4 is not valid YAML: unknown tag !<!Ref>'],
  [
    'text in base64',
    'apiVersion: v1\nkind: !!binary UGVyc2lzdGVudFZvbHVtZUNsYWlt\n',
    'in.yaml:2 is not valid YAML: unknown tag !<tag:yaml.org,2002:binary>',
  ],
  ['an alias to itself', `${CLAIM}spec: &spec { dataSource: *spec }\n`, 'in.yaml:1 refers to itself by an alias'],
  ['deep nesting', `${CLAIM}spec: ${'['.repeat(100_000)}\n`, 'in.yaml:4 is not valid YAML: nesting exceeded maxDepth (100)'],
  [
    'a line separator that is one for kubectl only',
    `${CLAIM}# x\u2028spec: {}\n`,
    'in.yaml:4 holds the character U+2028 unescaped, which kubectl and others read differently; take it out, or escape it',
  ],
  [
    'an unrendered value',
    `${CLAIM}spec: { volumeName: {{ .Values.name }} }\n`,
    'in.yaml:4 holds a template, {{ ... }}; render it first, as in: helm template CHART | snapshot-clone check -',
  ],
  [
    'an unrendered block',
    `${CLAIM}{{- if .Values.on }}\nspec: {}\n{{- end }}\n`,
    'in.yaml:4 is not valid YAML: it holds a template, {{ ... }}; render it first, as in: helm template CHART | snapshot-clone check -',
  ],
  [
    'an unrendered name in quotes',
    CLAIM.replace('disk', '"{{ .Release.Name }}"'),
    "in.yaml:3 metadata.name of PersistentVolumeClaim dev/{{ .Release.Name }} is '{{ .Release.Name }}', a template; render it first, as in: helm template CHART | snapshot-clone check -",
  ],
  [
    'a kind that is none',
    'apiVersion: snapshot.storage.k8s.io/v1\nkind: [VolumeSnapshot]\n',
    'in.yaml:1 says apiVersion: snapshot.storage.k8s.io/v1, but its kind is no string',
  ],
  [
    'a variable that nobody has replaced',
    CLAIM.replace('dev', `"${VARIABLE}NS}"`),
    `in.yaml:3 metadata.namespace of PersistentVolumeClaim ${VARIABLE}NS}/disk is '${VARIABLE}NS}', a variable; replace it first, as in: envsubst <FILE | snapshot-clone check -`,
  ],
  [
    'a kind that is a template, of what names a data source and nothing else that is known',
    'apiVersion: v1\nkind: {{ .Values.kind }}\nspec: { dataSourceRef: { name: x } }\n',
    'in.yaml:2 holds a template, {{ ... }}; render it first, as in: helm template CHART | snapshot-clone check -',
  ],
  ['a claim without a kind', 'apiVersion: v1\nspec: { storageClassName: x }\n', 'in.yaml:1 says apiVersion: v1, but names no kind'],
  ['a kind without a version', 'kind: PersistentVolumeClaim\n', 'in.yaml:1 says kind: PersistentVolumeClaim, but names no apiVersion'],
  [
    'metadata and a spec without a kind and a version',
    'Kind: PersistentVolumeClaim\nApiVersion: v1\nmetadata: {}\nspec: {}\n',
    'in.yaml:1 has metadata and a spec, but names neither apiVersion nor kind',
  ],
  [
    'a list without a kind',
    'apiVersion: v1\nitems: [{ kind: PersistentVolumeClaim }]\n',
    'in.yaml:1 says apiVersion: v1, but names no kind',
  ],
  [
    'a list with a small letter',
    'apiVersion: v1\nkind: list\nitems: [{ kind: PersistentVolumeClaim }]\n',
    'in.yaml:1 says kind: list, but must say kind: List',
  ],
  [
    'a List under another name than items',
    'apiVersion: v1\nkind: List\nItems: [{ kind: PersistentVolumeClaim }]\n',
    'in.yaml:1 says kind: List, but has no items',
  ],
  [
    'an item of a List without a version',
    'apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: Service }, { kind: PersistentVolumeClaim }]\n',
    'in.yaml:1 items[1] says kind: PersistentVolumeClaim, but names no apiVersion',
  ],
  [
    'an item of a List in a List without a kind',
    'apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: List, items: [{ apiVersion: v1, spec: { dataSource: {} } }] }]\n',
    'in.yaml:1 items[0] items[0] says apiVersion: v1, but names no kind',
  ],
  [
    'a bare list of manifests',
    '- apiVersion: v1\n  kind: PersistentVolumeClaim\n',
    'in.yaml:1 is a list of manifests, but must be a List object, or one document each',
  ],
  [
    'a List without a version and a list',
    'kind: List\nitems: { kind: PersistentVolumeClaim }\n',
    'in.yaml:1 says kind: List, but its items are no list',
  ],
  [
    'an unrendered size in quotes',
    `${CLAIM}spec: { resources: { requests: { storage: "{{ .Values.size }}" } } }\n`,
    "in.yaml:4 spec.resources.requests.storage of PersistentVolumeClaim dev/disk is '{{ .Values.size }}', a template; render it first, as in: helm template CHART | snapshot-clone check -",
  ],
])('%s is a problem with its line', (_, text, problem) => {
  expect(problems(text)).toEqual([problem]);
});

test.each([
  [
    'a namespace that kubectl reads as a boolean',
    CLAIM.replace('dev', 'on'),
    'in.yaml:3 metadata.namespace of PersistentVolumeClaim default/disk is true, but must be a string',
  ],
  [
    'a number for a name',
    CLAIM.replace('disk', '0x10'),
    'in.yaml:3 metadata.name of PersistentVolumeClaim dev is 16, but must be a string',
  ],
  [
    'a List without a list',
    'apiVersion: v1\nkind: List\nitems: { kind: PersistentVolumeClaim }\n',
    'in.yaml:3 items of List default is a map, but must be a list',
  ],
  [
    'an annotation that is a number',
    `${CLAIM.replace('namespace: dev', 'annotations: { argocd.argoproj.io/sync-wave: -1 }')}`,
    'in.yaml:3 metadata.annotations.argocd.argoproj.io/sync-wave of PersistentVolumeClaim default/disk is -1, but must be a string',
  ],
  [
    'a name that is a number, in a kind that is unknown here',
    'apiVersion: x/v1\nkind: VolumeSnapshotThing\nmetadata: { name: 1 }\n',
    'in.yaml:3 metadata.name of VolumeSnapshotThing default is 1, but must be a string',
  ],
])('%s is an error with its line', (_, text, error) => {
  expect(wrongTypes(text)).toEqual([error]);
});

test.each(['dataSource', 'dataSourceRef'])('no wrong type in %s makes a claim look clean', (field) => {
  const values = [
    'true',
    '7',
    '[]',
    'text',
    '{ name: [x] }',
    '{ name: x, namespace: on }',
    '{ name: x, kind: 1 }',
    '{ name: x, apiGroup: {} }',
  ];
  for (const value of values) expect(wrongTypes(`${CLAIM}spec: { ${field}: ${value} }\n`)).toHaveLength(1);
});

test('no wrong type in a grant makes it look like one that covers', () => {
  const grant = 'apiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\nmetadata: { name: g, namespace: prod }\n';
  for (const value of ['true', '{ from: {} }', '{ from: [x] }', '{ from: [{ namespace: no }] }', '{ to: [{ name: 1 }] }', '{ to: on }']) {
    expect(wrongTypes(`${grant}spec: ${value}\n`)).toHaveLength(1);
  }
});

test('a bomb of aliases is measured without being built', () => {
  const levels = Array.from(
    { length: 40 },
    (_, level) =>
      `a${level}: &a${level} [${
        level
          ? Array(9)
              .fill(`*a${level - 1}`)
              .join(', ')
          : 'x'
      }]`,
  );
  expect(problems(`${CLAIM}${levels.join('\n')}\n`)).toEqual(['in.yaml:1 has more than 1000000 values when its aliases are followed']);
  const lists = levels.map((line) => line.replace('[', '{ kind: List, apiVersion: v1, items: [').replace(/\]$/, '] }'));
  expect(problems(`${lists.join('\n')}\nvolumeSnapshot: VolumeSnapshot\n`)).toEqual([
    'in.yaml:1 has more than 1000000 values when its aliases are followed',
  ]);
});

test('a large document without aliases is not taken for a bomb', () => {
  const list = `{"kind": "PersistentVolumeClaimList", "apiVersion": "v1", "items": [${'{},'.repeat(1_100_000)}{}]}`;
  expect(readBytes(Buffer.from(list))).toMatchObject({ documents: 1, problems: [] });
});

test('a long chain of aliases is measured, too', () => {
  const chain = Array.from(
    { length: 300 },
    (_, link) => `a${link}: &a${link} { next: ${link ? `*a${link - 1}` : 'PersistentVolumeClaim'} }`,
  );
  expect(problems(`${chain.join('\n')}\n`)).toEqual(['in.yaml:1 is nested deeper than 100 levels when its aliases are followed']);
});

test.each([
  ['a NUL byte', Buffer.from('kind: x\0')],
  ['UTF-16 without a mark', Buffer.from(CLAIM, 'utf16le')],
])('%s is binary', (_, bytes) => {
  expect(readBytes(bytes).problems).toEqual([{ file: 'in.yaml', message: 'is binary: it holds a NUL byte' }]);
});

test('bytes that are no UTF-8 are a problem in a document that matters, and a skip in another', () => {
  const bad = Buffer.from([0x23, 0xff, 0xfe, 0x0a]);
  expect(readBytes(Buffer.concat([Buffer.from(CLAIM), bad])).problems).toEqual([
    { file: 'in.yaml', line: 1, message: 'holds a document that is not UTF-8' },
  ]);
  expect(readBytes(Buffer.concat([Buffer.from('kind: ConfigMap\n'), bad]))).toMatchObject({ documents: 1, skipped: 1, problems: [] });
});

test('a document over the limit is a problem, its memory is bounded, and the next document is read', () => {
  const line = Buffer.alloc(1024 * 1024, 'x');
  const pieces = Array.from({ length: 100 }, () => line);
  const before = process.memoryUsage().arrayBuffers;
  const reader = new ManifestReader();
  const stream = new ByteStream(reader, 'in.yaml', new PassingLines());
  stream.push(Buffer.from(`# first\n---\n${CLAIM}long: `));
  let most = 0;
  for (const piece of pieces) {
    stream.push(piece);
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  stream.push(Buffer.from(`\n---\n${CLAIM}`));
  stream.end();
  expect(reader.problems).toEqual([
    { file: 'in.yaml', line: 2, message: 'holds a document of more than 32 MiB, which is not read; split it' },
  ]);
  expect(reader.manifests.map(({ origin }) => origin?.line)).toEqual([8]);
  expect(most).toBeLessThan(6 * MAX_DOCUMENT_BYTES);
});

test.each([
  ['blanks', '\n \t\n'.repeat(2_000_000)],
  ['comments', '#\n'.repeat(3_000_000)],
  ['separators', '---\n'.repeat(1_000_000)],
])('millions of %s are nothing', (_, text) => {
  expect(readBytes(Buffer.from(text))).toMatchObject({ documents: 0, skipped: 0, problems: [] });
  expect(readBytes(Buffer.from(`${text}${CLAIM}`)).manifests[0]?.origin?.line).toBe(text.split('\n').length);
});

test('after a document that cannot be read the others of the file are read', () => {
  const reader = readBytes(Buffer.from(`${CLAIM}kind: x\n---\n${CLAIM}---\nkind: ConfigMap\n`));
  expect(reader).toMatchObject({ documents: 3, skipped: 1 });
  expect(reader.problems).toHaveLength(1);
  expect(reader.manifests).toHaveLength(1);
});

test('values of a chart, and other YAML that is no manifest, are no problem', () => {
  expect(problems('persistentVolumeClaim: { enabled: true }\n---\n- VolumeSnapshot\n---\njust text about a VolumeSnapshot\n')).toEqual([]);
});

test('templates in fields that decide nothing are left alone', () => {
  expect(problems(`${CLAIM}spec: { resources: { requests: { storage: 1Gi } } }\nnote: "{{ of Argo Workflows }}"\n`)).toEqual([]);
});

test('lines are those of the file: of the part to blame, whatever comes before', () => {
  const text = `# one\r\n\r\n--- # two\r\n# three\r\n${CLAIM.replace(/\n/g, '\r\n')}spec:\r\n  dataSourceRef:\r\n    kind: VolumeSnapshot\r\n    apiGroup: snapshot.storage.k8s.io\r\n    name: x\r\n    namespace: prod\r\n`;
  const { findings } = checkReadings(readBytes(Buffer.from(text)));
  expect(findings.filter(({ rule }) => rule === 'reference-not-granted').map(({ line }) => line)).toEqual([9]);
});

test('dates, which a parser may take for dates, are names', () => {
  const reader = readBytes(Buffer.from(CLAIM.replace('disk', '2026-01-01')));
  expect(reader.manifests.map(({ manifest }) => (manifest as { metadata: { name: unknown } }).metadata.name)).toEqual(['2026-01-01']);
});
