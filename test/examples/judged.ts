import { loadAll } from 'js-yaml';
import { type Finding, findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet, type ObjectSetOptions } from '../../src/rules/object-set';
import { judgementsOf } from '../../src/rules/rule';
import type { PlacedManifest } from '../../src/rules/set-object';
import type { Synthesis } from './synthesis';

/** The manifests of an example, each in its file. */
export function placed(example: string, { files }: Synthesis): PlacedManifest[] {
  return [...files].flatMap(([path, text]) =>
    loadAll(text).map((manifest) => ({ manifest, origin: { file: `${example}/${path}`, line: 1 } })),
  );
}

/** The errors and warnings of all rules. */
export function complaintsAbout(manifests: readonly PlacedManifest[], options?: ObjectSetOptions): Finding[] {
  return [...findingsIn(new ObjectSet(manifests, options), ALL_RULES)].filter(({ severity }) => severity !== 'info');
}

/** The rules that have looked at some of the manifests. */
export function rulesThatLookAt(manifests: readonly PlacedManifest[]): string[] {
  const set = new ObjectSet(manifests);
  return ALL_RULES.filter((rule) => judgementsOf(rule, set).length > 0).map(({ id }) => id);
}
