import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PEERS = join(__dirname, 'peers');

/** A program that others check manifests with. */
export type Peer = 'kubeconform' | 'conftest';

const PACKAGES: { readonly [peer in Peer]: string } = {
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform',
  conftest: 'github.com/open-policy-agent/conftest',
};

/** Builds a peer in the version that its go.mod pins. Nothing: there is no Go here, or its modules cannot be had. */
export function build(peer: Peer): string | undefined {
  const binary = join(__dirname, '.cache', peer);
  const { status } = spawnSync('go', ['build', '-o', binary, PACKAGES[peer]], {
    cwd: join(PEERS, peer),
    stdio: 'ignore',
  });
  return status === 0 ? binary : undefined;
}

/** How a peer is asked about one file. */
export function commandOf(peer: Peer, binary: string, file: string): string[] {
  // Without schemas it only reads and tells kinds apart, which is most of its time; it cannot judge grants in any case.
  if (peer === 'kubeconform') return [binary, '-ignore-missing-schemas', '-schema-location', join(PEERS, peer), file];
  return [binary, 'test', '--combine', '--no-color', '--policy', join(PEERS, peer, 'policy'), file];
}
