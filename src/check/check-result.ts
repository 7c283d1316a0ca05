import { ALL_RULES } from '../rules/all-rules';
import { ObjectSet } from '../rules/object-set';
import type { PlacedManifest } from '../rules/set-object';
import { externalNotices } from './external';
import { judge, rulesWithout, type Verdict } from './judge';
import type { Problem } from './problem';

/** What was looked at, and how it ended. */
export interface Summary {
  /** All that were read, skipped ones included. */
  readonly documents: number;
  /** Of these, not parsed, because nothing in them concerns any rule. */
  readonly skipped: number;
  readonly claims: number;
  /** Claims that name a source. */
  readonly references: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly suppressed: number;
}

/** What a check has found. With a problem it is incomplete. */
export interface CheckResult extends Verdict {
  readonly summary: Summary;
  readonly set: ObjectSet;
}

export interface CheckOptions {
  /** The namespace of objects that name none. */
  readonly namespace?: string;
  /** Namespaces that are delivered elsewhere. */
  readonly external?: readonly string[];
  /** Ids of rules that are not applied. */
  readonly skip?: readonly string[];
}

/** What has been read. */
export interface Readings {
  readonly manifests: readonly PlacedManifest[];
  /** Said beside the findings; no reason to fail. */
  readonly notices: readonly Problem[];
  readonly problems: readonly Problem[];
  readonly documents: number;
  readonly skipped: number;
}

/** Judges what has been read. */
export function checkReadings({ manifests, notices, problems, documents, skipped }: Readings, options: CheckOptions = {}): CheckResult {
  const set = new ObjectSet(manifests, options);
  const verdict = judge(set, rulesWithout(ALL_RULES, options.skip), ALL_RULES);
  const result = { set, problems: [...problems, ...verdict.problems] };
  const count = (severity: string) => verdict.findings.filter((finding) => finding.severity === severity).length;
  return {
    ...verdict,
    ...result,
    notices: [...notices, ...verdict.notices, ...externalNotices(result, options.external)],
    summary: {
      documents,
      skipped,
      claims: set.claims.length,
      references: set.claims.filter(({ reference }) => reference).length,
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      suppressed: verdict.suppressed.length,
    },
  };
}
