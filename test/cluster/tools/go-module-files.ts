import { join } from 'node:path';
import { GO_MODULES, go } from './go-tools';

const folders = new Map<string, string>();

/** The path of a file that a Go module brings along: definitions are read from where they were published, never copied. */
export function kubernetesModuleFile(modulePath: string, ...file: string[]): string {
  return join(folderOf(GO_MODULES.kubernetes, modulePath), ...file);
}

/** The same for what Argo CD's module brings along. */
export function argocdModuleFile(modulePath: string, ...file: string[]): string {
  return join(folderOf(GO_MODULES.argocd, modulePath), ...file);
}

/** The same for what kro's module brings along. */
export function kroModuleFile(modulePath: string, ...file: string[]): string {
  return join(folderOf(GO_MODULES.kro, modulePath), ...file);
}

/** The same for what is read only. No tool is built of it, so nothing but this downloads it. */
export function schemaModuleFile(modulePath: string, ...file: string[]): string {
  const answer = go(GO_MODULES.schemas, ['mod', 'download', '-json', modulePath]);
  return join(JSON.parse(answer).Dir, ...file);
}

function folderOf(module: string, modulePath: string): string {
  const key = `${module} ${modulePath}`;
  let folder = folders.get(key);
  if (!folder) {
    folder = go(module, ['list', '-m', '-f', '{{.Dir}}', modulePath]).trim();
    if (!folder) {
      throw new Error(`The Go module ${modulePath} is not downloaded; run "go mod download ${modulePath}" in ${module}.`);
    }
    folders.set(key, folder);
  }
  return folder;
}
