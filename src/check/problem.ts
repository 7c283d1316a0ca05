/** Something that could not be read or judged. A check with a problem is no proof of anything. */
export interface Problem {
  /** Empty where it is about none. */
  readonly file: string;
  /** Counted from 1; absent where it is the file as a whole. */
  readonly line?: number;
  readonly message: string;
}

/** `dev/claim.yaml:12: is not valid YAML: ...`. */
export function problemText({ file, line, message }: Problem): string {
  if (!file) return message;
  return line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}
