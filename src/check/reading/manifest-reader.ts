import type { PlacedManifest } from '../../rules/set-object';
import type { Readings } from '../check-result';
import type { Problem } from '../problem';
import { manifestFault } from './no-manifest';
import { type Place, parse } from './parse';
import { isBlank, type Stretch, stretches } from './stretches';

/** Collects the manifests of many texts. Documents that no rule would look at are counted, and not parsed. */
export class ManifestReader implements Readings {
  public readonly manifests: PlacedManifest[] = [];
  public readonly problems: Problem[] = [];
  public documents = 0;
  public skipped = 0;

  /** Reads a whole text, such as one that was typed into a page. */
  public readText(text: string, file: string): void {
    for (const stretch of stretches(text)) {
      this.readStretch(text, stretch, () => ({
        source: text.slice(stretch.start, stretch.end),
        place: { file, firstLine: () => lineAt(text, stretch.start) },
      }));
    }
  }

  /** Reads one stretch of a text; `load` gives it as it is to be parsed. */
  public readStretch(text: string, stretch: Stretch, load: () => { readonly source: string; readonly place: Place }): void {
    if (!stretch.relevant) {
      if (isBlank(text, stretch)) return;
      this.documents++;
      this.skipped++;
      return;
    }
    const { source, place } = load();
    const { manifests, problem } = parse(source, place);
    if (problem) {
      this.documents++;
      this.problems.push(problem);
    }
    this.documents += manifests.length;
    for (const read of manifests) {
      const fault = manifestFault(read.manifest);
      if (fault) this.problems.push({ file: place.file, line: read.origin?.line, message: fault });
      else this.manifests.push(read);
    }
  }
}

/** Counted from 1. */
function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
