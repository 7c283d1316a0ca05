import { suggestion } from '../rules/suggestion';
import { COMMANDS } from './commands';
import { CLEAN, FAILED } from './exit-code';
import { complain, print } from './print';
import { helpOf, readCall, UsageError } from './usage';

/** Runs the command that the words name. Gives the exit code; never throws. */
export async function main(words: readonly string[]): Promise<number> {
  try {
    return await dispatch(words);
  } catch (error) {
    if (error instanceof UsageError) complain(error.message);
    else if ((error as NodeJS.ErrnoException).syscall === 'write')
      complain(`the report cannot be written: ${(error as NodeJS.ErrnoException).code}`);
    else
      complain(
        `this is a fault of snapshot-clone ${VERSION} itself, please report it: ${error instanceof Error ? error.stack : String(error)}`,
      );
    return FAILED;
  }
}

async function dispatch([name, ...words]: readonly string[]): Promise<number> {
  if (name === '--version') {
    print(`${VERSION}\n`);
    return CLEAN;
  }
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && words.length === 0)) {
    print(overview());
    return name === undefined ? FAILED : CLEAN;
  }
  const wanted = name === 'help' ? words[0] : name;
  const command = COMMANDS.find((one) => one.name === wanted);
  if (!command)
    throw new UsageError(
      `there is no command '${wanted}'${suggestion(
        wanted ?? '',
        COMMANDS.map((one) => one.name),
      )}; see: snapshot-clone --help`,
    );
  const call = name === 'help' ? undefined : readCall(command, words);
  if (call && !call.has('help')) return command.run(call);
  print(helpOf(command));
  return CLEAN;
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return [
    'usage: snapshot-clone COMMAND [options] ...',
    '',
    ...COMMANDS.map(({ name, brief }) => `  ${name.padEnd(width)}  ${brief}`),
    '',
    'snapshot-clone COMMAND --help says more about one of them, snapshot-clone --version which version this is.',
    '',
  ].join('\n');
}
