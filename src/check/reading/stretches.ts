import { RELEVANT_WORDS } from '../../rules/relevant';
import { contentStart } from './blank';

/** A stretch of text that is parsed or skipped as a whole: one document, or several where they cannot be told apart without a parser. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Whether it could hold anything that a rule reads. If not, it is one document, or nothing but blanks and comments. */
  readonly relevant: boolean;
}

/** What a document must be parsed for: one of the words. */
const WORDS = new RegExp(RELEVANT_WORDS.map((word) => word.replace(/\./g, '\\.')).join('|'), 'g');

/**
 * Or one of these, after which it may say what it does not show:
 * - an escape that can spell a letter, or that joins two lines. Also before a line break beyond ASCII, seen as text or as the bytes of UTF-8;
 * - a tag that could say that the text is base64;
 * - a mark that ends a document without a `---` line, and a directive, which may rename tags.
 */
const SIGNS = /\\[xuU\r\n\x85\xc2\xe2\u2028\u2029]|!!|!<|\n\.\.\.|\n%|\r---|\r%|\r\.\.\./g;
/** There is no such sign without one of these, and mostly none of them. To look for each of them is far quicker than to look for the signs. */
const IN_SIGNS = ['\\', '!', '%', '...', '\r'];

const DIRECTIVE = /(?:^|[\r\n])(?:\xef\xbb\xbf|\ufeff)?%/;
const SEPARATOR = '---';
const LINE_FEED = 10;

/**
 * Cuts a text at its `---` lines. The text is Unicode, or UTF-8 with a character for each byte: what matters is ASCII.
 *
 * Unless the text is final, what follows the last separator is left for the next call: `rest` is where it begins.
 */
export function* stretches(text: string, final = true): Generator<Stretch, number> {
  const hits = new Hits(text);
  let hit = hits.next(0);
  let start = 0;
  while (start < text.length) {
    let end = nextSeparator(text, start, final);
    if (end === undefined && !final) return start;
    end ??= text.length;
    let relevant = hit < end;
    // A directive may change what the following documents mean: from here on nothing is skipped.
    if (hits.mayHoldSigns && (relevant || text.charCodeAt(start) === 0x25 || start === 0) && DIRECTIVE.test(text.slice(start, end))) {
      if (!final) return start;
      end = text.length;
      relevant = true;
    }
    yield { start, end, relevant: relevant || startsWithEndMark(text, start) };
    if (hit < end) hit = hits.next(end);
    start = end;
  }
  return start;
}

/** The places in a text for which a document must be parsed. */
class Hits {
  public readonly mayHoldSigns: boolean;
  private word = 0;
  private sign = 0;

  constructor(private readonly text: string) {
    this.mayHoldSigns = IN_SIGNS.some((part) => text.includes(part));
  }

  /** The first from a place on; places are asked for in their order. */
  public next(from: number): number {
    if (this.word <= from) this.word = this.find(WORDS, from);
    if (this.sign <= from) this.sign = this.mayHoldSigns ? this.find(SIGNS, from) : Number.POSITIVE_INFINITY;
    return Math.min(this.word, this.sign);
  }

  private find(what: RegExp, from: number): number {
    what.lastIndex = from;
    return what.exec(this.text)?.index ?? Number.POSITIVE_INFINITY;
  }
}

/** Whether nothing but blanks and comments is between the two. */
export function isBlank(text: string, { start, end }: Stretch): boolean {
  return contentStart(text, start) >= end;
}

/** The place after the line break before `---`, if a blank or the end of everything follows it. */
function nextSeparator(text: string, from: number, final: boolean): number | undefined {
  for (let at = text.indexOf(SEPARATOR, from + 1); at >= 0; at = text.indexOf(SEPARATOR, at + 1)) {
    const after = at + SEPARATOR.length;
    if (text.charCodeAt(at - 1) === LINE_FEED && (after >= text.length ? final : ' \t\r\n'.includes(text[after]!))) return at;
  }
  return undefined;
}

function startsWithEndMark(text: string, start: number): boolean {
  return text.startsWith('...', start);
}
