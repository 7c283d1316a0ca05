import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkText } from '../../playground/check-text';
import { GRANTED, UNGRANTED } from '../../playground/example';
import { playgroundPage } from '../../projenrc/playground/page';

// How it looks and behaves in a browser is tested in test/cluster/browser.
const page = readFileSync(join(resolve(__dirname, '..', '..'), 'docs', 'playground.html'), 'utf8');
const between = (start: string, end: string) => page.slice(page.indexOf(start) + start.length, page.indexOf(end));
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('docs/playground.html is what `npx projen playground` writes', () => {
  expect(page === playgroundPage()).toBe(true);
});

test('its policy allows its own script and style, by their hashes, and nothing else', () => {
  const script = hash(between('<script>', '</script>'));
  const style = hash(between('<style>', '</style>'));
  expect(between('Content-Security-Policy" content="', '">\n<meta name="viewport"')).toBe(
    `default-src 'none'; script-src ${script}; style-src ${style}; base-uri 'none'; form-action 'none'`,
  );
});

test('it holds the notices of the libraries in it', () => {
  for (const library of ['js-yaml', '@dagrejs/dagre', '@dagrejs/graphlib'])
    expect(page).toMatch(new RegExp(`^${library} \\d\\S* \\(MIT\\)$`, 'm'));
});

test('its source never makes HTML of a text', () => {
  const script = between('<script>', '</script>');
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc/);
});

test('its examples are what their buttons say', () => {
  const rules = (text: string) =>
    checkText(text)
      .findings.filter(({ severity }) => severity !== 'info')
      .map(({ rule }) => rule);
  expect({ granted: rules(GRANTED), ungranted: rules(UNGRANTED) }).toEqual({ granted: [], ungranted: ['reference-not-granted'] });
});

test.each([
  ['', {}, 'holds no document: there is nothing to check'],
  [`# ${'x'.repeat(2_000_000)}`, {}, 'holds more than 2000000 characters, which this page does not read; use the command'],
  ['kind: \0', {}, 'is binary: it holds a NUL byte'],
  [GRANTED, { external: ['Prod'] }, /^the namespace that is delivered elsewhere is 'Prod', but /],
  [GRANTED, { namespace: 'Dev' }, /^the namespace of objects that name none is 'Dev', but /],
])('what is not judged is a problem, never clean (%#)', (text, options, message) => {
  const { problems } = checkText(text, options);
  expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
});
