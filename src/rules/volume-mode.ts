import { at } from './fields';

export const FILE_SYSTEM = 'Filesystem';
export const BLOCK = 'Block';

/** The volume mode that a claim asks for, the default where it names none. Anything else than a mode is given back as it is. */
export function volumeModeOf(spec: unknown): unknown {
  return at(spec, 'volumeMode') ?? FILE_SYSTEM;
}

export function isVolumeMode(mode: unknown): mode is string {
  return mode === FILE_SYSTEM || mode === BLOCK;
}
