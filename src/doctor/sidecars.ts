import { at, list, text } from '../rules/fields';
import { GATE } from './cluster-view';

/** `csi-provisioner`, and what distributions make of it; not `nfs-subdir-external-provisioner`, which is no CSI driver. */
const PROVISIONER = /(^|[-_])csi-(external-)?provisioner$|^external-provisioner$/;
const CSI_ADDRESS = /^--?csi-address\b/;
const GATES = /^['"]?--?feature-gates(?:=(.*))?$/;
const SNAPSHOT_CONTROLLER = /(^|[-_])snapshot-controller$/;

export function isProvisioner(container: unknown): boolean {
  if (PROVISIONER.test(imageName(container))) return true;
  const talksToDriver = wordsOf(container).some((word) => CSI_ADDRESS.test(word));
  const names = [text(at(container, 'name')), ...wordsOf(container).slice(0, 1).map(baseName)];
  return talksToDriver && names.some((name) => PROVISIONER.test(name));
}

export function isSnapshotController(container: unknown): boolean {
  return SNAPSHOT_CONTROLLER.test(imageName(container)) || SNAPSHOT_CONTROLLER.test(text(at(container, 'name')));
}

/** The last part of an image without tag and digest: `csi-provisioner` of `registry.k8s.io/sig-storage/csi-provisioner:v6.3.0`. */
function imageName(container: unknown): string {
  return baseName(text(at(container, 'image')))
    .replace(/@.*$/, '')
    .replace(/:.*$/, '');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Command and arguments as the process sees them, with the variables that they mention filled in where their value is written out. */
export function wordsOf(container: unknown): string[] {
  const env = new Map(list(at(container, 'env')).map((variable) => [text(at(variable, 'name')), at(variable, 'value')]));
  return [...list(at(container, 'command')), ...list(at(container, 'args'))]
    .map(text)
    .map((word) => word.replaceAll(/\$\(([^)]+)\)/g, (whole, name) => text(env.get(name)) || whole))
    .flatMap((word) => word.split(/\s+/));
}

/** Of the words of a csi-provisioner those that say that it is one, and which gates it has; none of them is a secret. */
export function decidingWords(words: readonly string[]): string[] {
  const gates = words.flatMap((word, index) => {
    const [flag, joined] = GATES.exec(word) ?? [];
    if (!flag) return [];
    return joined === undefined ? [word, words[index + 1] ?? ''] : [word];
  });
  const program = words.slice(0, 1).map(baseName);
  const address = words.some((word) => CSI_ADDRESS.test(word)) ? ['--csi-address'] : [];
  return [...program.filter((name) => PROVISIONER.test(name)), ...address, ...gates];
}

/** A release of csi-provisioner. */
export type Version = readonly [major: number, minor: number, patch: number];

/** The release that an image's tag names, such as `v6.3.0` or `v6.3.0-eks-1-36-2`. Nothing: a digest, or a distribution's own count. */
export function versionOf(image: string): Version | undefined {
  const [, major, minor, patch] = /:v?(\d+)\.(\d+)\.(\d+)(?![.\d])/.exec(baseName(image).replace(/@.*$/, '')) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** Whether the arguments turn the gate on. Nothing: they mention a variable whose value is elsewhere. */
export function gateOf(words: readonly string[]): boolean | undefined {
  const gates = new Map<string, string>();
  for (const [index, word] of words.entries()) {
    const [flag, joined] = GATES.exec(word) ?? [];
    if (!flag) continue;
    for (const pair of (joined ?? words[index + 1] ?? '').replaceAll(/['"]/g, '').split(',')) {
      if (pair.includes('$(')) return undefined;
      const [name, on] = pair.split('=');
      gates.set(name.trim(), on?.trim() ?? '');
    }
  }
  // The gate is alpha; whoever wants all of them has this one too, unless it is named.
  const value = gates.get(GATE) ?? gates.get('AllAlpha') ?? 'false';
  return ['1', 't', 'true'].includes(value.toLowerCase());
}
