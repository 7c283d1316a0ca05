import { labelFault } from '../../reference/dns';
import { notGranted } from '../../reference/reference';
import { visibleName } from '../../reference/visible';
import type { Claim } from '../claim';
import { at, text } from '../fields';
import { correctionOf, meantNamespaces, questionOf } from '../meant-namespace';
import type { ObjectSet } from '../object-set';
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
      say(claim.object, refusal ? faultOfClaim(set, refusal) : undefined);
    }
    for (const { object, spec, refusal } of contentRefusals(set)) {
      say(object, refusal ? { ...faultOf(set, refusal, 'content'), node: at(spec, 'volumeSnapshotRef') } : undefined);
    }
  },
};

function faultOfClaim(set: ObjectSet, refusal: Refusal): Fault {
  const { claim } = refusal;
  const { message, remediation } = faultOf(set, refusal, 'claim');
  const assumed = isNamespaceAssumed(claim)
    ? ` The claim names no namespace: --namespace says which one it is applied to, if it is not ${claim.namespace}.`
    : '';
  return { message, node: claim.source?.node, remediation: `${remediation}${assumed}` };
}

/** What is wrong, and what to do: at the claim or content that names another namespace than was meant, or else at the grants. */
function faultOf(set: ObjectSet, { reference, miss }: Pick<Refusal, 'reference' | 'miss'>, what: 'claim' | 'content'): Fault {
  const { claim, source } = reference;
  const refused = notGranted(reference);
  const meant = meantNamespaces(set, reference);
  if (meant.length > 0) {
    // A grant in another namespace is near because it is right there. One in this namespace says that it may be right after all.
    const near = miss?.grant.namespace === source.namespace ? ` If not: ${miss.text}` : '';
    return { message: `${refused}: ${questionOf(reference, meant)}${near}`, remediation: correctionOf(reference, meant, what) };
  }
  const impossible = labelFault(source.namespace);
  if (impossible) {
    const message = `${refused}: no namespace is called '${source.namespace}', which ${impossible}`;
    return { message, remediation: `Correct the namespace where the ${what} names its source.` };
  }
  const needed = `to namespace ${source.namespace} a ReferenceGrant from claims of namespace ${claim.namespace} to ${source.kind} ${visibleName(source.name)}`;
  const near = miss ? `Correct ReferenceGrant ${miss.grant.namespace}/${miss.grant.name}, or add` : 'Add';
  return {
    message: `${refused}: ${miss?.text ?? 'no grant comes near'}`,
    remediation: `${near} ${needed}; if that namespace is delivered elsewhere, name it with --external.`,
  };
}

function isNamespaceAssumed({ object }: Claim): boolean {
  return text(at(object.manifest, 'metadata', 'namespace')) === '';
}
