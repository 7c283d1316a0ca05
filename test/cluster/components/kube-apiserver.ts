import { generateKeyPairSync } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceProps } from '../processes/service';
import { type Gate, gateArgument, goService, type Surroundings } from './surroundings';

/** Somebody whom the API server knows by a token. */
export interface Account {
  readonly token: string;
  readonly user: string;
  readonly groups: readonly string[];
}

export interface KubeApiserverProps {
  readonly port: number;
  readonly etcdPort: number;
  readonly accounts: readonly Account[];
  readonly crossNamespaceGate: Gate;
}

/** The API server signs its own certificate into this file when it starts for the first time. */
export function certificateFile(at: Surroundings): string {
  return join(at.folder, 'apiserver', 'apiserver.crt');
}

export function kubeApiserver(at: Surroundings, props: KubeApiserverProps): ServiceProps {
  const tokens = join(at.folder, 'tokens.csv');
  writeFileSync(tokens, props.accounts.map((each) => `${each.token},${each.user},${each.user},"${each.groups.join(',')}"\n`).join(''), {
    mode: 0o600,
  });
  const key = serviceAccountKey(at);
  return goService('kube-apiserver', at, [
    `--etcd-servers=http://127.0.0.1:${props.etcdPort}`,
    `--cert-dir=${join(at.folder, 'apiserver')}`,
    `--secure-port=${props.port}`,
    '--bind-address=127.0.0.1',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--service-account-issuer=https://kubernetes.default',
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--authorization-mode=RBAC',
    // Nobody makes default service accounts here, and pods are only objects.
    '--disable-admission-plugins=ServiceAccount',
    '--allow-privileged',
    `--token-auth-file=${tokens}`,
    gateArgument(props.crossNamespaceGate),
  ]);
}

function serviceAccountKey(at: Surroundings): string {
  const file = join(at.folder, 'service-account.key');
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(file, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  }
  return file;
}
