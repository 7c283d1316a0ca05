import type { ObjectSet } from './object-set';
import type { SetObject } from './set-object';

/** How bad it is: an error does not work or is unsafe, a warning will bite, an info is worth knowing. */
export type Severity = (typeof SEVERITIES)[number];

/** The worst first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** One rule over a set of manifests. Its file is called after its id. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** It can neither be skipped nor suppressed: without it the verdict of other rules means nothing. */
  readonly isAlwaysApplied?: true;
  /** What must hold, in one sentence. */
  readonly sentence: string;
  /** What happens in a cluster if it does not: a few sentences for docs/rules.md, with the words that Kubernetes would use. */
  readonly why: string;
  /** What to do, in one sentence. A fault may know better. */
  readonly remediation: string;
  /** The page that says so. */
  readonly source: string;
  /** Looks at every object that the rule is about; an object that is not mentioned is none of its business. */
  judge(set: ObjectSet): Iterable<Judgement>;
}

/** What a rule thinks of one object. */
export interface Judgement {
  readonly object: SetObject;
  /** None: the object complies. */
  readonly faults: readonly Fault[];
}

/** What a compliant object is yielded with: thousands are. */
export const NO_FAULTS: readonly Fault[] = [];

/** One thing that is wrong with an object. */
export interface Fault {
  /** What is wrong, the value, and what is allowed. */
  readonly message: string;
  /** The part of the manifest that is to blame; its line is reported. */
  readonly node?: unknown;
  /** What to do in this case, where it is more than the rule's remediation. */
  readonly remediation?: string;
}
