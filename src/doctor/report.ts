import { intentOf } from '../reference/intent';
import { crossesNamespace } from '../reference/reference';
import { dataSourceDropped } from '../rules/cluster/data-source-dropped';
import { at, text } from '../rules/fields';
import { violatorsOf } from '../rules/rule';
import type { Doubt, Fault } from './check';
import type { Evidence } from './evidence';

/** One thing that is wrong. The JSON report is made of these: their fields are a contract. */
export interface Diagnosis extends Fault {
  /** The check, or the rule. */
  readonly rule: string;
}

/** One thing that cannot be told. */
export interface OpenQuestion extends Doubt {
  readonly rule: string;
  readonly question: string;
}

/** A claim that was meant to be filled from another namespace, and what became of it. */
export interface CloneState {
  readonly namespace: string;
  readonly name: string;
  /** As an intent is written: `VolumeSnapshot.snapshot.storage.k8s.io/prod/mysql`. Empty: it is known that there was one, and no more. */
  readonly source: string;
  readonly phase: string;
  /** Whether a grant covers it today. Absent: the grants, or what it names, are not known. */
  readonly granted?: boolean;
  /** Whether it was made without the source that was meant. */
  readonly dropped: boolean;
}

/** What the doctor has found. */
export interface Report {
  readonly findings: readonly Diagnosis[];
  readonly unknown: readonly OpenQuestion[];
  readonly clones: readonly CloneState[];
}

/** 1: something is wrong. 2: that cannot be told, and nothing is known to be wrong. 0: it will work. */
export function exitCodeOf({ findings, unknown }: Report, allowUnknown: boolean): 0 | 1 | 2 {
  if (findings.some(({ severity }) => severity === 'error')) return 1;
  return unknown.length > 0 && !allowUnknown ? 2 : 0;
}

/** Every claim that was meant to be a clone. */
export function clonesIn({ set, servesGrants }: Evidence): CloneState[] {
  const dropped = violatorsOf(dataSourceDropped, set);
  return set.claims
    .filter(({ object, intent, reference }) => intent || dropped.has(object) || (reference && crossesNamespace(reference)))
    .map(({ object, namespace, name, intent, reference }) => ({
      namespace,
      name,
      source: intent ?? (reference ? intentOf(reference.source) : ''),
      phase: text(at(object.manifest, 'status', 'phase')),
      ...(servesGrants && reference && crossesNamespace(reference) && { granted: set.grantIndex.covers(reference) }),
      dropped: dropped.has(object),
    }));
}
