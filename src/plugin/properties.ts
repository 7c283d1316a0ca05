import { skipFault } from '../check/judge';
import { labelFault } from '../reference/dns';
import { isMap } from '../reference/fields';
import { ALL_RULES } from '../rules/all-rules';
import { SEVERITIES, type Severity } from '../rules/rule';

/** What a user sets under `properties:`. */
export interface Properties {
  readonly namespace?: string;
  readonly external: readonly string[];
  readonly skip: readonly string[];
  readonly failOn: Severity;
}

const KNOWN = ['external', 'failOn', 'namespace', 'skip'];

/** Checks them: a slip of the pen in cdk8s.yaml must not turn a rule off, or a failure into a success. */
export function propertiesOf(given: unknown): Properties {
  if (!isMap(given)) throw fault('properties', given, 'must be a mapping');
  for (const key of Object.keys(given)) {
    if (!KNOWN.includes(key)) throw new Error(`SnapshotCloneValidation has no property '${key}'; it has: ${KNOWN.join(', ')}`);
  }
  const { namespace, failOn = 'error' } = given;
  const external = strings('external', given.external);
  const skip = strings('skip', given.skip);
  for (const one of external) mustBeNamespace('external', one);
  if (namespace !== undefined) mustBeNamespace('namespace', namespace);
  const severity = SEVERITIES.find((one) => one === failOn);
  if (!severity) throw fault('failOn', failOn, `must be one of: ${SEVERITIES.join(', ')}`);
  for (const rule of skip) {
    const wrong = skipFault(ALL_RULES, rule);
    if (wrong) throw fault('skip', rule, wrong);
  }
  return { namespace, external, skip, failOn: severity };
}

function strings(name: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw fault(name, value, 'must be a list of strings');
  return value;
}

function mustBeNamespace(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw fault(name, value, 'must be a string');
  const wrong = labelFault(value);
  if (wrong) throw fault(name, value, wrong);
}

function fault(name: string, value: unknown, must: string): Error {
  const shown = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return new Error(`${name} of SnapshotCloneValidation is ${shown}, but ${must}`);
}
