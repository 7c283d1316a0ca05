import type { Severity } from '../rules/rule';
import type { Evidence } from './evidence';

/** An object, named as `kubectl get` finds it. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty for a kind that has none. */
  readonly namespace: string;
  readonly name: string;
}

/** One thing that is wrong with a cluster. */
export interface Fault {
  readonly severity: Severity;
  /** Absent where no object is to blame, such as for an argument of the API server. */
  readonly object?: ObjectName;
  /** What is wrong. */
  readonly message: string;
  /** What comes of it, in the words that Kubernetes uses where there are any. */
  readonly effect: string;
  /** What to do, where possible a command. */
  readonly remediation: string;
  /** The page that says more. */
  readonly page: string;
}

/** A question that the cluster did not answer. */
export interface Doubt {
  /** Why, mostly in the words of the API server. */
  readonly because: string;
  /** How to find out. */
  readonly remediation: string;
}

/** One question about a cluster. */
export interface Check {
  readonly id: string;
  /** What it finds out, after "cannot tell". */
  readonly question: string;
  judge(evidence: Evidence): Iterable<Fault | Doubt>;
}

const REPOSITORY = 'https://github.com/cdk8s-snapshot-clone/cdk8s-snapshot-clone/blob/main';

/** The address of a page of this project, such as `docs/owner.md#revoke`. */
export function page(path: string): string {
  return `${REPOSITORY}/${path}`;
}

/** How to get the rights that the doctor lacks. */
export const READ_RIGHTS = `ask for the rights of ${page('docs/doctor.md#what-it-reads')}`;
