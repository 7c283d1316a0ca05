import { CLAIM_KIND } from '../../reference/reference';
import { claimPending } from '../../rules/cluster/claim-pending';
import { dataSourceDropped } from '../../rules/cluster/data-source-dropped';
import { snapshotNotReady } from '../../rules/cluster/snapshot-not-ready';
import { at, text } from '../../rules/fields';
import { referenceNotGranted } from '../../rules/references/reference-not-granted';
import { judgementsOf, type Rule } from '../../rules/rule';
import type { SetObject } from '../../rules/set-object';
import { type Check, type Fault, page } from '../check';
import type { KindName } from '../cluster-view';
import type { Evidence } from '../evidence';

/** What a rule does not say, because it is for manifests too. */
interface InCluster {
  readonly rule: Rule;
  readonly question: string;
  /** Without these the rule cannot judge. */
  readonly needs: readonly KindName[];
  /** @default - every claim */
  readonly concerns?: (claim: SetObject) => boolean;
  /** @default - as the rule says */
  readonly remediation?: (claim: SetObject) => string;
  /** What a claim of this kind is told instead. @default - the same as every claim */
  readonly handedOver?: Pick<Fault, 'severity' | 'effect' | 'remediation'>;
  readonly page: string;
}

/** The policies ask for the grant when the claim is made, and nobody does so again. */
const UNGRANTED_HANDED_OVER = {
  severity: 'warning',
  effect:
    'The grant is gone, or the claim was made where no PreProvisionedSnapshotPolicies stood. That is not why it waits: nobody asks for the grant of a handed-over snapshot once the claim is made, and csi-provisioner fills it all the same. The policies refuse the next claim.',
  remediation:
    'if the claim is to have the data, let the owner of the source grant it; if not, delete the claim, and the handed-over snapshot with its content',
} as const;

/** The claims of a cluster, by the rules that judge them anywhere. */
export const CLAIM_CHECKS: readonly Check[] = [
  fromRule({
    rule: dataSourceDropped,
    question: 'whether a claim was made without the source that was meant',
    needs: [],
    page: page('docs/consumer.md#bound-but-empty'),
  }),
  fromRule({
    rule: referenceNotGranted,
    question: 'whether the claims that wait are granted',
    needs: ['referencegrants'],
    // A grant may be taken back once the claim is bound.
    concerns: (object) => object.kind === CLAIM_KIND && isUnbound(object),
    handedOver: UNGRANTED_HANDED_OVER,
    remediation: ({ namespace, name }) =>
      `let the owner of the source grant it; the claim is tried again after up to 5 minutes, or at once when it is touched: kubectl -n ${namespace} annotate pvc ${name} touched=1 --overwrite`,
    page: page('docs/troubleshooting.md#it-isnt-allowed'),
  }),
  fromRule({
    rule: snapshotNotReady,
    question: 'whether the snapshots that claims wait for are ready',
    needs: ['volumesnapshots'],
    page: page('docs/troubleshooting.md#the-snapshot-cannot-be-read'),
  }),
  fromRule({
    rule: claimPending,
    question: 'why claims are Pending',
    needs: ['referencegrants', 'volumesnapshots', 'storageclasses', 'events'],
    page: page('docs/consumer.md#why-a-claim-stays-pending'),
  }),
];

function fromRule({ rule, question, needs, concerns = () => true, remediation, handedOver, page: more }: InCluster): Check {
  return {
    id: rule.id,
    question,

    *judge(evidence) {
      const unknown = [...evidence.doubts('persistentvolumeclaims'), ...(anyWaits(evidence) ? evidence.doubts(...needs) : [])];
      yield* unknown;
      // Without grants as a kind nothing is granted, and that alone is said.
      if (unknown.length > 0 || (needs.includes('referencegrants') && !evidence.servesGrants)) return;
      const usesHandedOver = new Set(
        evidence.set.claims.filter(({ named, reference }) => named && named !== reference?.source).map(({ object }) => object),
      );
      for (const { object, faults } of judgementsOf(rule, evidence.set)) {
        if (!concerns(object)) continue;
        const { apiVersion, kind, namespace, name } = object;
        for (const fault of faults) {
          yield {
            severity: rule.severity,
            object: { apiVersion, kind, namespace, name },
            message: fault.message,
            effect: rule.why,
            remediation: remediation?.(object) ?? fault.remediation ?? rule.remediation,
            page: more,
            ...(usesHandedOver.has(object) && handedOver),
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
