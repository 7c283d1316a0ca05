import { namespaceOf, namespacesOf, optionFault, stringsOf } from '../check/given-options';
import { skipFault } from '../check/judge';
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

const WHAT = 'SnapshotCloneValidation';
const KNOWN = ['external', 'failOn', 'namespace', 'skip'];

/** Checks them: a slip of the pen in cdk8s.yaml must not turn a rule off, or a failure into a success. */
export function propertiesOf(given: unknown): Properties {
  if (!isMap(given)) throw fault('properties', given, 'must be a mapping');
  for (const key of Object.keys(given)) {
    if (!KNOWN.includes(key)) throw new Error(`${WHAT} has no property '${key}'; it has: ${KNOWN.join(', ')}`);
  }
  const { failOn = 'error' } = given;
  const external = namespacesOf('external', WHAT, given.external);
  const skip = stringsOf('skip', WHAT, given.skip);
  const namespace = namespaceOf('namespace', WHAT, given.namespace);
  const severity = SEVERITIES.find((one) => one === failOn);
  if (!severity) throw fault('failOn', failOn, `must be one of: ${SEVERITIES.join(', ')}`);
  for (const rule of skip) {
    const wrong = skipFault(ALL_RULES, rule);
    if (wrong) throw fault('skip', rule, wrong);
  }
  return { namespace, external, skip, failOn: severity };
}

function fault(name: string, value: unknown, must: string): Error {
  return optionFault(name, WHAT, value, must);
}
