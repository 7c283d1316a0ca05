import { parseArgs } from 'node:util';
import { type DoctorOptions, doctor, type Surroundings } from './doctor';

const USAGE = `Usage: doctor [options]
Finds out, with kubectl and your own rights, why snapshots cannot be cloned into another namespace. It only reads.

  --context NAME      the context of the kubeconfig
  --kubeconfig FILE   the kubeconfig
  --format FORMAT     text or json; default: text
  --allow-unknown     do not fail because of what cannot be told
  --save FILE         save what was read
  --dump FILE         look at what was saved instead of a cluster
  --help              this text

Exit code: 0 nothing is wrong, 1 something is, 2 it cannot be told.
`;

function optionsFrom(args: readonly string[]): DoctorOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      context: { type: 'string' },
      kubeconfig: { type: 'string' },
      format: { type: 'string' },
      'allow-unknown': { type: 'boolean' },
      save: { type: 'string' },
      dump: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const { format = 'text', 'allow-unknown': allowUnknown, help, ...others } = values;
  if (help) return 'help';
  if (format !== 'text' && format !== 'json') throw new TypeError(`--format is '${format}', but must be text or json`);
  return { ...others, format, allowUnknown };
}

/** Reads the command line, and does what it says. */
export async function runDoctor(args: readonly string[], around: Surroundings): Promise<0 | 1 | 2> {
  let options: DoctorOptions | 'help';
  try {
    options = optionsFrom(args);
  } catch (error) {
    around.tell(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (options === 'help') {
    around.write(USAGE);
    return 0;
  }
  return doctor(options, around);
}
