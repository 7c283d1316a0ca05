import { ApiObject } from 'cdk8s';
import { isAttached } from './attached';
import type { Inventory, OwnClaim } from './inventory';
import { Workloads } from './workloads';

/** The hash of a construct's path, with which cdk8s ends the names that it generates. A generation may follow it. */
const HASH = /-[0-9a-f]{8}(?=-|$)/;

/** A workload in another namespace than the claim that it mounts: Kubernetes accepts it, and never starts its pods. */
export interface MountElsewhere {
  readonly claim: OwnClaim;
  readonly text: string;
}

/**
 * The mounts that are certainly meant for a claim of this App and cannot reach it.
 *
 * cdk8s-plus keeps nothing of a claim but its name. A name that somebody wrote may be that of another claim, which others deliver into the
 * workload's namespace; one that was generated here can be no other's. A workload without a namespace may be delivered into the claim's.
 */
export function* mountsElsewhere({ root, claims }: Inventory): Generator<MountElsewhere> {
  const byName = new Map(claims.map((claim) => [claim._toReference().claim.name, claim] as const).filter(([name]) => HASH.test(name)));
  if (byName.size === 0) return;
  const everywhere = Workloads.everywhere(root);
  for (const workloads of everywhere) {
    for (const { namespace, claimName, users } of workloads.uses()) {
      const claim = byName.get(claimName);
      if (!claim || namespace === '' || namespace === claim._toReference().claim.namespace) continue;
      if (!isAttached(claim) || !hasGeneratedName(claim)) continue;
      if (everywhere.some((other) => other.creatorsOf(namespace, claimName).length > 0)) continue;
      for (const user of users) yield { claim, text: elsewhereText(user, namespace, claim._toReference().claim) };
    }
  }
}

/** What to say about a workload in another namespace than the claim that it mounts. */
export function elsewhereText(
  workload: ApiObject,
  namespace: string,
  claim: { readonly namespace: string; readonly name: string },
): string {
  return `${workload.kind} ${workload.name} is in namespace ${namespace}, but claim ${claim.namespace}/${claim.name} can be mounted in ${claim.namespace} only; put them into one namespace`;
}

/** Somebody may have written a name that looks so. */
function hasGeneratedName(claim: OwnClaim): boolean {
  const object = ApiObject.of(claim);
  const generated = object.chart.generateObjectName(object);
  return /-[0-9a-f]{8}$/.test(generated) && object.name.startsWith(generated);
}
