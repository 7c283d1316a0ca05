import { at, list, text } from '../fields';
import type { ObjectSet } from '../object-set';
import type { SetObject } from '../set-object';

/** A folder of manifests that an Application delivers as they are. */
interface Folder {
  readonly application: SetObject;
  readonly node: unknown;
  /** Repository and destination, as one string. */
  readonly place: string;
  readonly path: string;
  readonly isRecursive: boolean;
}

/** Two Applications that deliver the same manifests to the same place. */
export interface Overlap {
  readonly application: SetObject;
  readonly node: unknown;
  readonly path: string;
  readonly other: SetObject;
  readonly otherPath: string;
}

/** With one of these the two may make different objects of one folder. */
const MAKES_OTHERS = ['helm', 'kustomize', 'plugin', 'chart'];
/** Deeper folders are compared up to here. */
const MAX_DEPTH = 64;

/** Each Application whose folder is another's, or lies in a folder that another reads with all below. */
export function* overlapsIn(set: ObjectSet): Generator<Overlap> {
  const folders = set.ofKind('argoproj.io', 'Application').flatMap(foldersOf);
  const same = new Map<string, Folder>();
  const recursive = new Map<string, Folder>();
  for (const folder of folders) {
    if (folder.isRecursive && !recursive.has(keyOf(folder))) recursive.set(keyOf(folder), folder);
  }
  for (const folder of folders) {
    const twin = same.get(keyOf(folder));
    if (!twin) same.set(keyOf(folder), folder);
    const other = [twin, outerOf(folder, recursive)].find((one) => one && !isSame(one.application, folder.application));
    if (other) yield { ...folder, other: other.application, otherPath: other.path };
  }
}

function outerOf({ place, path }: Folder, recursive: ReadonlyMap<string, Folder>): Folder | undefined {
  const steps = path.split('/', MAX_DEPTH);
  for (let depth = 0; depth < steps.length; depth++) {
    const outer = recursive.get(`${place} ${steps.slice(0, depth).join('/')}`);
    if (outer && outer.path !== path) return outer;
  }
  return undefined;
}

/** One Application, whose manifest the set holds twice. */
function isSame(one: SetObject, other: SetObject): boolean {
  return one.namespace === other.namespace && one.name === other.name;
}

function keyOf({ place, path }: Folder): string {
  return `${place} ${path}`;
}

function foldersOf(application: SetObject): Folder[] {
  const spec = at(application.manifest, 'spec');
  const destination = ['server', 'name', 'namespace'].map((field) => text(at(spec, 'destination', field)));
  const folders: Folder[] = [];
  for (const node of [at(spec, 'source'), ...list(at(spec, 'sources'))]) {
    const repository = text(at(node, 'repoURL')).replace(/(\.git)?\/?$/, '');
    const path = at(node, 'path');
    if (!repository || typeof path !== 'string' || MAKES_OTHERS.some((field) => at(node, field) !== undefined)) continue;
    const directory = at(node, 'directory');
    if (['include', 'exclude', 'jsonnet'].some((field) => at(directory, field) !== undefined)) continue;
    folders.push({
      application,
      node,
      place: [repository, ...destination].join(' '),
      path: path
        .split('/')
        .filter((step) => step !== '' && step !== '.')
        .join('/'),
      isRecursive: at(directory, 'recurse') === true,
    });
  }
  return folders;
}
