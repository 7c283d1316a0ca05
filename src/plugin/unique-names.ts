import { readFileSync } from 'node:fs';
import { ManifestReader } from '../check/reading/manifest-reader';
import { parse } from '../check/reading/parse';
import { at } from '../rules/fields';

/**
 * The names that only one object of all has, whatever its kind and namespace.
 *
 * cdk8s notes construct paths by these names alone, so of two objects with one name it knows the path of one, and not of which. Every
 * document is parsed for this, so it is asked only where there is something to report.
 */
export function uniqueNames(files: readonly string[]): ReadonlySet<string> {
  const reader = new ManifestReader();
  for (const file of files) reader.take(parse(readFileSync(file, 'utf8'), { file, firstLine: () => 1 }), file);
  // What cannot be read may hold any name.
  if (reader.problems.length > 0) return new Set();
  const once = new Set<string>();
  const seen = new Set<string>();
  for (const { manifest } of reader.manifests) {
    const name = at(manifest, 'metadata', 'name');
    if (typeof name !== 'string') continue;
    if (seen.has(name)) once.delete(name);
    else once.add(name);
    seen.add(name);
  }
  return once;
}
