import { RELEVANT_WORDS } from '../../rules/relevant';
import { contentStart } from './blank';

/** A stretch of text that is parsed or skipped as a whole: one document, or several where they cannot be told apart without a parser. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Whether it could hold anything that a rule reads. If not, it is one document, or nothing but blanks and comments. */
  readonly relevant: boolean;
}

/**
 * What a document must be parsed for. Besides the words:
 * - an escape that can spell a letter, or that joins two lines. Also before a line break beyond ASCII, seen as text or as the bytes of UTF-8;
 * - a tag that could say that the text is base64;
 * - a mark that ends a document without a `---` line, and a directive, which may rename tags.
 */
const RELEVANT = new RegExp(
  [
    ...RELEVANT_WORDS.map((word) => word.replace(/\./g, '\\.')),
    '\\\\[xuU\\r\\n\\x85\\xc2\\xe2\\u2028\\u2029]',
    '!!',
    '!<',
    '\\n\\.\\.\\.',
    '\\n%',
    '\\r---',
    '\\r%',
    '\\r\\.\\.\\.',
  ].join('|'),
  'g',
);
const DIRECTIVE = /(?:^|[\r\n])(?:\xef\xbb\xbf|\ufeff)?%/;
const SEPARATOR = '\n---';
/**
 * Cuts a text at its `---` lines. The text is Unicode, or UTF-8 with a character for each byte: what matters is ASCII.
 *
 * Unless the text is final, what follows the last separator is left for the next call: `rest` is where it begins.
 */
export function* stretches(text: string, final = true): Generator<Stretch, number> {
  RELEVANT.lastIndex = 0;
  let hit = nextHit(text, 0);
  let start = 0;
  while (start < text.length) {
    let end = nextSeparator(text, start, final);
    if (end === undefined && !final) return start;
    end ??= text.length;
    let relevant = hit < end;
    // A directive may change what the following documents mean: from here on nothing is skipped.
    if ((relevant || text.charCodeAt(start) === 0x25 || start === 0) && DIRECTIVE.test(text.slice(start, end))) {
      if (!final) return start;
      end = text.length;
      relevant = true;
    }
    yield { start, end, relevant: relevant || startsWithEndMark(text, start) };
    if (hit < end) hit = nextHit(text, end);
    start = end;
  }
  return start;
}

/** Whether nothing but blanks and comments is between the two. */
export function isBlank(text: string, { start, end }: Stretch): boolean {
  return contentStart(text, start) >= end;
}

function nextHit(text: string, from: number): number {
  RELEVANT.lastIndex = from;
  return RELEVANT.exec(text)?.index ?? Number.POSITIVE_INFINITY;
}

/** The place after the line break before `---`, if a blank or the end of everything follows it. */
function nextSeparator(text: string, from: number, final: boolean): number | undefined {
  let at = text.indexOf(SEPARATOR, from);
  while (at >= 0) {
    const after = at + SEPARATOR.length;
    if (after >= text.length ? final : ' \t\r\n'.includes(text[after]!)) return at + 1;
    at = text.indexOf(SEPARATOR, at + 1);
  }
  return undefined;
}

function startsWithEndMark(text: string, start: number): boolean {
  return text.startsWith('...', start);
}
