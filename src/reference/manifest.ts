import type { Grant, GrantFrom, GrantTo } from './grant';
import { type Binding, HandedOverIndex } from './handed-over';
import { INTENT_ANNOTATION } from './intent';
import { CLAIM_KIND, CORE_GROUP, type ObjectKey, type Reference, SNAPSHOT_GROUP, SNAPSHOT_KIND } from './reference';

const GRANT_GROUP = 'gateway.networking.k8s.io';
const GRANT_KIND = 'ReferenceGrant';
const CONTENT_KIND = 'VolumeSnapshotContent';

/** The reference that a claim means, with what its intent annotation says. */
export interface ClaimReference extends Reference {
  readonly intent?: string;
}

/** What a set of plain manifests says about who refers to what. */
export interface ManifestSet {
  readonly references: readonly ClaimReference[];
  readonly grants: readonly Grant[];
  readonly sources: readonly ObjectKey[];
}

/** Reads manifests written by anybody: a field of a wrong type reads as an absent one. */
export function readManifests(manifests: Iterable<unknown>): ManifestSet {
  const references: ClaimReference[] = [];
  const grants: Grant[] = [];
  const sources: ObjectKey[] = [];
  const bySnapshots: Binding[] = [];
  const byContents: Binding[] = [];
  for (const manifest of manifests) {
    const { group, kind, namespace, name } = keyOfManifest(manifest);
    if (group === GRANT_GROUP && kind === GRANT_KIND) grants.push({ namespace, name, ...grantSpec(manifest) });
    if (group === SNAPSHOT_GROUP && kind === SNAPSHOT_KIND) {
      sources.push({ group, kind, namespace, name });
      bySnapshots.push({ content: text(at(manifest, 'spec', 'source', 'volumeSnapshotContentName')), snapshot: { namespace, name } });
    }
    if (group === SNAPSHOT_GROUP && kind === CONTENT_KIND) byContents.push({ content: name, snapshot: boundSnapshot(manifest) });
    if (group === CORE_GROUP && kind === CLAIM_KIND) {
      sources.push({ group, kind, namespace, name });
      const reference = claimReference(manifest, { namespace, name });
      if (reference) references.push(reference);
    }
  }
  const handedOver = new HandedOverIndex(bySnapshots, byContents);
  return { references: references.map((reference) => ({ ...reference, ...handedOver.original(reference) })), grants, sources };
}

function keyOfManifest(manifest: unknown): ObjectKey {
  const apiVersion = text(at(manifest, 'apiVersion'));
  return {
    group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : CORE_GROUP,
    kind: text(at(manifest, 'kind')),
    namespace: text(at(manifest, 'metadata', 'namespace')),
    name: text(at(manifest, 'metadata', 'name')),
  };
}

function claimReference(manifest: unknown, claim: Reference['claim']): ClaimReference | undefined {
  const ref = at(manifest, 'spec', 'dataSourceRef') ?? at(manifest, 'spec', 'dataSource');
  const name = text(at(ref, 'name'));
  if (!name) return undefined;
  const intent = at(manifest, 'metadata', 'annotations', INTENT_ANNOTATION);
  return {
    claim,
    // The API server takes an empty namespace for an absent one.
    source: {
      group: text(at(ref, 'apiGroup')),
      kind: text(at(ref, 'kind')),
      namespace: text(at(ref, 'namespace')) || claim.namespace,
      name,
    },
    intent: typeof intent === 'string' ? intent : undefined,
  };
}

function boundSnapshot(content: unknown): Binding['snapshot'] {
  const ref = at(content, 'spec', 'volumeSnapshotRef');
  return { namespace: text(at(ref, 'namespace')), name: text(at(ref, 'name')) };
}

function grantSpec(manifest: unknown): { from: GrantFrom[]; to: GrantTo[] } {
  return {
    from: list(at(manifest, 'spec', 'from')).map((from) => ({
      group: text(at(from, 'group')),
      kind: text(at(from, 'kind')),
      namespace: text(at(from, 'namespace')),
    })),
    to: list(at(manifest, 'spec', 'to')).map((to) => ({
      group: text(at(to, 'group')),
      kind: text(at(to, 'kind')),
      name: text(at(to, 'name')) || undefined,
    })),
  };
}

function at(node: unknown, ...path: string[]): unknown {
  let here = node;
  for (const step of path) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}

function list(node: unknown): unknown[] {
  return Array.isArray(node) ? node : [];
}

function text(node: unknown): string {
  return typeof node === 'string' ? node : '';
}
