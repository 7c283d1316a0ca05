import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { type Account, certificateFile } from './kube-apiserver';
import type { Surroundings } from './surroundings';

/** Writes the file with which `account` reaches the API server, and returns its path. */
export function writeKubeconfig(at: Surroundings, port: number, account: Account): string {
  const file = join(at.folder, `${account.user.replaceAll(':', '-')}.kubeconfig`);
  writeFileSync(
    file,
    dump({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority': certificateFile(at) } }],
      users: [{ name: account.user, user: { token: account.token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: account.user } }],
      'current-context': 'test',
    }),
    { mode: 0o600 },
  );
  return file;
}
