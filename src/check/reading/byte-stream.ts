import { isUtf8 } from 'node:buffer';
import type { Problem } from '../problem';
import type { ManifestReader } from './manifest-reader';
import { MAX_DOCUMENT_BYTES } from './parse';
import { stretches } from './stretches';

/** Text is looked at in windows of this size, or as large as the document is. */
const WINDOW = 4 * 1024 * 1024;
const SEPARATOR = Buffer.from('\n---');
const MEBIBYTE = 1024 * 1024;

/** Finds the line of a byte. */
export interface LineIndex {
  /** Tells about bytes in their order, as they pass. */
  pass(bytes: Uint8Array): void;
  /** A line will be asked for here: at the end of what has passed. */
  mark(offset: number): void;
  /** The line, counted from 1, of a marked place. */
  lineAt(offset: number): number;
}

/**
 * Feeds a reader with the bytes of one file, as they come. Only the document at hand is in memory, and no more of it than the limit.
 */
export class ByteStream {
  private chunks: Buffer[] = [];
  private held = 0;
  private wanted = WINDOW;
  private offset = 0;
  private started = false;
  private dropping = false;
  private broken = false;

  constructor(
    private readonly reader: ManifestReader,
    private readonly file: string,
    private readonly lines: LineIndex,
  ) {}

  /** Whether more bytes are of any use. */
  public get open(): boolean {
    return !this.broken;
  }

  public push(bytes: Buffer): void {
    if (this.broken) return;
    this.chunks.push(bytes);
    this.held += bytes.length;
    if (this.held >= this.wanted) this.work(false);
  }

  public end(): void {
    if (!this.broken && this.held > 0) this.work(true);
  }

  private work(final: boolean): void {
    const bytes = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    const encoding = this.started ? undefined : utf16(bytes);
    if (encoding) {
      this.readUtf16(bytes, encoding, final);
      return;
    }
    this.started = true;
    if (bytes.includes(0)) {
      this.fail({ file: this.file, message: 'is binary: it holds a NUL byte' });
      return;
    }
    this.keep(bytes, this.dropping ? this.dropOn(bytes, final) : this.read(bytes, final));
    if (!final && this.held > MAX_DOCUMENT_BYTES) this.startDropping();
  }

  /** Hands over the documents that are complete. How many bytes they are. */
  private read(bytes: Buffer, final: boolean): number {
    const text = bytes.toString('latin1');
    const all = stretches(text, final);
    let passed = 0;
    let next = all.next();
    for (; !next.done; next = all.next()) {
      const stretch = next.value;
      const { start, end } = stretch;
      const offset = this.offset + start;
      if (stretch.relevant) {
        this.lines.pass(bytes.subarray(passed, start));
        this.lines.mark(offset);
        passed = start;
      }
      const place = { file: this.file, firstLine: () => this.lines.lineAt(offset) };
      if (end - start > MAX_DOCUMENT_BYTES) this.tooLarge(offset);
      else this.reader.readStretch(text, stretch, () => ({ source: this.decode(bytes.subarray(start, end), place.firstLine), place }));
    }
    this.lines.pass(bytes.subarray(passed, next.value));
    return next.value;
  }

  /** Of a document that is too large, up to its end. How many bytes that is. */
  private dropOn(bytes: Buffer, final: boolean): number {
    for (let at = bytes.indexOf(SEPARATOR); at >= 0; at = bytes.indexOf(SEPARATOR, at + 1)) {
      const after = bytes[at + SEPARATOR.length];
      if (after !== undefined && ' \t\r\n'.includes(String.fromCharCode(after))) {
        this.dropping = false;
        this.lines.pass(bytes.subarray(0, at + 1));
        return at + 1;
      }
    }
    const done = final ? bytes.length : bytes.length - SEPARATOR.length;
    this.lines.pass(bytes.subarray(0, done));
    return done;
  }

  private startDropping(): void {
    this.lines.mark(this.offset);
    this.tooLarge(this.offset);
    this.dropping = true;
    this.work(false);
  }

  private tooLarge(offset: number): void {
    this.reader.documents++;
    const message = `holds a document of more than ${MAX_DOCUMENT_BYTES / MEBIBYTE} MiB, which is not read; split it`;
    this.reader.problems.push({ file: this.file, line: this.lines.lineAt(offset), message });
  }

  private keep(bytes: Buffer, done: number): void {
    const rest = bytes.subarray(done);
    this.chunks = rest.length > 0 ? [rest] : [];
    this.held = rest.length;
    this.offset += done;
    this.wanted = this.dropping ? WINDOW : Math.max(WINDOW, 2 * this.held);
  }

  private decode(bytes: Buffer, firstLine: () => number): string {
    if (isUtf8(bytes)) return bytes.toString('utf8');
    this.reader.problems.push({ file: this.file, line: firstLine(), message: 'holds a document that is not UTF-8' });
    return '';
  }

  private readUtf16(bytes: Buffer, encoding: string, final: boolean): void {
    this.chunks = [bytes];
    this.wanted = 2 * this.held;
    if (bytes.length > MAX_DOCUMENT_BYTES)
      this.fail({ file: this.file, message: `is UTF-16 of more than ${MAX_DOCUMENT_BYTES / MEBIBYTE} MiB; convert it to UTF-8` });
    else if (final) {
      const text = new TextDecoder(encoding).decode(bytes);
      if (text.includes('\0')) this.fail({ file: this.file, message: 'is binary: it holds a NUL character' });
      else this.reader.readText(text, this.file);
    }
  }

  private fail(problem: Problem): void {
    this.reader.problems.push(problem);
    this.broken = true;
    this.chunks = [];
    this.held = 0;
  }
}

/** The encoding that the first two bytes announce. */
function utf16(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}
