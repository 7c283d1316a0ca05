import { writeSync } from 'node:fs';

export const STDOUT = 1;
const STDERR = 2;

/** Writes all of it before going on: what is left to a stream is lost when the process ends. A reader that has gone away is no error. */
export function print(text: string): void {
  write(STDOUT, text);
}

/** Where nobody can be told, the exit code has to do. */
export function complain(text: string): void {
  try {
    write(STDERR, `snapshot-clone: ${text}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== 'write') throw error;
  }
}

function write(file: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(file, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      // A pipe that is full for now.
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
