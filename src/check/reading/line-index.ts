import { closeSync, openSync, readSync } from 'node:fs';
import type { LineIndex } from './byte-stream';

const LINE_FEED = 10;
const BLOCK = 64 * 1024;

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
 * Of a file: nothing is counted before a line is asked for, because most files are never reported. Then it is read once more, up to that line,
 * and no part of it twice.
 */
export class FileLines implements LineIndex {
  private readonly marks: number[] = [];
  private readonly lines = new Map<number, number>();
  /** So many marks have their line. */
  private counted = 0;
  private line = 1;
  private at = 0;

  constructor(private readonly path: string) {}

  public pass(): void {}

  public mark(offset: number): void {
    this.marks.push(offset);
  }

  public lineAt(offset: number): number {
    if (!this.lines.has(offset)) this.countTo(offset);
    return this.lines.get(offset) ?? 1;
  }

  private countTo(offset: number): void {
    const block = Buffer.allocUnsafe(Math.min(BLOCK, offset - this.at));
    const file = openSync(this.path, 'r');
    try {
      while (this.at < offset) {
        const held = readSync(file, block, 0, Math.min(block.length, offset - this.at), this.at);
        // The file has become shorter.
        if (held === 0) break;
        this.count(block, held);
      }
      for (; this.marks[this.counted]! <= offset; this.counted++) this.lines.set(this.marks[this.counted]!, this.line);
    } finally {
      closeSync(file);
    }
  }

  private count(block: Buffer, held: number): void {
    let done = 0;
    for (; this.marks[this.counted]! < this.at + held; this.counted++) {
      const upTo = this.marks[this.counted]! - this.at;
      this.line += lineFeeds(block, done, upTo);
      this.lines.set(this.marks[this.counted]!, this.line);
      done = upTo;
    }
    this.line += lineFeeds(block, done, held);
    this.at += held;
  }
}

function lineFeeds(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED, start); at >= 0 && at < end; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
