import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceProps } from '../processes/service';
import { binary } from '../tools/go-tools';
import type { Surroundings } from './surroundings';

export const ARGOCD_NAMESPACE = 'argocd';

/** One of the programs that Argo CD's single binary is: it goes by the name that it is told. */
export function argocdService(
  name: string,
  at: Surroundings,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ServiceProps {
  return {
    name,
    program: binary('argocd'),
    args,
    logFile: join(at.logs, `${name}.log`),
    env: {
      ARGOCD_BINARY_NAME: name,
      ARGOCD_GPG_ENABLED: 'false',
      // Without these, folders below /app are expected, as in its image.
      ARGOCD_TLS_DATA_PATH: folder(at, 'argocd-tls'),
      ARGOCD_SSH_DATA_PATH: folder(at, 'argocd-ssh'),
      ARGOCD_GNUPGHOME: folder(at, 'argocd-gnupg'),
      TMPDIR: folder(at, 'argocd-tmp'),
      ...env,
    },
  };
}

function folder(at: Surroundings, name: string): string {
  const path = join(at.folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}
