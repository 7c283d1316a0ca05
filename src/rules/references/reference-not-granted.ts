import { notGranted } from '../../reference/reference';
import type { Claim } from '../claim';
import { at, text } from '../fields';
import { contentRefusals } from '../pre-provisioned/content-refusals';
import type { Refusal } from '../refusal';
import type { Fault, Rule } from '../rule';

export const referenceNotGranted: Rule = {
  id: 'reference-not-granted',
  severity: 'error',
  sentence: 'A claim that names a source in another namespace is covered by a ReferenceGrant there.',
  why: 'csi-provisioner refuses to fill the claim, reports `ProvisioningFailed` with the words of this finding, and the claim stays Pending until a grant covers it. A claim that is filled from a handed-over snapshot (`snapshot-clone.NAMESPACE.NAME`) needs the same grant as one that names the original; so does the content of such a snapshot, which the API server refuses without. It is told at the content only where no claim of the set asks for it.',
  remediation:
    "Add a ReferenceGrant to the source's namespace, from claims of the claim's namespace to that source; if it is delivered elsewhere, name that namespace with --external.",
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',

  judge(set, say) {
    for (const claim of set.claims) {
      if (!set.needsGrant(claim)) continue;
      const refusal = set.refusals.get(claim);
      say(claim.object, refusal ? faultOf(refusal, claim.source?.node, isNamespaceAssumed(claim)) : undefined);
    }
    for (const { object, spec, refusal } of contentRefusals(set)) {
      say(object, refusal ? faultOf(refusal, at(spec, 'volumeSnapshotRef')) : undefined);
    }
  },
};

function faultOf({ reference, miss }: Pick<Refusal, 'reference' | 'miss'>, node: unknown, isAssumed = false): Fault {
  const { claim, source } = reference;
  const needed = `to namespace ${source.namespace} a ReferenceGrant from claims of namespace ${claim.namespace} to ${source.kind} ${source.name}`;
  const near = miss ? `Correct ReferenceGrant ${miss.grant.namespace}/${miss.grant.name}, or add` : 'Add';
  const assumed = isAssumed
    ? ` The claim names no namespace: --namespace says which one it is applied to, if it is not ${claim.namespace}.`
    : '';
  return {
    message: `${notGranted(reference)}: ${miss?.text ?? 'no grant comes near'}`,
    node,
    remediation: `${near} ${needed}; if that namespace is delivered elsewhere, name it with --external.${assumed}`,
  };
}

function isNamespaceAssumed({ object }: Claim): boolean {
  return text(at(object.manifest, 'metadata', 'namespace')) === '';
}
