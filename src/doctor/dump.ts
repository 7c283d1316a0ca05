import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { at } from '../rules/fields';
import { type ClusterView, KINDS, WATCHED } from './cluster-view';
import { CannotWork } from './kubectl';

const FORMAT = 'snapshot-clone doctor 2';

/** Writes what was read of a cluster, for a look at it elsewhere. */
export function saveView(file: string, view: ClusterView): void {
  try {
    write(file, `${JSON.stringify({ format: FORMAT, view })}\n`);
  } catch (error) {
    throw new CannotWork(`cannot save what was read to ${file}: ${(error as Error).message}`);
  }
}

/** In place of a file that is there and that others may read, a new one is put. A pipe or a device is written to. */
function write(file: string, text: string): void {
  const target = existsSync(file) ? realpathSync(file) : file;
  if (existsSync(target) && !statSync(target).isFile()) {
    writeFileSync(target, text);
    return;
  }
  const fresh = `${target}.${globalThis.crypto.randomUUID()}`;
  try {
    writeFileSync(fresh, text, { mode: 0o600, flag: 'wx' });
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Reads it back. */
export function loadView(file: string): ClusterView {
  const dump = parsed(file);
  const view = at(dump, 'view');
  if (at(dump, 'format') !== FORMAT || !isView(view)) {
    throw new CannotWork(`${file} is not what this version of the doctor saves; write it with --save, in the version that reads it`);
  }
  return view;
}

function isView(view: unknown): view is ClusterView {
  return (
    Array.isArray(at(view, 'gateReadings')) &&
    isAnswer(at(view, 'apiServers')) &&
    Object.keys(WATCHED).every((name) => isAnswer(at(view, 'versions', name))) &&
    Object.keys(KINDS).every((name) => isAnswer(at(view, 'objects', name)))
  );
}

function isAnswer(answer: unknown): boolean {
  return ['known', 'absent', 'unknown'].some((field) => at(answer, field) !== undefined);
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CannotWork(`cannot read the dump ${file}: ${(error as Error).message}`);
  }
}
