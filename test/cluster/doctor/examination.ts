import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { dump, load } from 'js-yaml';
import { type DoctorOptions, doctor } from '../../../src/doctor/doctor';
import type { Report } from '../../../src/doctor/report';
import { readPage } from '../../docs/page';
import type { ApiObject } from '../api/api-object';
import type { Cluster } from '../cluster';
import type { Sides } from '../grants/source-volume';
import { binary } from '../tools/go-tools';

/** What the doctor wrote, and how it ended. */
export interface Examination {
  readonly code: number;
  readonly report: string;
  readonly told: readonly string[];
}

interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/** Runs the doctor with the real kubectl, as the user of a kubeconfig. */
export async function examined(options: DoctorOptions, env = kubectlOnPath()): Promise<Examination> {
  const told: string[] = [];
  let report = '';
  const code = await doctor(options, { env, write: (text) => (report += text), tell: (line) => told.push(line), watched: false });
  return { code, report, told };
}

/** What is wrong, in short: `error provisioner-gate Deployment default/csi-provisioner`. */
export function inShort({ findings, unknown }: Report): string[] {
  return [
    ...findings.map(({ severity, rule, object }) => {
      const place = object ? ` ${object.kind} ${object.namespace ? `${object.namespace}/` : ''}${object.name}` : '';
      return `${severity} ${rule}${place}`;
    }),
    ...unknown.map(({ rule }) => `unknown ${rule}`),
  ];
}

/** The page shows exactly this report, with `prod` and `dev` for the namespaces of the test. */
export function mustBeShown({ report }: Examination, { prod, dev }: Sides): void {
  const shown = readPage('docs/doctor.md').blocks.filter(({ language }) => language === 'text');
  expect(shown.map(({ text }) => text)).toContain(report.replaceAll(prod, 'prod').replaceAll(dev, 'dev'));
}

/** Runs commands as they stand in a report, as the administrator. */
export function kubectlCommand(cluster: Cluster, commands: string): { readonly status: number | null; readonly stderr: string } {
  const env = { ...kubectlOnPath(), KUBECONFIG: cluster.kubeconfig };
  const { status, stderr } = spawnSync('sh', ['-c', commands], { env, encoding: 'utf8' });
  return { status, stderr };
}

/** The environment of somebody who has a kubectl, and perhaps another one before it. */
export function kubectlOnPath(...before: readonly string[]): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [...before, dirname(binary('kubectl')), process.env.PATH].join(delimiter) };
}

/** The rights that docs/doctor.md asks for, and nothing else. */
export function doctorRole(): ApiObject {
  const [role] = readPage('docs/doctor.md').blocks.filter(({ language }) => language === 'yaml');
  return load(role.text) as ApiObject;
}

/** The API server hears of a role a moment after it was made. */
async function rightsMustBeKnown(cluster: Cluster, user: string, { rules }: ApiObject): Promise<void> {
  const asked = (rules as readonly PolicyRule[]).flatMap(({ apiGroups = [], resources = [], nonResourceURLs = [], verbs }) => [
    ...nonResourceURLs.map((path) => ({ nonResourceAttributes: { path, verb: verbs[0] } })),
    ...apiGroups.flatMap((group) => resources.map((resource) => ({ resourceAttributes: { group, resource, verb: verbs[0] } }))),
  ]);
  for (const attributes of asked) {
    const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', metadata: { name: '' } };
    await cluster.eventually(`${user} to have the right to ${JSON.stringify(attributes)}`, async () => {
      const { status } = await cluster.api.create({ ...review, spec: { user, groups: ['system:authenticated'], ...attributes } });
      expect(status).toMatchObject({ allowed: true });
    });
  }
}

/** Gives a user the rights of a role, and returns a kubeconfig with which one is that user. */
export async function userWith(cluster: Cluster, user: string, role: ApiObject): Promise<string> {
  const metadata = { name: `test-${user}` };
  await cluster.api.applyAll([
    { ...role, metadata },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
    },
  ]);
  await rightsMustBeKnown(cluster, user, role);
  const config = load(readFileSync(cluster.kubeconfig, 'utf8')) as { users: { user: object }[] };
  const file = join(cluster.folder, `${user}.kubeconfig`);
  const users = config.users.map((each) => ({ ...each, user: { ...each.user, as: user } }));
  writeFileSync(file, dump({ ...config, users }), { mode: 0o600 });
  return file;
}
