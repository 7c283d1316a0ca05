import { closeSync, openSync, readSync } from 'node:fs';
import type { LineIndex } from './byte-stream';

const LINE_FEED = 10;
const BLOCK = 1024 * 1024;

/** Of bytes that come by once, such as standard input: counts as they pass. */
export class PassingLines implements LineIndex {
  private line = 1;
  private readonly marks = new Map<number, number>();

  public pass(bytes: Buffer, start: number, end: number): void {
    this.line += lineFeeds(bytes, start, end);
  }

  public mark(offset: number): void {
    this.marks.set(offset, this.line);
  }

  public lineAt(offset: number): number {
    return this.marks.get(offset) ?? 1;
  }
}

/** Of a file: nothing is counted before a line is asked for, because most files are never reported. Then it is read once more. */
export class FileLines implements LineIndex {
  private readonly marks: number[] = [];
  private lines: ReadonlyMap<number, number> | undefined;

  constructor(private readonly path: string) {}

  public pass(): void {}

  public mark(offset: number): void {
    this.marks.push(offset);
    this.lines = undefined;
  }

  public lineAt(offset: number): number {
    this.lines ??= this.count();
    return this.lines.get(offset) ?? 1;
  }

  private count(): ReadonlyMap<number, number> {
    const lines = new Map<number, number>();
    const block = Buffer.allocUnsafe(BLOCK);
    const file = openSync(this.path, 'r');
    try {
      let [line, at] = [1, 0];
      for (const mark of this.marks) {
        while (at < mark) {
          const read = readSync(file, block, 0, Math.min(BLOCK, mark - at), at);
          // The file has become shorter.
          if (read === 0) break;
          line += lineFeeds(block, 0, read);
          at += read;
        }
        lines.set(mark, line);
      }
    } finally {
      closeSync(file);
    }
    return lines;
  }
}

function lineFeeds(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED, start); at >= 0 && at < end; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
