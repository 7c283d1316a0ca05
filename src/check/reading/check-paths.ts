import { closeSync, openSync, readSync } from 'node:fs';
import { type CheckOptions, type CheckResult, checkReadings, type Readings } from '../check-result';
import { ByteStream } from './byte-stream';
import { FileLines, PassingLines } from './line-index';
import { ManifestReader } from './manifest-reader';
import { fileFault, type InputFile, inputs } from './paths';

/** Stands for standard input. */
export const STDIN = '-';
/** The name under which standard input is reported. */
export const STDIN_NAME = '<stdin>';

/** Checks what is in files, folders and globs, and in standard input for `-`. */
export async function checkPaths(paths: readonly string[], options: CheckOptions = {}): Promise<CheckResult> {
  return checkReadings(await readPaths(paths), options);
}

/** Reads all of them. A set without a single document is a problem: nothing is what a broken pipeline gives. */
export async function readPaths(paths: readonly string[]): Promise<Readings> {
  const reader = new ManifestReader();
  const { files, notices, problems } = await inputs(paths.filter((path) => path !== STDIN));
  for (const notice of notices) reader.notices.push(notice);
  for (const problem of problems) reader.problems.push(problem);
  for (const file of files) readFile(file, reader);
  if (paths.includes(STDIN)) await readStdin(reader);
  if (reader.documents === 0 && reader.problems.length === 0) {
    reader.problems.push({
      file: paths.map((path) => (path === STDIN ? STDIN_NAME : path)).join(', '),
      message: 'holds no document: there is nothing to check',
    });
  }
  return reader;
}

function readFile({ path, regular }: InputFile, reader: ManifestReader): void {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const stream = new ByteStream(reader, path, regular ? new FileLines(path) : new PassingLines());
    while (stream.open) {
      const length = readSync(file, stream.room());
      if (length === 0) break;
      stream.filled(length);
    }
    stream.end();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    reader.problems.push({ file: path, message: fileFault(error) });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

async function readStdin(reader: ManifestReader): Promise<void> {
  const stream = new ByteStream(reader, STDIN_NAME, new PassingLines());
  try {
    for await (const chunk of process.stdin) {
      stream.push(chunk as Buffer);
      if (!stream.open) break;
    }
    stream.end();
  } catch (error) {
    reader.problems.push({ file: STDIN_NAME, message: fileFault(error) });
  }
}
