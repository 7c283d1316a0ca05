import { SKIP_ANNOTATION } from '../check/suppression';
import { ALL_RULES } from '../rules/all-rules';
import { CLEAN } from './exit-code';
import { print } from './print';
import { mustBeRule } from './reading-options';
import { type Call, type Command, UsageError } from './usage';

export const explainCommand: Command = {
  name: 'explain',
  brief: 'explain a rule',
  operands: 'RULE',
  summary: 'Says what a rule wants, what happens in a cluster without it, and what to do.',
  options: {},

  async run(call: Call): Promise<number> {
    const [id] = call.operands;
    if (id === undefined || call.operands.length > 1)
      throw new UsageError('explain needs one RULE; they are listed by: snapshot-clone rules');
    mustBeRule(id);
    const { severity, sentence, why, remediation, source, isAlwaysApplied } = ALL_RULES.find((rule) => rule.id === id)!;
    print(`${id} (${severity})

${sentence}

Otherwise: ${why}

What to do: ${remediation}

Source: ${source}
${isAlwaysApplied ? '' : `\nTo keep it silent about an object, annotate the object: ${SKIP_ANNOTATION}${id}: REASON\n`}`);
    return CLEAN;
  },
};
