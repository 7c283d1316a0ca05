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

/** So many bytes of manifests keep the processor busy for much longer than Node takes to start. */
const MUCH = 64 * 1024;

/**
 * Reads all of them. A set without a single document is a problem: nothing is what a broken pipeline gives.
 *
 * `prepare` is called, once, before much is read.
 */
export async function readPaths(paths: readonly string[], prepare?: () => void): Promise<Readings> {
  const reader = new ManifestReader();
  let bytes = 0;
  const coming = (length: number) => {
    if (bytes < MUCH && bytes + length >= MUCH) prepare?.();
    bytes += length;
  };
  const { files, notices, problems } = await inputs(paths.filter((path) => path !== STDIN));
  for (const notice of notices) reader.notices.push(notice);
  for (const problem of problems) reader.problems.push(problem);
  for (const file of files) readFile(file, reader, coming);
  if (paths.includes(STDIN)) await readStdin(reader, coming);
  if (reader.documents === 0 && reader.problems.length === 0) {
    reader.problems.push({
      file: paths.map((path) => (path === STDIN ? STDIN_NAME : path)).join(', '),
      message: 'holds no document: there is nothing to check',
    });
  }
  return reader;
}

function readFile({ path, regular }: InputFile, reader: ManifestReader, coming: (bytes: number) => void): void {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const stream = new ByteStream(reader, path, regular ? new FileLines(path) : new PassingLines());
    while (stream.open) {
      const length = readSync(file, stream.room());
      if (length === 0) break;
      coming(length);
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

async function readStdin(reader: ManifestReader, coming: (bytes: number) => void): Promise<void> {
  const stream = new ByteStream(reader, STDIN_NAME, new PassingLines());
  try {
    for await (const chunk of process.stdin) {
      coming((chunk as Buffer).length);
      stream.push(chunk as Buffer);
      if (!stream.open) break;
    }
    stream.end();
  } catch (error) {
    reader.problems.push({ file: STDIN_NAME, message: fileFault(error) });
  }
}
