import { ALL_RULES } from '../rules/all-rules';
import { CLEAN } from './exit-code';
import { print } from './print';
import { type Call, type Command, UsageError } from './usage';

export const rulesCommand: Command = {
  name: 'rules',
  brief: 'list the rules',
  operands: '',
  summary: 'Lists the rules.',
  options: { format: { value: 'FORMAT', choices: ['text', 'json'], fallback: 'text', help: 'For people or for programs.' } },

  async run(call: Call): Promise<number> {
    if (call.operands.length > 0)
      throw new UsageError(`rules takes no operand; about one rule: snapshot-clone explain ${call.operands[0]}`);
    const rules = ALL_RULES.map(({ id, severity, sentence, remediation, source }) => ({ id, severity, sentence, remediation, source }));
    const width = Math.max(...rules.map(({ id }) => id.length));
    if (call.one('format') === 'json') print(`${JSON.stringify(rules, null, 2)}\n`);
    else
      print(rules.map(({ id, severity, sentence }) => `${id.padEnd(width)}  ${severity.padEnd('warning'.length)}  ${sentence}\n`).join(''));
    return CLEAN;
  },
};
