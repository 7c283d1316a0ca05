import { GRANTED_BY_ANNOTATION } from '../reference/pre-provisioned';
import { dataSourceDropped } from '../rules/cluster/data-source-dropped';
import { at, text } from '../rules/fields';
import { fillsContents } from '../rules/pre-provisioned/content-filler';
import { violatorsOf } from '../rules/rule';
import type { Doubt } from './check';
import type { Evidence } from './evidence';

/**
 * Whether anything in a cluster needs the feature gate. Nothing does where PreProvisionedSnapshotPolicies stand, no API server has the gate on,
 * and no claim names a source in another namespace, or once did: there claims are filled from handed-over snapshots.
 */
export function needsGate(evidence: Evidence): boolean {
  if (isOnSomewhere(evidence) || !handsOver(evidence)) return true;
  const crosses = evidence.set.claims.some(({ namespace, named }) => named !== undefined && named.namespace !== namespace);
  return crosses || violatorsOf(dataSourceDropped, evidence.set).size > 0;
}

/** Why it cannot be told whether a gate that is off is wrong: nobody may read the policies that make it needless. */
export function* doubtsOfNeed(evidence: Evidence): Generator<Doubt> {
  if (isOnSomewhere(evidence)) return;
  for (const { because, remediation } of doubtsOfPolicies(evidence)) {
    yield { because: `it is off, and whether PreProvisionedSnapshotPolicies make it needless is not known: ${because}`, remediation };
  }
}

function isOnSomewhere({ view }: Evidence): boolean {
  return view.gateReadings.some((reading) => 'known' in reading && reading.known.on === true);
}

function doubtsOfPolicies(evidence: Evidence): Doubt[] {
  return [...evidence.doubts('mutatingadmissionpolicies', 'mutatingadmissionpolicybindings')];
}

/** The policies stand; where nobody may read them, the contents that they have filled show it. */
function handsOver(evidence: Evidence): boolean {
  if (doubtsOfPolicies(evidence).length > 0) {
    return evidence
      .objects('volumesnapshotcontents')
      .some((content) => at(content, 'metadata', 'annotations', GRANTED_BY_ANNOTATION) !== undefined);
  }
  const bindings = evidence.objects('mutatingadmissionpolicybindings');
  return evidence.objects('mutatingadmissionpolicies').some((policy) => fillsContents(policy) && isBound(policy, bindings));
}

/** Whether any of the bindings makes the policy work. */
function isBound(policy: unknown, bindings: readonly unknown[]): boolean {
  return bindings.some((binding) => text(at(binding, 'spec', 'policyName')) === text(at(policy, 'metadata', 'name')));
}
