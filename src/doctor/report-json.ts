import type { Report } from './report';

/** For programs. */
export function jsonOf({ findings, unknown, clones }: Report): string {
  return `${JSON.stringify({ findings, unknown, clones }, null, 2)}\n`;
}
