import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { eventually } from './eventually';

/** A program that runs in the background until it is stopped. */
export interface ServiceProps {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Throws until the service is ready. @default - ready as soon as it was started */
  readonly ready?: () => Promise<void>;
}

// The program becomes the leader of a process group of its own. A guard inside that group reads a pipe whose other end only
// this process holds: the pipe ends when this process dies, however it dies, and the guard kills the whole group. It is
// started by the same shell before the program, so there is no moment without it, and while it lives the group's number
// cannot be given to somebody else.
const GUARDED = '(cat <&3 >/dev/null; kill -KILL 0) & exec "$@" 3<&-';
const GUARD_FD = 3;

/** By what the list of processes shows the guards of services that were started with this folder for temporary files. */
export function guardName(temporary: string): string {
  return `guard:${temporary}`;
}

/** One background process: started, polled until it is ready, stopped with all its children, its output kept in a file. */
export class Service {
  public static async start(props: ServiceProps): Promise<Service> {
    const service = new Service(props);
    if (props.ready) {
      await eventually(`${props.name} to be ready`, props.ready, {
        giveUpIf: () => service.mustBeRunning(),
        circumstances: () => service.lastWords(),
      }).catch(async (error) => {
        await service.kill();
        throw error;
      });
    }
    return service;
  }

  public readonly name: string;
  public readonly logFile: string;
  private readonly child: ChildProcess;
  private readonly exit: Promise<void>;
  private ending?: string;
  private expectedToEnd = false;

  private constructor(props: ServiceProps) {
    this.name = props.name;
    this.logFile = props.logFile;
    mkdirSync(dirname(props.logFile), { recursive: true });
    const log = openSync(props.logFile, 'a');
    this.child = spawn('sh', ['-c', GUARDED, guardName(tmpdir()), props.program, ...props.args], {
      detached: true,
      env: { ...process.env, ...props.env },
      stdio: ['ignore', log, log, 'pipe'],
    });
    closeSync(log);
    // The pipe must not keep this process alive, and its end is no error.
    const guard = this.child.stdio[GUARD_FD]!;
    guard.on('error', () => undefined);
    this.exit = new Promise((resolve) => {
      const ended = (ending: string) => {
        this.ending = ending;
        // Ends the guard, which takes along whatever the program left in its group.
        guard.destroy();
        resolve();
      };
      this.child.once('error', (error) => ended(error.message));
      this.child.once('exit', (code, signal) => ended(signal ? `signal ${signal}` : `exit code ${code}`));
    });
  }

  public get pid(): number {
    return this.child.pid!;
  }

  public get running(): boolean {
    return this.ending === undefined;
  }

  /** Why it is not running although nobody stopped it; undefined when all is well. */
  public get accident(): string | undefined {
    return this.ending === undefined || this.expectedToEnd
      ? undefined
      : `${this.name} ended by itself (${this.ending}), log: ${this.logFile}`;
  }

  /** Asks it to end, and insists after `graceMs`. */
  public async stop(graceMs = 10_000): Promise<void> {
    this.expectedToEnd = true;
    this.signal('SIGTERM');
    const insist = setTimeout(() => this.signal('SIGKILL'), graceMs);
    await this.exit;
    clearTimeout(insist);
  }

  /** Ends it at once: for what keeps nothing that anybody will read again, and for tests of sudden death. */
  public async kill(): Promise<void> {
    this.expectedToEnd = true;
    this.signal('SIGKILL');
    await this.exit;
  }

  private mustBeRunning(): void {
    if (this.accident) {
      throw new Error(`${this.accident}\n${this.lastWords()}`);
    }
  }

  private lastWords(): string {
    const lines = readFileSync(this.logFile, 'utf8').trimEnd().split('\n');
    return [`Last lines of ${this.logFile}:`, ...lines.slice(-12)].join('\n');
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.running && this.child.pid !== undefined) {
      try {
        // Only the program: its guard must outlive it to clean up the group.
        process.kill(this.child.pid, signal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
          throw error;
        }
      }
    }
  }
}
