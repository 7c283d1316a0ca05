import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { withSwitchedExamples } from './switched';

export const ROOT = resolve(__dirname, '../..');
const CLI = join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');

/** What the tests look at in an object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: every kind has another spec
  readonly spec?: any;
  readonly data?: Record<string, string>;
}

/** The files that the real cdk8s CLI writes for an example, by their path, and the objects in them. */
export class Synthesis {
  public readonly files = new Map<string, string>();

  /** @param switched Whether its shares are switched to pre-provisioned snapshots, as a reader would do it. */
  constructor(example: string, switched = false) {
    const out = mkdtempSync(join(tmpdir(), 'example-'));
    try {
      if (switched) withSwitchedExamples((examples) => synthesize(example, out, examples));
      else synthesize(example, out);
      for (const entry of readdirSync(out, { recursive: true, encoding: 'utf8' }).sort()) {
        if (entry.endsWith('.yaml')) this.files.set(entry.replaceAll('\\', '/'), readFileSync(join(out, entry), 'utf8'));
      }
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  }

  public get folders(): string[] {
    return [...new Set([...this.files.keys()].map((path) => path.split('/')[0]))];
  }

  public objects(folder = ''): KubernetesObject[] {
    return [...this.files].filter(([path]) => path.startsWith(folder)).flatMap(([, text]) => loadAll(text) as KubernetesObject[]);
  }
}

/** Runs `cdk8s synth` in the folder of an example, with its own cdk8s.yaml. */
export function synthesize(example: string, out: string, examples = join(ROOT, 'examples')): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'synth', '--output', out], {
    cwd: join(examples, example),
    encoding: 'utf8',
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
  });
  if (status !== 0) throw new Error(`cdk8s synth of ${example} ended with ${status}:\n${stdout}${stderr}`);
}

/** Argo CD takes an object without a wave for one of wave 0. */
export function waveOf({ metadata }: KubernetesObject): number {
  return Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}

export function podOf({ spec }: KubernetesObject) {
  return spec?.template?.spec;
}

/** The workloads that mount a claim. */
export function mountersOf(claim: KubernetesObject, objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.filter(
    (object) =>
      object.metadata.namespace === claim.metadata.namespace &&
      podOf(object)?.volumes?.some(
        (volume: { persistentVolumeClaim?: { claimName: string } }) => volume.persistentVolumeClaim?.claimName === claim.metadata.name,
      ),
  );
}

export function ofKind(kind: string, objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.filter((object) => object.kind === kind);
}
