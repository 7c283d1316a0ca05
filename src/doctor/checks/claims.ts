import { claimPending } from '../../rules/cluster/claim-pending';
import { dataSourceDropped } from '../../rules/cluster/data-source-dropped';
import { snapshotNotReady } from '../../rules/cluster/snapshot-not-ready';
import { at, text } from '../../rules/fields';
import { referenceNotGranted } from '../../rules/references/reference-not-granted';
import type { Rule } from '../../rules/rule';
import type { SetObject } from '../../rules/set-object';
import type { Check } from '../check';
import type { KindName } from '../cluster-view';
import type { Evidence } from '../evidence';

/** The claims of a cluster, by the rules that judge them anywhere. */
export const CLAIM_CHECKS: readonly Check[] = [
  fromRule(dataSourceDropped, 'whether a claim was made without the source that was meant', []),
  // A grant may be taken back once the claim is bound.
  fromRule(referenceNotGranted, 'whether the claims that wait are granted', ['referencegrants'], isUnbound),
  fromRule(snapshotNotReady, 'whether the snapshots that claims wait for are ready', ['volumesnapshots']),
  fromRule(claimPending, 'why claims are Pending', ['referencegrants', 'volumesnapshots', 'storageclasses', 'events']),
];

function fromRule(rule: Rule, question: string, needs: readonly KindName[], concerns: (claim: SetObject) => boolean = () => true): Check {
  return {
    id: rule.id,
    question,

    *judge(evidence) {
      const unknown = [...evidence.doubts('persistentvolumeclaims'), ...(anyWaits(evidence) ? evidence.doubts(...needs) : [])];
      yield* unknown;
      // Without grants as a kind nothing is granted, and that alone is said.
      if (unknown.length > 0 || (needs.includes('referencegrants') && !evidence.servesGrants)) return;
      for (const { object, faults } of rule.judge(evidence.set)) {
        if (!concerns(object)) continue;
        const { apiVersion, kind, namespace, name } = object;
        for (const { message, remediation = rule.remediation } of faults) {
          yield {
            severity: rule.severity,
            object: { apiVersion, kind, namespace, name },
            message,
            effect: rule.why,
            remediation,
            page: rule.source,
          };
        }
      }
    },
  };
}

function isUnbound(claim: SetObject): boolean {
  return text(at(claim.manifest, 'status', 'phase')) !== 'Bound';
}

/** Only for a claim that waits does it matter what else cannot be read. */
function anyWaits({ set }: Evidence): boolean {
  return set.claims.some(({ object, reference }) => reference !== undefined && isUnbound(object));
}
