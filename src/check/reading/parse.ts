import * as yaml from 'js-yaml';
import type { Origin, PlacedManifest } from '../../rules/set-object';
import { TEMPLATE } from '../../rules/shape';
import type { Problem } from '../problem';
import { RENDER_FIRST } from '../template';
import { contentStart } from './blank';
import { KUBECTL_SCHEMA } from './kubectl-schema';
import { lineFinder } from './lines';
import { mayExceed, treeFault } from './tree-limits';

/** Larger documents are not read. Kubernetes stores no object of more than 1.5 MB; lists of them, read from a cluster, are larger. */
export const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;

/** YAML 1.1, and so kubectl, ends a line at these; a parser of YAML 1.2 does not, and would take what follows for a part of a comment. */
const DOUBTFUL = /[\u0085\u2028\u2029]|(?!^)\ufeff/;

/** The parser's words where a text goes on after its document. */
const NEXT_DOCUMENT = /document separator is expected/;

/** Where a text comes from. */
export interface Place {
  readonly file: string;
  /** The line in the file on which the text begins; asked only when something is to be reported. */
  readonly firstLine: () => number;
}

export interface Parsed {
  readonly manifests: readonly PlacedManifest[];
  /** How many there are, empty ones included. */
  readonly documents: number;
  readonly problem?: Problem;
}

/** The documents of a text. One that cannot be read makes all of the text a problem: what follows it could be anything. */
export function parse(text: string, place: Place): Parsed {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const fault = doubtIn(source);
  if (fault) return failed(fault, source, place);
  let documents: readonly unknown[];
  try {
    documents = yaml.loadAll(source, null, { schema: KUBECTL_SCHEMA });
  } catch (error) {
    return failed(faultOf(error, source), source, place);
  }
  const tooLarge = mayExceed(source) ? sizeFault(documents, source) : undefined;
  if (tooLarge) return failed(tooLarge, source, place);
  const read = new ReadText(source, documents, place);
  const manifests: PlacedManifest[] = [];
  for (const manifest of documents) {
    if (manifest !== null && manifest !== undefined) manifests.push({ manifest, origin: new DocumentOrigin(read, manifest) });
  }
  return { manifests, documents: documents.length };
}

/** A text that was parsed, and whose lines may be asked for. */
class ReadText {
  private lines?: (node: unknown) => number | undefined;

  constructor(
    private readonly source: string,
    private readonly documents: readonly unknown[],
    private readonly place: Place,
  ) {}

  public get file(): string {
    return this.place.file;
  }

  public lineOf(node: unknown): number | undefined {
    this.lines ??= lineFinder(this.source, this.documents);
    const line = this.lines(node);
    return line === undefined ? undefined : this.place.firstLine() + line;
  }

  public get firstContentLine(): number {
    return this.place.firstLine() + firstContentLine(this.source);
  }
}

/** Of one of its documents. A class, because there is one for each document, and most are never asked. */
class DocumentOrigin implements Origin {
  constructor(
    private readonly text: ReadText,
    private readonly manifest: unknown,
  ) {}

  public get file(): string {
    return this.text.file;
  }

  public get line(): number {
    return this.text.lineOf(this.manifest) ?? this.text.firstContentLine;
  }

  public lineOf(node: unknown): number | undefined {
    return this.text.lineOf(node);
  }
}

/** What keeps a text from being read. */
interface TextFault {
  readonly message: string;
  /** In the text, counted from 0. Absent: it is the text as a whole. */
  readonly line?: number;
}

function failed({ message, line }: TextFault, source: string, { file, firstLine }: Place): Parsed {
  return { manifests: [], documents: 0, problem: { file, line: firstLine() + (line ?? firstContentLine(source)), message } };
}

function doubtIn(source: string): TextFault | undefined {
  const doubtful = DOUBTFUL.exec(source);
  if (!doubtful) return undefined;
  const code = doubtful[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const message = `holds the character U+${code} unescaped, which kubectl and others read differently; take it out, or escape it`;
  return { message, line: lineAt(source, doubtful.index) };
}

function sizeFault(documents: readonly unknown[], source: string): TextFault | undefined {
  for (const document of documents) {
    const message = treeFault(document, source.length);
    if (!message) continue;
    if (!source.includes(TEMPLATE)) return { message };
    return { message: `holds a template, ${TEMPLATE} ... }}; ${RENDER_FIRST}`, line: lineAt(source, source.indexOf(TEMPLATE)) };
  }
  return undefined;
}

function faultOf(error: unknown, source: string): TextFault {
  if (error instanceof RangeError) return { message: 'is nested too deeply to be read' };
  if (!(error instanceof yaml.YAMLException)) throw error;
  const template = source.indexOf(TEMPLATE);
  if (template >= 0) {
    return { message: `is not valid YAML: it holds a template, ${TEMPLATE} ... }}; ${RENDER_FIRST}`, line: lineAt(source, template) };
  }
  // Of a text that ends too early the parser names the line after the last.
  const line = error.mark && Math.min(error.mark.line, lineAt(source, source.length));
  // What `jq` writes, and kubectl takes.
  const hint =
    NEXT_DOCUMENT.test(error.reason) && source.trimStart().startsWith('{')
      ? '; put --- between JSON documents, or make a List of them'
      : '';
  return { message: `is not valid YAML: ${error.reason}${hint}`, line };
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split(/\r\n|\r|\n/).length - 1;
}

/** Behind the separator, blank lines and comments. */
function firstContentLine(source: string): number {
  return lineAt(source, contentStart(source, 0));
}
