import { doctor } from '../doctor/doctor';
import { complain, print } from './print';
import { type Call, type Command, UsageError } from './usage';

export const doctorCommand: Command = {
  name: 'doctor',
  brief: 'find out why a cluster does not clone snapshots',
  operands: '',
  summary: 'Finds out, with kubectl and your own rights, why snapshots cannot be cloned into another namespace. It only reads.',
  details: `Exit code: 0 nothing is wrong, 1 something is, 2 it cannot be told, or the cluster cannot be read.`,
  options: {
    context: { value: 'NAME', help: 'The context of the kubeconfig.' },
    kubeconfig: { value: 'FILE', help: 'The kubeconfig.' },
    format: { value: 'FORMAT', choices: ['text', 'json'], fallback: 'text', help: 'For people or for programs.' },
    'allow-unknown': { help: 'Do not fail because of what cannot be told.' },
    save: { value: 'FILE', help: 'Save what was read.' },
    dump: { value: 'FILE', help: 'Look at what was saved instead of a cluster.' },
  },

  async run(call: Call): Promise<number> {
    if (call.operands.length > 0)
      throw new UsageError(`doctor takes no operand, such as ${call.operands[0]}; see: snapshot-clone doctor --help`);
    const options = {
      context: call.one('context'),
      kubeconfig: call.one('kubeconfig'),
      format: call.one('format') === 'json' ? ('json' as const) : ('text' as const),
      allowUnknown: call.has('allow-unknown'),
      save: call.one('save'),
      dump: call.one('dump'),
    };
    return doctor(options, { env: process.env, write: print, tell: complain, watched: process.stderr.isTTY === true });
  },
};
