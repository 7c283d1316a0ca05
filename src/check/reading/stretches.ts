import { RELEVANT_WORDS } from '../../rules/relevant';
import { contentStart } from './blank';

/** Takes the stretches of a text, in their order. Calls, because a text may be cut into thousands. */
export interface StretchReader {
  /** It could hold something that a rule reads. It is one document, or several where they cannot be told apart without a parser. */
  relevant(start: number, end: number): void;
  /** What follows holds nothing that a rule reads, in so many documents. Blanks and comments alone are none. */
  irrelevant(documents: number): void;
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
const DASH = 0x2d;

/**
 * Cuts a text at its `---` lines. The text is Unicode, or UTF-8 with a character for each byte: what matters is ASCII.
 *
 * Unless the text is final, what follows the last separator is left for the next call. Gives where that begins.
 */
export function cut(text: string, reader: StretchReader, final = true): number {
  const hits = new Hits(text);
  let hit = hits.next(0);
  let start = 0;
  let isGap = false;
  let irrelevant = 0;
  while (start < text.length) {
    let end = nextSeparator(text, start, final);
    if (end < 0) {
      if (!final) break;
      end = text.length;
    }
    let relevant = hit < end;
    // A directive may change what the following documents mean: from here on nothing is skipped.
    if (hits.mayHoldSigns && (relevant || text.charCodeAt(start) === 0x25 || start === 0) && DIRECTIVE.test(text.slice(start, end))) {
      if (!final) break;
      end = text.length;
      relevant = true;
    }
    if (relevant || startsWithEndMark(text, start)) {
      if (isGap) reader.irrelevant(irrelevant);
      isGap = false;
      irrelevant = 0;
      reader.relevant(start, end);
    } else {
      isGap = true;
      if (isContentBehind(text, start) || contentStart(text, start) < end) irrelevant++;
    }
    if (hit < end) hit = hits.next(end);
    start = end;
  }
  if (isGap) reader.irrelevant(irrelevant);
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

/** Whether the line after a `---` says at once that it is no blank, comment or separator. Nearly every document does. */
function isContentBehind(text: string, separator: number): boolean {
  const code = text.charCodeAt(separator + SEPARATOR.length + 1);
  return text.charCodeAt(separator) === DASH && code > DASH && code < 0x80;
}

/** The place after the line break before `---`, if a blank or the end of everything follows it; negative, if there is none. */
function nextSeparator(text: string, from: number, final: boolean): number {
  for (let at = text.indexOf(SEPARATOR, from + 1); at >= 0; at = text.indexOf(SEPARATOR, at + 1)) {
    const after = at + SEPARATOR.length;
    if (text.charCodeAt(at - 1) === LINE_FEED && (after >= text.length ? final : ' \t\r\n'.includes(text[after]!))) return at;
  }
  return -1;
}

function startsWithEndMark(text: string, start: number): boolean {
  return text.startsWith('...', start);
}
