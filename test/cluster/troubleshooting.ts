import { readPage } from '../docs/page';

/** The texts that the page quotes: each line of its boxes. */
export function quotedTexts(): string[] {
  return readPage('docs/troubleshooting.md')
    .blocks.filter(({ language }) => language === 'text')
    .flatMap(({ text }) => text.trimEnd().split('\n'));
}

/**
 * A text that docs/troubleshooting.md quotes, for a test to assert: what the page says and what is proven cannot drift apart.
 *
 * @param names What the words of the page, such as `prod`, `snap`, `dev` and `claim`, are called in the test.
 */
export function documented(text: string, names: Readonly<Record<string, string>> = {}): string {
  if (!quotedTexts().includes(text)) {
    throw new Error(`docs/troubleshooting.md does not quote: ${text}`);
  }
  // All at once: the name in a test may hold a word of the page.
  const words = Object.keys(names).map((word) => word.replaceAll('.', '\\.'));
  return words.length === 0 ? text : text.replace(new RegExp(`\\b(${words.join('|')})\\b`, 'g'), (word) => names[word]);
}
