import type { Claim } from '../claim';
import { ClaimIndex, type ShownSource } from '../claim-index';
import { isMisspelled } from '../field-names';
import { at } from '../fields';
import { CLAIM_RESOURCES, CLAIM_SPEC } from '../known-fields';
import { bytesIn } from '../quantity';
import type { Fault, Rule } from '../rule';
import { titleOf } from '../set-object';
import { shown } from '../shown';

export const claimSmallerThanSource: Rule = {
  id: 'claim-smaller-than-source',
  severity: 'error',
  sentence: 'A claim that is filled from a source asks for at least the size of that source.',
  why: 'csi-provisioner refuses a smaller volume with `requested volume size N is less than the size M for the source snapshot S`, and the claim stays Pending. A size that is no quantity, such as `20GB`, is rejected by the API server.',
  remediation: 'Ask for at least the size of the source in spec.resources.requests.storage; more is allowed.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-snapshot-and-restore-volume-from-snapshot-support',

  judge(set, say) {
    const claims = ClaimIndex.of(set);
    for (const claim of set.claims) {
      if (!claim.reference) continue;
      say(claim.object, faultOf(claim, claims.sourceOf(claim)));
    }
  },
};

function faultOf(claim: Claim, source: ShownSource): Fault | undefined {
  const written = requestOf(claim);
  const bytes = bytesIn(written);
  const needed = bytes === undefined ? undefined : sizeOf(source);
  if (bytes !== undefined && bytes > 0n && (!needed || bytes >= needed.bytes)) return undefined;
  const node = at(claim.spec, 'resources', 'requests') ?? claim.spec;
  const what = `resources.requests.storage of claim ${claim.namespace}/${claim.name}`;
  if (bytes === undefined || bytes <= 0n) {
    if (written === undefined && isRequestMisspelled(claim)) return undefined;
    const message = `${what} is ${shown(written)}, but must be a quantity of more than 0 and less than 8Ei bytes, such as 20Gi`;
    return { message, node, remediation: remediationFor(claim, written) };
  }
  return { message: `${what} is ${shown(written)}, but must be at least ${needed!.text()}`, node };
}

function requestOf(claim: Claim): unknown {
  return at(claim.spec, 'resources', 'requests', 'storage');
}

function remediationFor({ spec }: Claim, written: unknown): string {
  const quantity = 'a number and one of the suffixes Ki, Mi, Gi, Ti, Pi, Ei, k, M, G, T, P, E';
  if (written !== undefined && written !== null) return `Write ${quantity}.`;
  const limits = at(spec, 'resources', 'limits') === undefined ? '' : '; limits are no request';
  return `Write the size into spec.resources.requests.storage: ${quantity}${limits}.`;
}

/** Another rule says so. */
function isRequestMisspelled({ spec }: Claim): boolean {
  const resources = at(spec, 'resources');
  return (
    ['resources', 'spec.resources.requests'].some((field) => isMisspelled(spec, CLAIM_SPEC, field)) ||
    ['requests', 'spec.resources.requests.storage'].some((field) => isMisspelled(resources, CLAIM_RESOURCES, field))
  );
}

/** The size that the driver has reported; before that, what the source claim asks for. */
function sizeOf({ snapshot, claim }: ShownSource): { readonly bytes: bigint; text(): string } | undefined {
  const restoreSize = at(snapshot?.manifest, 'status', 'restoreSize');
  const restored = bytesIn(restoreSize);
  if (snapshot && restored !== undefined) {
    return { bytes: restored, text: () => `${shown(restoreSize)}, the restore size of ${titleOf(snapshot)}` };
  }
  if (!claim) return undefined;
  const requested = bytesIn(requestOf(claim));
  if (requested === undefined) return undefined;
  const text = () => {
    const through = snapshot ? `, of which ${titleOf(snapshot)} is taken` : '';
    return `${shown(requestOf(claim))}, the size of PersistentVolumeClaim ${claim.namespace}/${claim.name}${through}`;
  };
  return { bytes: requested, text };
}
