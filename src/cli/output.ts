import { type Stats, statSync, writeFileSync } from 'node:fs';
import type { Readings } from '../check/check-result';
import { complain, print } from './print';
import { type Option, UsageError } from './usage';

/** The option of commands whose result may go into a file: a report, or a picture. */
export function outputOption(what: string): Option {
  return { value: 'FILE', help: `Write the ${what} there instead of to standard output.` };
}

/** What is checked is never written over: no file that was named, and none in which a manifest was found. An old report may be. */
export function refuseInput(output: string | undefined, operands: readonly string[], { manifests }: Readings): void {
  const target = output === undefined ? undefined : fileAt(output);
  if (!target) return;
  const read = new Set([...operands, ...manifests.map(({ origin }) => origin?.file ?? '')]);
  for (const path of read) {
    const file = fileAt(path);
    if (file?.ino === target.ino && file.dev === target.dev) {
      throw new UsageError(`--output ${output} is one of the files that are read, and would be written over; name another file`);
    }
  }
}

function fileAt(path: string): Stats | undefined {
  try {
    const found = statSync(path);
    return found.isFile() ? found : undefined;
  } catch {
    return undefined;
  }
}

const FAULTS: { readonly [code: string]: string } = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be written',
};

/** Prints a result, or writes it into the file that `--output` names. Then standard error says where it is, after what came of it. */
export function putOut(text: string, output: string | undefined, told: string): void {
  if (output === undefined) {
    print(text);
    return;
  }
  try {
    writeFileSync(output, text);
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    throw new UsageError(`--output ${output} cannot be written: ${FAULTS[code] ?? code}`);
  }
  complain(`${told} is in ${output}`);
}
