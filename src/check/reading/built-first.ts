import { basename, dirname, join } from 'node:path';
import type { Problem } from '../problem';

/** By the name of a file, what builds its folder, and how. Names alone: a Kustomization of Flux is an object in a file of any name. */
const BUILT_BY: { readonly [name: string]: (folder: string) => string } = {
  'kustomization.yaml': kustomize,
  'kustomization.yml': kustomize,
  Kustomization: kustomize,
  'Chart.yaml': helm,
};

/** Whether a file makes its folder one that is built before it is applied. */
export function isBuildFile(path: string): boolean {
  return Object.hasOwn(BUILT_BY, basename(path));
}

/** What to say about such files: what was read in their folders is not what is applied. A chart inside another one is built with that one. */
export function buildNotices(files: readonly string[]): Problem[] {
  const all = new Set(files.map((file) => join(file)));
  const isSubchart = (file: string) => {
    const charts = dirname(dirname(file));
    return basename(file) === 'Chart.yaml' && basename(charts) === 'charts' && all.has(join(dirname(charts), 'Chart.yaml'));
  };
  return files.filter((file) => !isSubchart(file)).map((file) => ({ file, message: BUILT_BY[basename(file)]!(shellWord(dirname(file))) }));
}

function kustomize(folder: string): string {
  return `this folder is built by Kustomize, which may change namespaces and names; check what it builds: kustomize build ${folder} | snapshot-clone check -`;
}

function helm(folder: string): string {
  return `this folder is a Helm chart, whose templates are no manifests yet; check what it renders: helm template ${folder} | snapshot-clone check -`;
}

/** A path as one word of a shell, and no option. */
function shellWord(path: string): string {
  const word = path.startsWith('-') ? `./${path}` : path;
  return /^[\w./@:+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
