import { status } from '@grpc/grpc-js';
import { CsiError } from './csi-service';

/** Lets one call at a time work on an id; the specification wants the others refused, not queued. */
export class InTurn {
  private readonly busy = new Set<string>();

  public async only<T>(id: string, work: () => Promise<T>): Promise<T> {
    if (this.busy.has(id)) {
      throw new CsiError(status.ABORTED, `another call works on ${id}`);
    }
    this.busy.add(id);
    try {
      return await work();
    } finally {
      this.busy.delete(id);
    }
  }
}
