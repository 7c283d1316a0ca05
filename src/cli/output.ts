import { writeFileSync } from 'node:fs';
import { complain, print } from './print';
import { type Option, UsageError } from './usage';

/** The option of commands whose result may go into a file: a report, or a picture. */
export function outputOption(what: string): Option {
  return { value: 'FILE', help: `Write the ${what} there instead of to standard output.` };
}

/** Prints a result, or writes it into the file that `--output` names. Then standard error says where it is, after what came of it. */
export function putOut(text: string, output: string | undefined, told: string): void {
  if (output === undefined) {
    print(text);
    return;
  }
  try {
    writeFileSync(output, text);
  } catch (error) {
    throw new UsageError(`--output ${output} cannot be written: ${(error as NodeJS.ErrnoException).code}`);
  }
  complain(`${told} is in ${output}`);
}
