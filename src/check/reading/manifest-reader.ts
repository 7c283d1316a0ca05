import type { PlacedManifest } from '../../rules/set-object';
import type { Readings } from '../check-result';
import type { Problem } from '../problem';
import { manifestFault } from './no-manifest';
import { type Place, parse } from './parse';
import { isBlank, type Stretch, stretches } from './stretches';

/** Collects the manifests of many texts. Documents that no rule would look at are counted, and not parsed. */
export class ManifestReader implements Readings {
  public readonly manifests: PlacedManifest[] = [];
  public readonly notices: Problem[] = [];
  public readonly problems: Problem[] = [];
  public documents = 0;
  public skipped = 0;

  /** Reads a whole text, such as one that was typed into a page. */
  public readText(text: string, file: string): void {
    for (const stretch of stretches(text)) {
      if (stretch.relevant) this.read(text.slice(stretch.start, stretch.end), { file, firstLine: () => lineAt(text, stretch.start) });
      else this.skip(text, stretch);
    }
  }

  /** Reads one stretch of a text. */
  public read(source: string, place: Place): void {
    const { manifests, problem } = parse(source, place);
    if (problem) this.fail(problem);
    this.documents += manifests.length;
    for (const read of manifests) {
      const fault = manifestFault(read.manifest);
      if (fault) this.problems.push({ file: place.file, line: read.origin?.line, message: fault });
      else this.manifests.push(read);
    }
  }

  /** Counts a stretch that is not relevant, unless it is blank. */
  public skip(text: string, stretch: Stretch): void {
    if (isBlank(text, stretch)) return;
    this.documents++;
    this.skipped++;
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
