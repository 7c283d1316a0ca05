import { status } from '@grpc/grpc-js';
import { CsiError } from './csi-service';

interface PageRequest {
  readonly max_entries?: number;
  readonly starting_token?: string;
}

/** The part of a list that a request asks for; the token is the number of the entry to go on with. */
export function page(request: PageRequest, entries: readonly object[]): object {
  const start = Number(request.starting_token || 0);
  if (!Number.isInteger(start) || start < 0 || start > entries.length) {
    throw new CsiError(status.ABORTED, `starting_token ${request.starting_token} is none of ours`);
  }
  const end = request.max_entries ? Math.min(start + request.max_entries, entries.length) : entries.length;
  return { entries: entries.slice(start, end), next_token: end < entries.length ? String(end) : '' };
}
