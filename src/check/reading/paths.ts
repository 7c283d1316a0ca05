import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Problem } from '../problem';
import { buildNotices, isBuildFile } from './built-first';

/** What is read in a folder. */
const MANIFEST = /\.(ya?ml|json)$/i;
/** Folders with other people's files. */
const FOREIGN = new Set(['.git', 'node_modules']);
const GLOB = /[*?[\]{}!]/;

/** A file to read, by the name under which it is reported. */
export interface InputFile {
  readonly path: string;
  /** Not a pipe or a device: it can be read a second time. */
  readonly regular: boolean;
}

export interface Inputs {
  readonly files: readonly InputFile[];
  /** Folders whose files are not what is applied. */
  readonly notices: readonly Problem[];
  readonly problems: readonly Problem[];
}

/** The files that files, folders and globs stand for, each once. A path that leads to no file is a problem: a slip of the pen would pass as clean. */
export async function inputs(paths: readonly string[]): Promise<Inputs> {
  const files: InputFile[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const buildFiles = new Map<string, string>();
  const note = (path: string) => {
    if (!isBuildFile(path)) return;
    const real = realPathOf(path);
    if (!buildFiles.has(real)) buildFiles.set(real, path);
  };
  const add = (path: string, stat: Stats) => {
    const real = realPathOf(path);
    if (stat.isFile() && seen.has(real)) return;
    seen.add(real);
    files.push({ path, regular: stat.isFile() });
  };
  for (const path of paths) {
    let stat: Stats | undefined;
    try {
      stat = statOf(path);
    } catch (error) {
      problems.push({ file: path, message: fileFault(error) });
      continue;
    }
    if (stat?.isDirectory()) {
      const all = [...filesIn(path, problems)];
      const found = all.filter((file) => MANIFEST.test(file.path));
      for (const file of found) add(file.path, file.stat);
      for (const file of all) note(file.path);
      if (found.length === 0) problems.push({ file: path, message: 'is a folder without a .yaml, .yml or .json file' });
    } else if (stat) {
      add(path, stat);
      note(path);
    } else if (GLOB.test(path)) {
      const { matched, beside } = await matching(path, problems);
      for (const file of matched) add(file.path, file.stat);
      for (const file of beside) note(file.path);
      if (matched.length === 0) problems.push({ file: path, message: 'matches no file' });
    } else problems.push({ file: path, message: 'does not exist' });
  }
  return { files, notices: buildNotices([...buildFiles.values()]), problems };
}

/** An open file without a name, such as /dev/fd/3, is none but itself. */
function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** What an error of the file system means. */
export function fileFault(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: permission denied';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  if (code === 'ELOOP') return 'is a symbolic link that leads in a circle';
  return `cannot be read: ${code ?? message}`;
}

interface Found {
  readonly path: string;
  readonly stat: Stats;
}

/** All files below a folder, by name. Links are followed, but no folder is entered twice. */
function* filesIn(folder: string, problems: Problem[], entered = new Set<string>()): Generator<Found> {
  let names: string[];
  try {
    const real = realpathSync.native(folder);
    if (entered.has(real)) return;
    entered.add(real);
    names = readdirSync(folder).sort();
  } catch (error) {
    problems.push({ file: folder, message: fileFault(error) });
    return;
  }
  for (const name of names) {
    const path = folder.endsWith(sep) ? `${folder}${name}` : join(folder, name);
    try {
      const stat = statSync(path);
      if (!stat.isDirectory()) yield { path, stat };
      else if (!FOREIGN.has(name)) yield* filesIn(path, problems, entered);
    } catch (error) {
      // A dangling link that is called otherwise is none of our business.
      if (MANIFEST.test(name)) problems.push({ file: path, message: fileFault(error) });
    }
  }
}

/** The files that a glob matches, and all files of their folders. */
async function matching(glob: string, problems: Problem[]): Promise<{ readonly matched: Found[]; readonly beside: Found[] }> {
  const { default: picomatch } = await import('picomatch');
  const pattern = glob.split(sep).join('/').replace(/^\.\//, '');
  const { base } = picomatch.scan(pattern);
  if (!statOf(base || '.')) return { matched: [], beside: [] };
  const matches = picomatch(pattern);
  const all = [...filesIn(base || '.', problems)];
  const matched = all.filter(({ path }) => matches(path.split(sep).join('/')));
  const folders = new Set(matched.map(({ path }) => dirname(path)));
  return { matched, beside: all.filter(({ path }) => folders.has(dirname(path))) };
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
