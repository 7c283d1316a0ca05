import { readFileSync, writeFileSync } from 'node:fs';
import { at } from '../rules/fields';
import { type ClusterView, KINDS, WATCHED } from './cluster-view';
import { CannotWork } from './kubectl';

const FORMAT = 'snapshot-clone doctor 2';

/** Writes what was read of a cluster, for a look at it elsewhere. */
export function saveView(file: string, view: ClusterView): void {
  try {
    writeFileSync(file, `${JSON.stringify({ format: FORMAT, view })}\n`, { mode: 0o600 });
  } catch (error) {
    throw new CannotWork(`cannot save what was read to ${file}: ${(error as Error).message}`);
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
