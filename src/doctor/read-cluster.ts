import { at, list, text } from '../rules/fields';
import { type Answer, mapped } from './answer';
import { type ClusterView, KINDS, type Kind, type KindName, WATCHED, type WatchedName } from './cluster-view';
import { keptOf } from './kept';
import { type ApiReader, parsed } from './kubectl';
import { readGate } from './read-gate';

/** Objects of one answer; a cluster of any size is read page by page. */
const PAGE = 500;
const AT_ONCE = 4;

export interface ReadOptions {
  /** Told before each step, in a few words. */
  readonly onStep?: (step: string) => void;
  /** @default 500 */
  readonly pageSize?: number;
}

/** Reads what the doctor looks at. */
export async function readCluster(read: ApiReader, { onStep = () => {}, pageSize = PAGE }: ReadOptions = {}): Promise<ClusterView> {
  onStep('feature gate of the API server');
  const gate = await readGate(read);
  onStep('definitions of grants and snapshots');
  const versions = await readVersions(read);
  const objects: Partial<Record<KindName, Answer<readonly unknown[]>>> = {};
  const names = Object.keys(KINDS) as KindName[];
  // A few at a time: most of it is waiting, and each is a process of its own, which may ask a login helper.
  const readInTurn = async () => {
    for (let name = names.shift(); name; name = names.shift()) {
      onStep(name);
      objects[name] = await readAll(read, name, servedVersion(name, versions), pageSize);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readInTurn));
  return { ...gate, versions, objects: objects as ClusterView['objects'] };
}

/** A cluster that serves grants in another version only has grants all the same. */
function servedVersion(name: KindName, versions: ClusterView['versions']): string {
  const { version } = KINDS[name];
  const served = name in versions ? versions[name as WatchedName] : undefined;
  if (!served || !('known' in served) || served.known.includes(version)) return version;
  return served.known[0] ?? version;
}

async function readVersions(read: ApiReader): Promise<ClusterView['versions']> {
  const groups = new Map<string, Answer<ReadonlyMap<string, readonly string[]>>>();
  for (const { group } of Object.values(WATCHED)) {
    if (!groups.has(group)) groups.set(group, await readGroup(read, group));
  }
  const entries = Object.entries(WATCHED).map(([name, { group }]) => {
    const served = mapped(groups.get(group)!, (resources) => resources.get(name) ?? []);
    return [name, 'absent' in served ? { known: [] } : served];
  });
  return Object.fromEntries(entries);
}

/** By the name of each resource, the versions in which it is served. */
async function readGroup(read: ApiReader, group: string): Promise<Answer<ReadonlyMap<string, readonly string[]>>> {
  const answer = await read(`/apis/${group}`);
  if (!('known' in answer)) return answer;
  const resources = new Map<string, string[]>();
  for (const entry of list(at(parsed(answer.known), 'versions'))) {
    const version = text(at(entry, 'version'));
    const found = await read(`/apis/${group}/${version}`);
    // A version that went away meanwhile serves nothing.
    if ('absent' in found) continue;
    if (!('known' in found)) return found;
    for (const resource of list(at(parsed(found.known), 'resources'))) {
      const name = text(at(resource, 'name'));
      resources.set(name, [...(resources.get(name) ?? []), version]);
    }
  }
  return { known: resources };
}

async function readAll(read: ApiReader, name: KindName, version: string, pageSize: number): Promise<Answer<readonly unknown[]>> {
  const { group, kind, fieldSelector }: Kind = KINDS[name];
  const objects: unknown[] = [];
  let next = '';
  do {
    const query = new URLSearchParams({
      limit: String(pageSize),
      ...(fieldSelector && { fieldSelector }),
      ...(next && { continue: next }),
    });
    const answer = await read(`${group ? `/apis/${group}` : '/api'}/${version}/${name}?${query}`);
    if (!('known' in answer)) return answer;
    const page = parsed(answer.known);
    for (const item of list(at(page, 'items'))) {
      // Items of a list do not say what they are.
      const kept = keptOf(name, { ...(item as object), apiVersion: group ? `${group}/${version}` : version, kind });
      if (kept) objects.push(kept);
    }
    next = text(at(page, 'metadata', 'continue'));
  } while (next);
  return { known: objects };
}
