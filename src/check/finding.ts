import type { ObjectSet } from '../rules/object-set';
import { type Fault, listOf, type Rule, type Severity } from '../rules/rule';
import type { SetObject } from '../rules/set-object';

/** One violation of one rule by one object. The JSON report is a list of these: their fields are a contract. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly object: { readonly apiVersion: string; readonly kind: string; readonly namespace: string; readonly name: string };
  /** Absent where the manifest was in no file. */
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly message: string;
  readonly remediation: string;
}

/** A finding, and the object it is about. */
export interface FindingOfObject {
  readonly finding: Finding;
  readonly object: SetObject;
}

/** All violations, rule by rule, each rule's in the order of the manifests. */
export function findingsIn(set: ObjectSet, rules: readonly Rule[]): Finding[] {
  return findingsOfObjects(set, rules).map(({ finding }) => finding);
}

/** The same, with their objects. */
export function findingsOfObjects(set: ObjectSet, rules: readonly Rule[]): FindingOfObject[] {
  const findings: FindingOfObject[] = [];
  for (const rule of rules) {
    rule.judge(set, (object, faults) => {
      if (faults === undefined) return;
      for (const fault of listOf(faults)) findings.push({ finding: findingOf(rule, object, fault), object });
    });
  }
  return findings;
}

function findingOf(rule: Rule, object: SetObject, fault: Fault): Finding {
  const { apiVersion, kind, namespace, name, origin } = object;
  return {
    rule: rule.id,
    severity: rule.severity,
    object: { apiVersion, kind, namespace, name },
    ...(origin && { file: origin.file, line: origin.lineOf?.(fault.node) ?? origin.line }),
    message: fault.message,
    remediation: fault.remediation ?? rule.remediation,
  };
}
