import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documented, quotedTexts } from './troubleshooting';

const LITERAL = /\bdocumented\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g;

/** The texts that the tests take from the pages in order to assert them. */
function assertedTexts(): string[] {
  return readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('.cache') && !file.startsWith('troubleshooting'))
    .flatMap((file) => [...readFileSync(join(__dirname, file), 'utf8').matchAll(LITERAL)])
    .map(([, , text]) => text.replaceAll(/\\(.)/g, '$1'));
}

describe('docs/troubleshooting.md, and the refusals of docs/without-the-gate.md,', () => {
  test('quote only what a test on a real cluster asserts, and all of that', () => {
    expect([...new Set(quotedTexts())].sort()).toEqual([...new Set(assertedTexts())].sort());
  });

  test('cannot be asserted with words that they do not quote', () => {
    expect(() => documented(`${quotedTexts()[0]}!`)).toThrow('no page quotes');
  });
});
