import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

export const POSTGRES_PORT = 5432;

/** The user `postgres` of the image. */
const POSTGRES_USER = 999;
const DATA = '/var/lib/postgresql/data';

/** Who runs in a pod, and what it may share. The same for the database that is built and for its copies, as their files are. */
export const POSTGRES_POD = {
  automountServiceAccountToken: false,
  securityContext: {
    user: POSTGRES_USER,
    group: POSTGRES_USER,
    fsGroup: POSTGRES_USER,
    fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH,
    ensureNonRoot: true,
  },
};

/** A container that works on the database in a claim, with the scripts in a ConfigMap. */
export function postgresContainer(scope: Construct, claim: kplus.IPersistentVolumeClaim, scripts: kplus.IConfigMap) {
  const scratch = (name: string) => kplus.Volume.fromEmptyDir(scope, name, name, { sizeLimit: Size.gibibytes(1) });
  return {
    // One version on both sides: PostgreSQL reads the files of its own major version only.
    image: 'postgres:17.6',
    envVariables: { PGDATA: kplus.EnvValue.fromValue(`${DATA}/pgdata`) },
    resources: {
      cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(2) },
      memory: { request: Size.mebibytes(512), limit: Size.gibibytes(1) },
    },
    volumeMounts: [
      { path: DATA, volume: kplus.Volume.fromPersistentVolumeClaim(scope, 'data', claim, { name: 'data' }) },
      { path: SCRIPTS, volume: kplus.Volume.fromConfigMap(scope, 'script-files', scripts, { name: 'scripts' }), readOnly: true },
      { path: '/var/run/postgresql', volume: scratch('run') },
      { path: '/tmp', volume: scratch('tmp') },
    ],
  };
}

/** Where the ConfigMap is found. */
export const SCRIPTS = '/etc/test-data';
