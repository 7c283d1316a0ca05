import type { PlacedManifest } from '../../rules/set-object';
import type { Readings } from '../check-result';
import { manifestFault } from '../no-manifest';
import type { Problem } from '../problem';
import type { Parsed } from './parse';
import { type Collector, Run } from './run';
import { cut } from './stretches';

/** Collects the manifests of many texts. Documents that no rule would look at are counted, and not parsed. */
export class ManifestReader implements Readings, Collector {
  public readonly manifests: PlacedManifest[] = [];
  public readonly notices: Problem[] = [];
  public readonly problems: Problem[] = [];
  public documents = 0;
  public skipped = 0;

  /** Reads a whole text, such as one that was typed into a page. */
  public readText(text: string, file: string): void {
    const run = new Run(this, {
      textOf: ({ start, end }) => text.slice(start, end),
      placeOf: ({ start }) => ({ file, firstLine: () => lineAt(text, start) }),
    });
    cut(text, {
      relevant: (start, end) => run.add(start, end),
      irrelevant: (documents) => {
        run.read();
        this.skip(documents);
      },
    });
    run.read();
  }

  /** Takes what was read in one stretch of a text, or in several. */
  public take({ manifests, problem }: Parsed, file: string): void {
    if (problem) this.fail(problem);
    this.documents += manifests.length;
    for (const read of manifests) {
      const fault = manifestFault(read.manifest);
      if (fault) this.problems.push({ file, line: read.origin?.line, message: fault });
      else this.manifests.push(read);
    }
  }

  /** Counts documents that are not parsed. */
  public skip(documents: number): void {
    this.documents += documents;
    this.skipped += documents;
  }

  /** Notes a document that cannot be read. */
  public fail(problem: Problem): void {
    this.documents++;
    this.problems.push(problem);
  }
}

/** Counted from 1. */
function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
