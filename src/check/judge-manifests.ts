import { ALL_RULES } from '../rules/all-rules';
import { ObjectSet } from '../rules/object-set';
import type { Finding } from './finding';
import { judge, rulesWithout, skipFault } from './judge';
import type { CheckFinding, CheckSeverity, ManifestCheckOptions } from './snapshot-clone-check';

/** What SnapshotCloneCheck does. */
export function judgeManifests(manifests: readonly unknown[], options: ManifestCheckOptions): CheckFinding[] {
  const unskippable = (options.skip ?? []).find((rule) => skipFault(ALL_RULES, rule));
  if (unskippable !== undefined) {
    const skippable = ALL_RULES.filter(({ id }) => !skipFault(ALL_RULES, id)).map(({ id }) => id);
    throw new Error(`skip of SnapshotCloneCheck is '${unskippable}', but must be one of: ${skippable.join(', ')}`);
  }
  const set = new ObjectSet(
    manifests.map((manifest) => ({ manifest })),
    options,
  );
  const { findings, suppressed, problems } = judge(set, rulesWithout(ALL_RULES, options.skip), ALL_RULES);
  if (problems.length > 0)
    throw new Error(`these manifests cannot be judged:\n${problems.map(({ message }) => `- ${message}`).join('\n')}`);
  return [...findings.map((finding) => resultOf(finding)), ...suppressed.map((finding) => resultOf(finding, finding.reason))];
}

function resultOf({ rule, severity, object, message, remediation }: Finding, suppressedBecause?: string): CheckFinding {
  return { rule, severity: severity as CheckSeverity, ...object, message, remediation, suppressedBecause };
}
