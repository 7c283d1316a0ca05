import type { PlacedManifest } from '../../rules/set-object';
import type { Problem } from '../problem';
import { type Parsed, type Place, parse } from './parse';
import { MAX_VALUES } from './tree-limits';

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Takes what is read. */
export interface Collector {
  take(parsed: Parsed, file: string): void;
  fail(problem: Problem): void;
}

/** Where the stretches of a run are from. */
export interface RunSource {
  /** Nothing: it is not text. */
  textOf(extent: Extent): string | undefined;
  placeOf(extent: Extent): Place;
}

/** More are hardly quicker; but a text is parsed again, whole, when somebody asks for a line in it. */
const AT_ONCE = 48;
const LONE_RETURN = /\r(?!\n)/;

/**
 * Stretches to be parsed that follow each other. They are parsed at once, because thousands of small texts take longer than one large text; but
 * each alone where that does not give one document for each, so that a mistake in one of them hides no other.
 */
export class Run {
  private extents: Extent[] = [];

  constructor(
    private readonly reader: Collector,
    private readonly source: RunSource,
  ) {}

  public add(start: number, end: number): void {
    this.extents.push({ start, end });
    if (this.extents.length === AT_ONCE) this.read();
  }

  /** Reads what has been added since the last time. */
  public read(): void {
    const { extents } = this;
    if (extents.length === 0) return;
    this.extents = [];
    if (extents.length > 1 && this.readAtOnce(extents)) return;
    for (const extent of extents) this.readAlone(extent);
  }

  private readAtOnce(extents: readonly Extent[]): boolean {
    const whole = { start: extents[0]!.start, end: extents.at(-1)!.end };
    if (whole.end - whole.start > MAX_VALUES) return false;
    const text = this.source.textOf(whole);
    // A carriage return alone is a line to the parser, and to nobody else: it would move all lines after it.
    if (text === undefined || LONE_RETURN.test(text)) return false;
    const place = this.source.placeOf(whole);
    const parsed = parse(text, place);
    // Of a document that is a mere word the parser knows no line.
    if (parsed.documents !== extents.length || parsed.manifests.length !== extents.length || !parsed.manifests.every(isNode)) return false;
    this.reader.take(parsed, place.file);
    return true;
  }

  private readAlone(extent: Extent): void {
    const text = this.source.textOf(extent);
    const place = this.source.placeOf(extent);
    if (text === undefined) this.reader.fail({ file: place.file, line: place.firstLine(), message: 'holds a document that is not UTF-8' });
    else this.reader.take(parse(text, place), place.file);
  }
}

function isNode({ manifest }: PlacedManifest): boolean {
  return typeof manifest === 'object';
}
