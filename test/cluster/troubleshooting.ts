import { readPage } from '../docs/page';

/** The pages that quote what the cluster says. */
const BLOCKS = [
  ...readPage('docs/troubleshooting.md').blocks,
  ...readPage('docs/without-the-gate.md').blocks.filter(({ section }) => section === 'When it is refused'),
];

/** The texts that they quote: each line of their boxes. */
export function quotedTexts(): string[] {
  return BLOCKS.filter(({ language }) => language === 'text').flatMap(({ text }) => text.trimEnd().split('\n'));
}

/**
 * A text that docs/troubleshooting.md or docs/without-the-gate.md quotes, for a test to assert: what the page says and what is proven cannot drift apart.
 *
 * @param names What the words of the page, such as `prod`, `snap`, `dev` and `claim`, are called in the test.
 */
export function documented(text: string, names: Readonly<Record<string, string>> = {}): string {
  if (!quotedTexts().includes(text)) {
    throw new Error(`no page quotes: ${text}`);
  }
  // All at once: the name in a test may hold a word of the page.
  const words = Object.keys(names).map((word) => word.replaceAll('.', '\\.'));
  return words.length === 0 ? text : text.replace(new RegExp(`\\b(${words.join('|')})\\b`, 'g'), (word) => names[word]);
}
