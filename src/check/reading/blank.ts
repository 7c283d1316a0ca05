const HASH = '#'.charCodeAt(0);
const DASH = '-'.charCodeAt(0);
const MARK = 0xfeff;
const FIRST_BYTE_OF_MARK = 0xef;

/**
 * The place of the first character that is neither blank nor in a comment; a `---` at the beginning is passed over. The mark of UTF-8 may be
 * seen as one character or as its three bytes. A loop, because a regular expression takes memory for every line.
 */
export function contentStart(text: string, start: number): number {
  let at = start;
  if (text.charCodeAt(at) === FIRST_BYTE_OF_MARK && text.startsWith('\xef\xbb\xbf', at)) at += 3;
  if (text.charCodeAt(at) === MARK) at++;
  if (text.charCodeAt(at) === DASH && text.startsWith('---', at) && (at + 3 >= text.length || isSpace(text.charCodeAt(at + 3)))) at += 3;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === HASH) at = lineEnd(text, at) - 1;
    else if (!isSpace(code)) break;
  }
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === MARK;
}

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const end = feed < 0 ? text.length : feed;
  // An old line end may come before.
  for (let at = from; at < end; at++) if (text[at] === '\r') return at;
  return end;
}
