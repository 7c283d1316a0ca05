import type { ApiObject } from '../api/api-object';
import type { ManifestSet } from './manifest-sets';

/** The same set written in another way: its manifests, and what the cluster calls the claim then. */
interface Hidden {
  readonly manifests: readonly unknown[];
  readonly claimName: string;
}

type Hide = (set: ManifestSet) => Hidden;

const CONTAINERS = [{ name: 'main', image: 'example.com/main' }];

/** Where manifests keep claims. Each has a grant's right to be found. */
export const HIDING_PLACES: Readonly<Record<string, Hide>> = {
  'a claim of its own': ({ claim, grants }) => ({ manifests: [claim, ...grants], claimName: claim.metadata.name! }),
  'a List in a List': ({ claim, grants }) => ({ manifests: [listOf(...grants, listOf(claim))], claimName: claim.metadata.name! }),
  'a list of claims': ({ claim: { metadata, spec }, grants }) => ({
    manifests: [...grants, { apiVersion: 'v1', kind: 'PersistentVolumeClaimList', items: [{ metadata, spec }] }],
    claimName: metadata.name!,
  }),
  'a template of a StatefulSet': ({ claim, grants }) => {
    const template = { metadata: { name: claim.metadata.name }, spec: claim.spec };
    const spec = { template: { spec: { containers: CONTAINERS } }, volumeClaimTemplates: [template] };
    return { manifests: [owner('apps/v1', 'StatefulSet', claim, spec), ...grants], claimName: `${claim.metadata.name}-owner-*` };
  },
  'an ephemeral volume of a Pod': ({ claim, grants }) => ({
    manifests: [...grants, owner('v1', 'Pod', claim, podOf(claim))],
    claimName: `owner-${claim.metadata.name}`,
  }),
  'an ephemeral volume of a CronJob': ({ claim, grants }) => {
    const spec = { jobTemplate: { spec: { template: { spec: podOf(claim) } } } };
    return { manifests: [listOf(owner('batch/v1', 'CronJob', claim, spec)), ...grants], claimName: `*-${claim.metadata.name}` };
  },
};

function listOf(...items: unknown[]) {
  return { apiVersion: 'v1', kind: 'List', items };
}

function owner(apiVersion: string, kind: string, claim: ApiObject, spec: unknown) {
  return { apiVersion, kind, metadata: { name: 'owner', namespace: claim.metadata.namespace }, spec };
}

function podOf(claim: ApiObject) {
  const volumes = [{ name: claim.metadata.name, ephemeral: { volumeClaimTemplate: { spec: claim.spec } } }];
  return { containers: CONTAINERS, volumes };
}
