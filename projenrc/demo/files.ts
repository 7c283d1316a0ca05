import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { loadAll } from 'js-yaml';

/** A Kubernetes object, as far as the demo looks into it. */
export interface Manifest {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: {
    readonly source?: { readonly persistentVolumeClaimName?: string };
    readonly template?: { readonly spec?: PodSpec };
  };
}

interface PodSpec {
  readonly volumes?: readonly { readonly persistentVolumeClaim?: { readonly claimName?: string } }[];
}

/** A file of YAML as it was found on disk. */
export interface WrittenFile {
  /** Below the folder, with slashes. */
  readonly path: string;
  readonly documents: readonly Manifest[];
}

/** All YAML below a folder, in the order of the paths, and a sentence for each file that is none. */
export function readFolder(folder: string): { readonly files: WrittenFile[]; readonly faults: string[] } {
  const files: WrittenFile[] = [];
  const faults: string[] = [];
  const paths = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  for (const entry of paths.filter((found) => found.isFile() && /\.ya?ml$/.test(found.name))) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).split(sep).join('/');
    try {
      files.push({ path, documents: loadAll(readFileSync(file, 'utf8')).filter(isManifest) });
    } catch (error) {
      faults.push(`${path} is no YAML: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), faults };
}

function isManifest(document: unknown): document is Manifest {
  return typeof document === 'object' && document !== null;
}
