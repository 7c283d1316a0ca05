import type { Report } from './report';

/** For programs, and for whoever looks at it in a terminal: what would steer that is written as an escape. */
export function jsonOf({ findings, unknown, clones }: Report): string {
  return `${JSON.stringify({ findings, unknown, clones }, null, 2).replaceAll(/[\u007f-\u009f\u2028\u2029\p{Cf}]/gu, escaped)}\n`;
}

function escaped(character: string): string {
  return [...Array(character.length).keys()].map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}
