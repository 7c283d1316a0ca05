import { type ApiObject, type App, Chart, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { covers, type Grant, GrantIndex } from '../reference/grant';
import { grantOf } from '../reference/grant-manifest';
import { nearestMiss } from '../reference/nearest-miss';
import { HANDED_OVER } from '../reference/pre-provisioned';
import { CLAIM_KIND, GRANT_KIND, keyOf, notGranted, type ObjectKey, type Reference, SNAPSHOT_KIND } from '../reference/reference';
import { isAttached } from './attached';
import type { Inventory } from './inventory';
import { CLUSTER_SCOPED } from './metadata';
import { mountsElsewhere } from './mounts-elsewhere';

/** Kinds that references are about, whoever makes them. */
const REFERRED = [CLAIM_KIND, SNAPSHOT_KIND, GRANT_KIND];

/** What is wrong with the App as a whole, under the construct that should be changed. */
export function appFaults(inventory: Inventory, all: readonly ApiObject[]): Map<IConstruct, string[]> {
  const kinds = new Set(REFERRED);
  for (const { kind } of inventory.objects.keys()) kinds.add(kind);
  const objects = all.filter((object) => kinds.has(object.kind));
  const faults = new Map<IConstruct, string[]>();
  const report: Report = (construct, text) => faults.set(construct, [...(faults.get(construct) ?? []), text]);
  const byKey = reportSameObject(inventory, objects, report);
  reportSameFile(inventory, objects, report);
  reportOwnChecks(inventory, report);
  reportMountsElsewhere(inventory, report);
  const grants = reportEmptyGrants(inventory, objects, report);
  reportNotGranted(inventory, { objects, byKey, grants: new GrantIndex(grants) }, report);
  return faults;
}

type Report = (construct: IConstruct, text: string) => void;

function reportSameObject(inventory: Inventory, objects: readonly ApiObject[], report: Report): ReadonlyMap<string, ApiObject> {
  const sharers = new Set<IConstruct | undefined>(inventory.sharedSources.map(({ owner }) => owner));
  // A share of an existing snapshot has no name to change: its grants are named after the snapshot.
  const isOfSharer = (object: ApiObject) => sharers.has(inventory.grants.get(object)?.node.scope);
  return reportClashes(
    inventory,
    objects,
    (object) => keyOf(keyOfObject(object)),
    (here, there) => {
      const remedy = [here.object, there].every(isOfSharer) ? 'use one SharedSnapshot for both' : 'give one of them another name';
      report(
        here.construct,
        `${here.object.kind} ${placeOf(here.object)} is made twice in this App, here and by '${there.node.path}'; ${remedy}`,
      );
    },
  );
}

/** One file for each object, named after kind and name alone: the second object of the name would overwrite the first. */
function reportSameFile(inventory: Inventory, objects: readonly ApiObject[], report: Report): void {
  const output = (inventory.root as App).yamlOutputType;
  if (output !== YamlOutputType.FILE_PER_RESOURCE && output !== YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE) return;
  const folderOf = (object: ApiObject) => (output === YamlOutputType.FILE_PER_RESOURCE ? '' : Chart.of(object).node.path);
  const fileOf = (object: ApiObject) => `${folderOf(object)} ${object.kind}.${object.name}`;
  reportClashes(inventory, objects, fileOf, (here, there) => {
    if (keyOf(keyOfObject(here.object)) === keyOf(keyOfObject(there))) return;
    report(
      here.construct,
      `${here.object.kind} ${placeOf(here.object)} and ${placeOf(there)} ('${there.node.path}') would be written to one file, ${here.object.kind}.${here.object.name}, and cdk8s would keep only one; ${wayOut(here.object)}, or the App another yamlOutputType`,
    );
  });
}

/** What is handed over is named after its source, and not by the user. */
function wayOut({ name }: ApiObject): string {
  return name.startsWith(HANDED_OVER)
    ? 'give the claims of each namespace a chart and a folder of their own'
    : 'give one of them another name';
}

/** Calls `clash` for each object that shares a key with an earlier one, where one of the two is ours. Returns the objects by their key. */
function reportClashes(
  inventory: Inventory,
  objects: readonly ApiObject[],
  key: (object: ApiObject) => string,
  clash: (here: { object: ApiObject; construct: IConstruct }, there: ApiObject) => void,
): ReadonlyMap<string, ApiObject> {
  const first = new Map<string, ApiObject>();
  for (const object of objects) {
    const shared = key(object);
    const other = first.get(shared);
    if (!other) {
      first.set(shared, object);
      continue;
    }
    const [here, there] = inventory.objects.has(object) ? [object, other] : [other, object];
    const construct = inventory.objects.get(here);
    if (construct) clash({ object: here, construct }, there);
  }
  return first;
}

function reportOwnChecks(inventory: Inventory, report: Report): void {
  for (const claim of inventory.claims) {
    try {
      claim._check();
    } catch (error) {
      report(claim, (error as Error).message);
    }
  }
}

function reportMountsElsewhere(inventory: Inventory, report: Report): void {
  try {
    for (const { claim, text } of mountsElsewhere(inventory)) report(claim, text);
  } catch {
    // A workload that cannot be rendered says why when it is.
  }
}

/** The API server refuses a grant without entries. Returns the grants of this library. */
function reportEmptyGrants(inventory: Inventory, objects: readonly ApiObject[], report: Report): Grant[] {
  const grants: Grant[] = [];
  for (const object of objects) {
    const own = inventory.grants.get(object);
    if (!own) continue;
    const grant = own._toGrant();
    const missing = [grant.from.length === 0 && 'fromNamespaces', grant.to.length === 0 && 'toSnapshots or toClaims'].filter(Boolean);
    for (const side of missing) report(own, `ReferenceGrant ${placeOf(object)} allows nothing and would be refused: give it ${side}`);
    grants.push(grant);
  }
  return grants;
}

/** What of the App decides whether a claim is granted. */
interface OwnersSide {
  readonly objects: readonly ApiObject[];
  readonly byKey: ReadonlyMap<string, ApiObject>;
  readonly grants: GrantIndex;
}

/** A claim whose owner's side is in this App has to be granted in this App. */
function reportNotGranted(inventory: Inventory, { objects, byKey, grants }: OwnersSide, report: Report): void {
  const shared = new Set(inventory.sharedSources.filter(({ owner }) => isAttached(owner)).map(({ source }) => keyOf(source)));
  let foreign: Grant[] | undefined;
  let every: Grant[] | undefined;
  for (const claim of inventory.claims) {
    const reference = claim._toReference();
    if (claim._alreadyRestored || grants.covers(reference)) continue;
    const source = keyOf(reference.source);
    if (!byKey.has(source) && !shared.has(source)) continue;
    foreign ??= foreignGrants(inventory, objects);
    if (covers(foreign, reference)) continue;
    every ??= [...grants.grants, ...foreign];
    report(claim, notGrantedText(reference, every));
  }
}

/** Grants that somebody wrote without this library have to be rendered to be read; few apps have any. */
function foreignGrants(inventory: Inventory, objects: readonly ApiObject[]): Grant[] {
  const foreign = objects.filter((object) => object.kind === GRANT_KIND && !inventory.grants.has(object));
  return foreign.map((object) => grantOf(object.toJson(), { namespace: object.metadata.namespace ?? '', name: object.name }));
}

function notGrantedText(reference: Reference, grants: readonly Grant[]): string {
  const miss = nearestMiss(grants, reference);
  const { namespace, kind, name } = reference.source;
  return `${notGranted(reference)}: ${miss?.text ?? 'no grant of this App comes near'}; grant it in namespace ${namespace}, from claims of namespace ${reference.claim.namespace} to ${kind} ${name}`;
}

function keyOfObject(object: ApiObject): ObjectKey {
  return {
    group: object.apiGroup === 'core' ? '' : object.apiGroup,
    kind: object.kind,
    namespace: CLUSTER_SCOPED.has(object.kind) ? '' : (object.metadata.namespace ?? ''),
    name: object.name,
  };
}

function placeOf(object: ApiObject): string {
  return CLUSTER_SCOPED.has(object.kind) ? object.name : `${object.metadata.namespace ?? 'no namespace'}/${object.name}`;
}
