import type { CheckOptions } from '../check/check-result';
import { skipFault } from '../check/judge';
import { labelFault } from '../reference/dns';
import { ALL_RULES } from '../rules/all-rules';
import { suggestion } from '../rules/suggestion';
import { type Call, type Option, UsageError } from './usage';

/** Options of all commands that look at a set of manifests. */
export const READING_OPTIONS: { readonly [name: string]: Option } = {
  namespace: { value: 'NAME', fallback: 'default', help: 'The namespace of objects that name none.' },
  external: {
    value: 'NAMESPACE',
    multiple: true,
    help: 'A namespace that is delivered elsewhere: what it holds and grants is not judged.',
  },
};

/** What these options say. */
export function readingOptions(call: Call): CheckOptions {
  const namespace = call.one('namespace');
  const external = call.all('external');
  for (const [option, values] of [
    ['namespace', namespace === undefined ? [] : [namespace]],
    ['external', external],
  ] as const) {
    for (const value of values) {
      const fault = labelFault(value);
      if (fault) throw new UsageError(`--${option} is '${value}', but ${fault}`);
    }
  }
  return { namespace, external };
}

/** The rules that `--skip` names. */
export function skippedRules(call: Call): readonly string[] {
  const skip = call.all('skip');
  for (const rule of skip) {
    mustBeRule(rule);
    const wrong = skipFault(ALL_RULES, rule);
    if (wrong) throw new UsageError(`--skip is '${rule}', but ${wrong}`);
  }
  return skip;
}

export function mustBeRule(rule: string): void {
  const ids = ALL_RULES.map(({ id }) => id);
  if (ids.includes(rule)) return;
  const hint = rule.split(',').every((each) => ids.includes(each.trim())) ? '; name each rule on its own' : suggestion(rule, ids);
  throw new UsageError(`there is no rule '${rule}'${hint}; they are listed by: snapshot-clone rules`);
}
