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

/**
 * Of a file: nothing is counted before a line is asked for, because most files are never reported. Then it is read once more, each part of it
 * once.
 */
export class FileLines implements LineIndex {
  private marks: number[] = [];
  private readonly lines = new Map<number, number>();
  private line = 1;
  private at = 0;

  constructor(private readonly path: string) {}

  public pass(): void {}

  public mark(offset: number): void {
    this.marks.push(offset);
  }

  public lineAt(offset: number): number {
    if (this.marks.length > 0) this.count();
    return this.lines.get(offset) ?? 1;
  }

  private count(): void {
    const block = Buffer.allocUnsafe(Math.min(BLOCK, this.marks.at(-1)! - this.at));
    const file = openSync(this.path, 'r');
    try {
      for (const mark of this.marks) {
        while (this.at < mark) {
          const read = readSync(file, block, 0, Math.min(block.length, mark - this.at), this.at);
          // The file has become shorter.
          if (read === 0) break;
          this.line += lineFeeds(block, 0, read);
          this.at += read;
        }
        this.lines.set(mark, this.line);
      }
    } finally {
      closeSync(file);
    }
    this.marks = [];
  }
}

function lineFeeds(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED, start); at >= 0 && at < end; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
