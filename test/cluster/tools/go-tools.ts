import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './step';

/** Everything that builds or runs leaves its products below this one ignored folder. */
export const CACHE = join(__dirname, '..', '.cache');
const BIN = join(CACHE, 'bin');

/** The folders of the Go modules; they differ because Argo CD and kro are built against other versions of Kubernetes, and schemas are not built. */
export const GO_MODULES = {
  kubernetes: join(__dirname, '..', 'kubernetes'),
  argocd: join(__dirname, '..', 'argocd'),
  kro: join(__dirname, '..', 'kro'),
  schemas: join(__dirname, '..', 'schemas'),
};

const TOOLS = {
  'csi-sanity': { module: GO_MODULES.kubernetes, pkg: 'github.com/kubernetes-csi/csi-test/v5/cmd/csi-sanity' },
  etcd: { module: GO_MODULES.kubernetes, pkg: 'go.etcd.io/etcd/server/v3' },
  'kube-apiserver': { module: GO_MODULES.kubernetes, pkg: 'k8s.io/kubernetes/cmd/kube-apiserver' },
  'kube-controller-manager': { module: GO_MODULES.kubernetes, pkg: 'k8s.io/kubernetes/cmd/kube-controller-manager' },
  kubectl: { module: GO_MODULES.kubernetes, pkg: 'k8s.io/kubernetes/cmd/kubectl' },
  'snapshot-controller': {
    module: GO_MODULES.kubernetes,
    pkg: 'github.com/kubernetes-csi/external-snapshotter/v8/cmd/snapshot-controller',
  },
  'csi-snapshotter': { module: GO_MODULES.kubernetes, pkg: 'github.com/kubernetes-csi/external-snapshotter/v8/cmd/csi-snapshotter' },
  'csi-provisioner': { module: GO_MODULES.kubernetes, pkg: 'github.com/kubernetes-csi/external-provisioner/v6/cmd/csi-provisioner' },
  'provisioner-verdict': { module: GO_MODULES.kubernetes, pkg: './provisioner-verdict' },
  argocd: { module: GO_MODULES.argocd, pkg: 'github.com/argoproj/argo-cd/v3/cmd' },
  kro: { module: GO_MODULES.kro, pkg: 'github.com/kubernetes-sigs/kro/cmd/controller' },
} as const;

export type Tool = keyof typeof TOOLS;

/** Where a built tool is. */
export function binary(tool: Tool): string {
  return join(BIN, tool);
}

/** Builds what is missing or was built from other sources; says so for each. */
export function buildGoTools(tools = Object.keys(TOOLS) as Tool[]): void {
  mkdirSync(BIN, { recursive: true });
  for (const tool of tools) {
    const { module, pkg } = TOOLS[tool];
    const flags = buildFlags(module);
    const key = keyOf(module, pkg, flags);
    const keyFile = `${binary(tool)}.key`;
    if (existsSync(binary(tool)) && existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) {
      continue;
    }
    step(`Building ${tool}`, () => {
      rmSync(keyFile, { force: true });
      go(module, ['build', ...flags, '-o', binary(tool), pkg]);
      writeFileSync(keyFile, key);
    });
  }
}

/** Runs the go command in a module and returns what it printed. */
export function go(module: string, args: readonly string[]): string {
  // The kind of priority that leaves a developer's machine usable: this compiles all of Kubernetes.
  const ran = spawnSync('nice', ['-n', '10', 'go', ...args], {
    cwd: module,
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.error || ran.status !== 0) {
    const reason = ran.error ? `${ran.error.message}; is Go installed (see ${join(module, 'go.mod')} for the version)?` : ran.stderr;
    throw new Error(`go ${args.join(' ')} failed in ${module}: ${reason}`);
  }
  return ran.stdout;
}

/** Small binaries, and a Kubernetes that knows its version: kubectl and Argo CD ask for it. */
function buildFlags(module: string): string[] {
  const found = /k8s\.io\/kubernetes (v(\d+)\.(\d+)\S*)/.exec(readFileSync(join(module, 'go.mod'), 'utf8'));
  const values = found ? { gitVersion: found[1], gitMajor: found[2], gitMinor: found[3] } : {};
  const stamps = Object.entries(values).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  return ['-buildvcs=false', `-ldflags=${['-s -w', ...stamps].join(' ')}`];
}

/** What a binary depends on: the versions of all modules, the way to build it, and its source where that is ours. */
function keyOf(module: string, pkg: string, flags: readonly string[]): string {
  const hash = createHash('sha256').update(flags.join('\0'));
  const sources = pkg.startsWith('./') ? readdirSync(join(module, pkg)).map((file) => join(pkg, file)) : [];
  for (const file of ['go.mod', 'go.sum', ...sources.sort()]) {
    hash.update(readFileSync(join(module, file)));
  }
  return hash.digest('hex');
}
