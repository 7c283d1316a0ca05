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
  /** Looks at every object that the rule is about, and says what it thinks of it; an object that is not mentioned is none of its business. */
  judge(set: ObjectSet, say: Say): void;
}

/** Takes what a rule thinks of one object. A call, because for each object that does not comply there are thousands that do. */
export type Say = (object: SetObject, faults?: Faults) => void;

/** What is wrong with an object. None, in whatever way: it complies. */
export type Faults = Fault | readonly Fault[] | undefined;

/** One thing that is wrong with an object. */
export interface Fault {
  /** What is wrong, the value, and what is allowed. */
  readonly message: string;
  /** The part of the manifest that is to blame; its line is reported. */
  readonly node?: unknown;
  /** What to do in this case, where it is more than the rule's remediation. */
  readonly remediation?: string;
}

/** What a rule thinks of one object. */
export interface Judgement {
  readonly object: SetObject;
  readonly faults: readonly Fault[];
}

/** Everything that a rule says about a set. */
export function judgementsOf(rule: Rule, set: ObjectSet): Judgement[] {
  const judgements: Judgement[] = [];
  rule.judge(set, (object, faults) => judgements.push({ object, faults: listOf(faults) }));
  return judgements;
}

/** The objects of a set that do not comply with a rule. */
export function violatorsOf(rule: Rule, set: ObjectSet): ReadonlySet<SetObject> {
  return new Set(judgementsOf(rule, set).flatMap(({ object, faults }) => (faults.length > 0 ? [object] : [])));
}

/** What is wrong with the items of a list, one by one. */
export function faultsIn<T>(items: readonly T[], faultOf: (item: T, index: number) => Fault | undefined): Faults {
  let faults: Fault[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const fault = faultOf(items[index]!, index);
    if (fault) faults = [...(faults ?? []), fault];
  }
  return faults;
}

const NONE: readonly Fault[] = [];

/** All that is wrong. */
export function listOf(faults: Faults): readonly Fault[] {
  if (faults === undefined) return NONE;
  return Array.isArray(faults) ? faults : [faults as Fault];
}
