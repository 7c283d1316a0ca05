import * as yaml from 'js-yaml';
import type { PlacedManifest } from '../../rules/set-object';
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

/** Where a text comes from. */
export interface Place {
  readonly file: string;
  /** The line in the file on which the text begins; asked only when something is to be reported. */
  readonly firstLine: () => number;
}

export interface Parsed {
  readonly manifests: readonly PlacedManifest[];
  readonly problem?: Problem;
}

/** The documents of a text. One that cannot be read makes all of the text a problem: what follows it could be anything. */
export function parse(text: string, place: Place): Parsed {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const fail = (message: string, line?: number): Parsed => ({
    manifests: [],
    problem: { file: place.file, line: place.firstLine() + (line ?? firstContentLine(source)), message },
  });
  const doubtful = DOUBTFUL.exec(source);
  if (doubtful) {
    const code = doubtful[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return fail(
      `holds the character U+${code} unescaped, which kubectl and others read differently; take it out, or escape it`,
      lineAt(source, doubtful.index),
    );
  }
  let documents: readonly unknown[];
  try {
    documents = yaml.loadAll(source, null, { schema: KUBECTL_SCHEMA });
  } catch (error) {
    return failed(error, source, fail);
  }
  if (mayExceed(source)) {
    for (const document of documents) {
      const fault = treeFault(document, source.length);
      if (fault && source.includes(TEMPLATE))
        return fail(`holds a template, ${TEMPLATE} ... }}; ${RENDER_FIRST}`, lineAt(source, source.indexOf(TEMPLATE)));
      if (fault) return fail(fault);
    }
  }
  const lineIn = lineFinder(source, documents);
  const lineOf = (node: unknown): number | undefined => {
    const line = lineIn(node);
    return line === undefined ? undefined : place.firstLine() + line;
  };
  return {
    manifests: documents
      .filter((manifest) => manifest !== null && manifest !== undefined)
      .map((manifest) => ({
        manifest,
        origin: {
          file: place.file,
          get line() {
            return lineOf(manifest) ?? place.firstLine() + firstContentLine(source);
          },
          lineOf,
        },
      })),
  };
}

function failed(error: unknown, source: string, fail: (message: string, line?: number) => Parsed): Parsed {
  if (error instanceof RangeError) return fail('is nested too deeply to be read');
  if (!(error instanceof yaml.YAMLException)) throw error;
  // Of a text that ends too early the parser names the line after the last.
  const line = error.mark && Math.min(error.mark.line, lineAt(source, source.length));
  const template = source.indexOf(TEMPLATE);
  if (template >= 0) return fail(`is not valid YAML: it holds a template, ${TEMPLATE} ... }}; ${RENDER_FIRST}`, lineAt(source, template));
  return fail(`is not valid YAML: ${error.reason}`, line);
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split(/\r\n|\r|\n/).length - 1;
}

/** Behind the separator, blank lines and comments. */
function firstContentLine(source: string): number {
  return lineAt(source, contentStart(source, 0));
}
