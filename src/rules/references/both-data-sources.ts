import { type Claim, claimTitle } from '../claim';
import { at, text } from '../fields';
import type { Faults, Rule } from '../rule';

const FIELDS = ['apiGroup', 'kind', 'name'] as const;

export const bothDataSources: Rule = {
  id: 'both-data-sources',
  severity: 'error',
  sentence:
    'A claim names its source once: in dataSourceRef, or, as the API server itself writes it for a local source, in both fields alike.',
  why: 'The API server refuses the claim: `may not be specified when dataSourceRef.namespace is specified`, or `must match dataSourceRef`. With the feature gate off it is worse: the reference to the other namespace is dropped first, and the claim is filled from the object of the WRONG namespace that `dataSource` names.',
  remediation: 'Remove dataSource and keep dataSourceRef.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#data-source-references',

  judge(set, say) {
    for (const claim of set.claims) {
      if (claim.source) say(claim.object, faultsOf(claim));
    }
  },
};

function faultsOf(claim: Claim): Faults {
  const { source, spec, namespace } = claim;
  const node = at(spec, 'dataSource');
  if (source?.field !== 'dataSourceRef' || node === undefined || node === null) return undefined;
  const local = `${text(at(node, 'kind')) || 'object'} ${text(at(node, 'name')) || 'without a name'}`;
  if (source.namespace) {
    const message = `${claimTitle(claim)} has a dataSource (${local}) beside a dataSourceRef with a namespace (${source.kind} ${source.namespace}/${source.name}), but only one may be there: without the gate CrossNamespaceVolumeDataSource the claim would be filled from ${local} of namespace ${namespace}`;
    return { message, node };
  }
  // Absent and null are one, absent and empty are two, to the API server too.
  const differing = FIELDS.filter((field) => (at(node, field) ?? null) !== (at(source.node, field) ?? null));
  return differing.map((field) => ({
    message: `dataSource.${field} of ${claimTitle(claim)} is ${shown(at(node, field))}, but dataSourceRef.${field} is ${shown(at(source.node, field))}; the two must be equal, or dataSource absent`,
    node,
  }));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : (value ?? null) === null ? 'absent' : 'not a string';
}
