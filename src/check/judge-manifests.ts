import { ALL_RULES } from '../rules/all-rules';
import { ObjectSet } from '../rules/object-set';
import type { Finding } from './finding';
import { mustBeManifests } from './given-manifests';
import { namespaceOf, namespacesOf, optionFault, stringsOf } from './given-options';
import { judge, rulesWithout, skipFault } from './judge';
import { speakingOf } from './option-names';
import type { CheckFinding, CheckSeverity, ManifestCheckOptions } from './snapshot-clone-check';

const WHAT = 'SnapshotCloneCheck';

/** What SnapshotCloneCheck does. */
export function judgeManifests(manifests: readonly unknown[], options: ManifestCheckOptions): CheckFinding[] {
  const skip = skippedBy(options);
  const external = namespacesOf('external', WHAT, options.external);
  const namespace = namespaceOf('namespace', WHAT, options.namespace);
  mustBeManifests(WHAT, manifests);
  const set = new ObjectSet(
    manifests.map((manifest) => ({ manifest })),
    { namespace, external },
  );
  const { findings, suppressed, problems } = judge(set, rulesWithout(ALL_RULES, skip), ALL_RULES);
  if (problems.length > 0)
    throw new Error(`these manifests cannot be judged:\n${problems.map(({ message }) => `- ${message}`).join('\n')}`);
  return [...findings.map((finding) => resultOf(finding)), ...suppressed.map((finding) => resultOf(finding, finding.reason))];
}

function skippedBy(options: ManifestCheckOptions): readonly string[] {
  const skip = stringsOf('skip', WHAT, options.skip);
  const unskippable = skip.find((rule) => skipFault(ALL_RULES, rule));
  if (unskippable === undefined) return skip;
  const skippable = ALL_RULES.filter(({ id }) => !skipFault(ALL_RULES, id)).map(({ id }) => id);
  throw optionFault('skip', WHAT, unskippable, `must be one of: ${skippable.join(', ')}`);
}

function resultOf({ rule, severity, object, message, remediation }: Finding, suppressedBecause?: string): CheckFinding {
  return {
    rule,
    severity: severity as CheckSeverity,
    ...object,
    message,
    remediation: speakingOf('the option', remediation),
    suppressedBecause,
  };
}
