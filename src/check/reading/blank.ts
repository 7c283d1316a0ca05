const SPACES = ' \t\r\n\ufeff';

/**
 * The place of the first character that is neither blank nor in a comment; a `---` at the beginning is passed over. The mark of UTF-8 may be
 * seen as one character or as its three bytes. A loop, because a regular expression takes memory for every line.
 */
export function contentStart(text: string, start: number): number {
  let at = text.startsWith('\xef\xbb\xbf', start) ? start + 3 : start;
  if (text.startsWith('\ufeff', at)) at++;
  if (text.startsWith('---', at) && (at + 3 >= text.length || SPACES.includes(text[at + 3]!))) at += 3;
  for (; at < text.length; at++) {
    if (text[at] === '#') at = lineEnd(text, at) - 1;
    else if (!SPACES.includes(text[at]!)) break;
  }
  return at;
}

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const end = feed < 0 ? text.length : feed;
  // An old line end may come before.
  for (let at = from; at < end; at++) if (text[at] === '\r') return at;
  return end;
}
