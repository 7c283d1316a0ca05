/**
 * One line that a terminal shows as it is. Names and errors come from the cluster, from a proxy or from a file; what steers a terminal, turns the
 * direction of writing, or ends the line, is not passed on.
 */
export function printable(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trimEnd();
}
