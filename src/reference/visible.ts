import { subdomainFault } from './dns';
import { quoted } from './quoted';

const KIND = /^[A-Za-z][A-Za-z0-9]*$/;
const NOT_ASCII = /[^ -~]/gu;

/** A name or namespace as a message shows it: in quotes if it can be none, so that a space at its end is seen, and a letter of another script. */
export function visibleName(name: string): string {
  return subdomainFault(name) === undefined ? name : inAscii(name);
}

/** The same for a kind. */
export function visibleKind(kind: string): string {
  return KIND.test(kind) ? kind : inAscii(kind);
}

function inAscii(value: string): string {
  return quoted(value.replace(NOT_ASCII, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`));
}
