import { setTimeout as pause } from 'node:timers/promises';
import type { status } from '@grpc/grpc-js';
import { CsiError, type CsiMethod, type Message } from './csi-service';

/** Something that goes wrong with a method on purpose. */
export interface Fault {
  /** For how many calls. @default - until the fault is cleared */
  readonly times?: number;
  /** The call takes this much longer. @default 0 */
  readonly delayMs?: number;
  /** The call ends with this code. @default - the call succeeds */
  readonly code?: status;
  /** Whether the work is done all the same before it fails: the answer that gets lost. @default false */
  readonly afterWork?: boolean;
}

/** One call that the driver got. */
export interface Call {
  readonly method: string;
  readonly request: Message;
}

/** Stands between gRPC and the driver's methods: writes down each call and makes it fail or wait when a test wants that. */
export class Faults {
  public readonly calls: Call[] = [];
  private readonly active = new Map<string, { fault: Fault; left: number }>();

  /** From now on, `method` suffers from `fault`. */
  public set(method: string, fault: Fault): void {
    this.active.set(method, { fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  public clear(): void {
    this.active.clear();
  }

  public around(name: string, method: CsiMethod): CsiMethod {
    return async (request) => {
      this.calls.push({ method: name, request });
      const fault = this.take(name);
      const response = fault?.code === undefined || fault.afterWork ? await method(request) : undefined;
      if (fault?.delayMs) {
        await pause(fault.delayMs);
      }
      if (fault?.code !== undefined) {
        throw new CsiError(fault.code, `${name} fails on purpose`);
      }
      return response!;
    };
  }

  private take(method: string): Fault | undefined {
    const entry = this.active.get(method);
    if (!entry || entry.left === 0) {
      return undefined;
    }
    entry.left--;
    return entry.fault;
  }
}
