import * as fs from 'node:fs';
import * as path from 'node:path';
import * as yaml from 'js-yaml';
import { type Finding, findingsIn } from '../../src/check/finding';
import { ALL_RULES } from '../../src/rules/all-rules';
import { ObjectSet } from '../../src/rules/object-set';

/*
 * Each rule has a folder of minimal sets: compliant*.yaml and violating*.yaml. The first comment of a set may say how it is judged:
 *   # external: prod, staging       these namespaces are delivered elsewhere
 */
export const EXAMPLES = path.join(__dirname, 'examples');

/** A minimal set of one rule. */
export interface RuleExample {
  /** The rule's. */
  readonly id: string;
  readonly file: string;
  readonly source: string;
}

export function examplesOf(id: string): RuleExample[] {
  const folder = path.join(EXAMPLES, id);
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).map((file) => ({ id, file, source: fs.readFileSync(path.join(folder, file), 'utf8') }));
}

/** The set that an example holds. */
export function setOf({ source }: RuleExample): ObjectSet {
  const external = /^# external: (.*)$/m.exec(source)?.[1].split(', ');
  return new ObjectSet(
    yaml.loadAll(source).map((manifest) => ({ manifest })),
    { external },
  );
}

/** What all rules find in it. */
export function judged(example: RuleExample): Finding[] {
  return [...findingsIn(setOf(example), ALL_RULES)];
}
