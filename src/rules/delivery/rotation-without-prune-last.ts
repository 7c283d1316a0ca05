import { INTENT_ANNOTATION } from '../../reference/intent';
import { crossesNamespace } from '../../reference/reference';
import type { Claim } from '../claim';
import { at, list, text } from '../fields';
import type { ObjectSet } from '../object-set';
import type { Rule } from '../rule';
import { titleOf } from '../set-object';
import { areDeliveredTogether, speaksToArgoCd, syncOptionsOf } from '../sync-wave';
import { VolumeUses } from '../volume-use';
import { isClaimObject } from './claim-object';

const PRUNE_LAST = 'PruneLast=true';
/** With one of these Argo CD does not delete the old claim on its own. */
const ENOUGH = [PRUNE_LAST, 'Prune=false', 'Prune=confirm'];

export const rotationWithoutPruneLast: Rule = {
  id: 'rotation-without-prune-last',
  severity: 'warning',
  sentence: 'Under Argo CD, a claim that is filled from another namespace and mounted is pruned last.',
  why: 'New data is a new claim. At that commit Argo CD deletes the old claim first: while the old pod mounts it, the sync says `waiting for deletion of /PersistentVolumeClaim/NAME` and never gets to the new pod; not mounted, there is no claim at all for a while. With PruneLast the old claim stays until the workload runs on the new one. Argo CD reads the option from the claim in the cluster, so it has to be there before the commit that rotates. Looked at where the claim or the workload has an Argo CD annotation.',
  remediation: `Add the annotation argocd.argoproj.io/sync-options: ${PRUNE_LAST} to the claim.`,
  source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#prune-last',

  judge(set, say) {
    const uses = VolumeUses.of(set);
    const covered = namespacesThatPruneLast(set);
    for (const claim of set.claims) {
      const { object } = claim;
      if (!isClaimObject(claim) || !isClone(claim)) continue;
      const consumer = uses.usesOf(claim).find((use) => areDeliveredTogether(use.object, object))?.object;
      if (!consumer || !(speaksToArgoCd(object) || speaksToArgoCd(consumer))) continue;
      const options = syncOptionsOf(object);
      if (covered.has(object.namespace) || options.some((option) => ENOUGH.includes(option))) {
        say(object);
        continue;
      }
      const message = `sync-options of ${titleOf(object)} is '${options.join(',')}', but must hold ${PRUNE_LAST}: ${titleOf(consumer)} mounts it, and the commit that replaces it by a claim with newer data would delete it first, and wait for ever`;
      say(object, { message, node: at(object.manifest, 'metadata') });
    }
  },
};

function isClone({ reference, annotations }: Claim): boolean {
  return (reference !== undefined && crossesNamespace(reference)) || annotations[INTENT_ANNOTATION] !== undefined;
}

/** An Application can say it for all that it delivers. */
function namespacesThatPruneLast(set: ObjectSet): ReadonlySet<string> {
  return new Set(
    set
      .ofKind('argoproj.io', 'Application')
      .filter(({ manifest }) => list(at(manifest, 'spec', 'syncPolicy', 'syncOptions')).includes(PRUNE_LAST))
      .map(({ manifest }) => text(at(manifest, 'spec', 'destination', 'namespace'))),
  );
}
