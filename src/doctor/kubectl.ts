import type { Answer } from './answer';

/** All that the doctor ever asks of kubectl: a GET. A verb that could write has no place in this list. */
export const KUBECTL_VERBS = [['get', '--raw']] as const;

/** Reads a path of the API server, such as `/api/v1/pods`. */
export type ApiReader = (path: string) => Promise<Answer<string>>;

export interface KubectlOptions {
  /** The kubeconfig's context. @default - its current one */
  readonly context?: string;
  /** The file. @default - what kubectl finds by itself */
  readonly kubeconfig?: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The doctor could not do its work at all: no kubectl, no connection. */
export class CannotWork extends Error {}

/** The API server's own refusals begin like this; anything else never reached it. */
const REFUSAL = /^Error from server(?: \((\w+)\))?: (.*)$/ms;

/** Reads with the kubectl on the PATH, and with the rights of whoever runs it. */
export function kubectlReader({ context, kubeconfig, env }: KubectlOptions): ApiReader {
  const where = [...(context ? [`--context=${context}`] : []), ...(kubeconfig ? [`--kubeconfig=${kubeconfig}`] : [])];
  return async (path) => {
    const [[verb, raw]] = KUBECTL_VERBS;
    const { status, stdout, stderr } = await run([verb, raw, path, ...where, '--request-timeout=60s'], env);
    if (status === 0) return { known: stdout };
    const [, reason, message] = REFUSAL.exec(stderr.trim()) ?? [];
    if (!message) throw new CannotWork(`kubectl cannot read ${path}: ${stderr.trim() || `it ended with ${status}`}`);
    return reason === 'NotFound' ? { absent: message } : { unknown: message };
  };
}

/** What a path of the API answers is JSON; a proxy that wants a login answers something else. */
export function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    throw new CannotWork(`kubectl read something that is no JSON, perhaps from a proxy: ${answer.slice(0, 80)}`);
  }
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  // To load it takes milliseconds, and other commands need none of it.
  const { spawn } = require('node:child_process') as typeof import('node:child_process');
  return new Promise((resolve, reject) => {
    const child = spawn('kubectl', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', (error: NodeJS.ErrnoException) => {
      const what = error.code === 'ENOENT' ? 'kubectl is not on the PATH; install it, or use a saved dump' : error.message;
      reject(new CannotWork(what));
    });
    child.once('close', (status) => {
      resolve({ status, stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') });
    });
  });
}
