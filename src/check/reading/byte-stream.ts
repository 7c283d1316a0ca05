import { isAscii, isUtf8 } from 'node:buffer';
import type { ManifestReader } from './manifest-reader';
import { MAX_DOCUMENT_BYTES } from './parse';
import { Run, type RunSource } from './run';
import { cut } from './stretches';

/** Text is looked at in windows of this size, or as large as the document at hand is. Larger ones would not stay in the processor's cache. */
const WINDOW = 64 * 1024;
const SEPARATOR = Buffer.from('\n---');
const MEBIBYTE = 1024 * 1024;

/** Finds the line of a byte. */
export interface LineIndex {
  /** Tells about bytes in their order, as they pass. */
  pass(bytes: Buffer, start: number, end: number): void;
  /** A line will be asked for here: at the end of what has passed. */
  mark(offset: number): void;
  /** The line, counted from 1, of a marked place. */
  lineAt(offset: number): number;
}

/**
 * Feeds a reader with the bytes of one file, as they come. Only the document at hand is in memory, and no more of it than the limit.
 */
export class ByteStream {
  private window = Buffer.allocUnsafeSlow(WINDOW);
  private held = 0;
  /** Of the window's first byte in the file. */
  private offset = 0;
  private encoding: string | undefined;
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

  /** Where the next bytes belong. */
  public room(): Buffer {
    return this.window.subarray(this.held);
  }

  /** So many bytes have been put there. */
  public filled(length: number): void {
    this.held += length;
    if (this.held === this.window.length) this.work(false);
  }

  public push(bytes: Buffer): void {
    for (let at = 0; at < bytes.length && this.open; ) {
      const copied = bytes.copy(this.window, this.held, at);
      at += copied;
      this.filled(copied);
    }
  }

  public end(): void {
    if (!this.broken && this.held > 0) this.work(true);
  }

  private work(final: boolean): void {
    const bytes = this.window.subarray(0, this.held);
    if (!this.started) this.encoding = utf16(bytes);
    this.started = true;
    if (this.encoding) {
      if (final) this.readUtf16(bytes, this.encoding);
      else this.grow();
    } else if (bytes.includes(0)) this.fail('is binary: it holds a NUL byte');
    else {
      this.keepFrom(this.dropping ? this.dropOn(bytes, final) : this.read(bytes, final));
      // The end of a large document may be followed by small ones.
      if (final && this.held > 0) this.work(true);
      else if (!final && this.held > this.window.length / 2) this.grow();
    }
  }

  /** Hands over the documents that are complete. How many bytes they are. */
  private read(bytes: Buffer, final: boolean): number {
    const text = bytes.toString('latin1');
    const run = new Run(this.reader, this.sourceOf(bytes));
    let passed = 0;
    const relevant = (start: number, end: number) => {
      this.lines.pass(bytes, passed, start);
      this.lines.mark(this.offset + start);
      passed = start;
      if (end - start <= MAX_DOCUMENT_BYTES) run.add(start, end);
      else {
        run.read();
        this.tooLarge(this.offset + start);
      }
    };
    const irrelevant = (documents: number) => {
      run.read();
      this.reader.skip(documents);
    };
    const done = cut(text, { relevant, irrelevant }, final);
    run.read();
    this.lines.pass(bytes, passed, done);
    return done;
  }

  private sourceOf(bytes: Buffer): RunSource {
    const { file, offset, lines } = this;
    const ascii = isAscii(bytes);
    return {
      textOf: ({ start, end }) => {
        if (ascii) return bytes.toString('latin1', start, end);
        return isUtf8(bytes.subarray(start, end)) ? bytes.toString('utf8', start, end) : undefined;
      },
      placeOf: ({ start }) => ({ file, firstLine: () => lines.lineAt(offset + start) }),
    };
  }

  /** Goes to the end of a document that is too large. How many bytes that is. */
  private dropOn(bytes: Buffer, final: boolean): number {
    let done = final ? bytes.length : Math.max(0, bytes.length - SEPARATOR.length);
    for (let at = bytes.indexOf(SEPARATOR); at >= 0; at = bytes.indexOf(SEPARATOR, at + 1)) {
      const after = bytes[at + SEPARATOR.length];
      if (after === undefined || !' \t\r\n'.includes(String.fromCharCode(after))) continue;
      this.dropping = false;
      done = at + 1;
      break;
    }
    this.lines.pass(bytes, 0, done);
    return done;
  }

  /** Makes room for the rest of a document that is larger than the window; if it is too large, drops it. */
  private grow(): void {
    if (this.held <= MAX_DOCUMENT_BYTES) {
      const larger = Buffer.allocUnsafeSlow(2 * this.window.length);
      this.window.copy(larger, 0, 0, this.held);
      this.window = larger;
    } else if (this.encoding) {
      this.fail(`is UTF-16 of more than ${MAX_DOCUMENT_BYTES / MEBIBYTE} MiB, which is not read; convert it to UTF-8`);
    } else {
      this.lines.mark(this.offset);
      this.tooLarge(this.offset);
      this.dropping = true;
      this.keepFrom(this.dropOn(this.window.subarray(0, this.held), false));
    }
  }

  private tooLarge(offset: number): void {
    const message = `holds a document of more than ${MAX_DOCUMENT_BYTES / MEBIBYTE} MiB, which is not read; split it`;
    this.reader.fail({ file: this.file, line: this.lines.lineAt(offset), message });
  }

  private keepFrom(done: number): void {
    this.window.copy(this.window, 0, done, this.held);
    this.held -= done;
    this.offset += done;
  }

  private readUtf16(bytes: Buffer, encoding: string): void {
    const text = new TextDecoder(encoding).decode(bytes);
    if (text.includes('\0')) this.fail('is binary: it holds a NUL character');
    else this.reader.readText(text, this.file);
  }

  private fail(message: string): void {
    this.reader.fail({ file: this.file, message });
    this.broken = true;
  }
}

/** The encoding that the first two bytes announce. */
function utf16(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}
