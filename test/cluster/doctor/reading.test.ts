import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProvisionerGrantAccess } from '../../../src';
import { KINDS, type KindName } from '../../../src/doctor/cluster-view';
import { CHECKS } from '../../../src/doctor/diagnose';
import { kubectlReader } from '../../../src/doctor/kubectl';
import { readCluster } from '../../../src/doctor/read-cluster';
import { ofKind } from '../../examples/synthesis';
import type { ApiObject } from '../api/api-object';
import { mustBeGone } from '../claims';
import { synthesized } from '../constructs';
import { SourceVolume } from '../grants/source-volume';
import { cloneOf } from '../manifests';
import { runningCluster } from '../running-cluster';
import { standingGuard } from '../safety/standing-guard';
import { binary } from '../tools/go-tools';
import { doctorRole, examined, inShort, kubectlOnPath, mustBeShown, userWith } from './examination';
import { csiDriverMirror, provisionerMirror, snapshotControllerMirror } from './mirror';

const cluster = runningCluster();
let source: SourceVolume;

beforeAll(async () => {
  source = await SourceVolume.make(cluster(), 'read');
  const serviceAccounts = [{ namespace: 'default', serviceAccountName: 'csi-provisioner' }];
  const access = synthesized((chart) => new ProvisionerGrantAccess(chart, 'access', { serviceAccounts }));
  await cluster().api.applyAll([...access, csiDriverMirror(), snapshotControllerMirror(), provisionerMirror(true)]);
  const [policy] = ofKind('ValidatingAdmissionPolicy', await standingGuard(cluster(), { recordIntent: false })) as ApiObject[];
  await cluster().eventually('the policy to be checked: nobody writes to it any more', async () => {
    const { metadata, status } = await cluster().api.get(policy);
    expect(status?.observedGeneration).toBe((metadata as { generation?: number }).generation);
  });
});

describe('what the doctor may not read', () => {
  test('it cannot tell, question by question, and finds nothing wrong for lack of rights', async () => {
    const kubeconfig = await userWith(cluster(), 'nobody', { ...doctorRole(), rules: [] });
    const { code, report } = await examined({ kubeconfig, format: 'json' });
    const { findings, unknown } = JSON.parse(report);
    expect({ code, findings }).toEqual({ code: 2, findings: [] });
    const reasons = unknown.map(({ because }: { because: string }) => because);
    expect(reasons.filter((because: string) => !because.includes('User "nobody" cannot '))).toEqual([]);
    // Kinds are listed to everybody. What concerns a claim or a provisioner that nobody sees is no question.
    const answered = ['kinds-served', 'provisioner-access', 'provisioner-version', 'sidecars-ready'];
    const open = new Set(unknown.map(({ rule }: { rule: string }) => rule));
    expect(CHECKS.map(({ id }) => id).filter((id) => !open.has(id))).toEqual(answered);
    expect((await examined({ kubeconfig, allowUnknown: true })).code).toBe(0);
  });

  test('one missing right leaves one question open, with the words of the API server', async () => {
    const role = doctorRole();
    const rules = role.rules.filter((rule: { nonResourceURLs?: string[] }) => !rule.nonResourceURLs);
    const kubeconfig = await userWith(cluster(), 'alice', { ...role, rules });
    const examination = await examined({ kubeconfig });
    expect(examination.code).toBe(2);
    mustBeShown(examination, source.sides);
  });

  test('a missing right does not hide what is wrong', async () => {
    const role = doctorRole();
    const rules = role.rules.filter((rule: { resources?: string[] }) => !rule.resources?.includes('clusterroles'));
    const kubeconfig = await userWith(cluster(), 'bob', { ...role, rules });
    const clone = cloneOf(source.sides.prod, SourceVolume.SNAPSHOT, source.sides.dev, 'ungranted');
    await cluster().api.apply(clone);
    const { code, report } = await examined({ kubeconfig, format: 'json' });
    const wrong = `error reference-not-granted PersistentVolumeClaim ${source.sides.dev}/ungranted`;
    expect({ code, found: inShort(JSON.parse(report)) }).toEqual({
      code: 1,
      found: [wrong, 'unknown provisioner-access', 'unknown provisioner-access'],
    });
    await cluster().api.delete(clone);
    await mustBeGone(cluster(), clone);
  });
});

describe('what the doctor does', () => {
  test('it asks kubectl for nothing but GET requests, and leaves every object as it was', async () => {
    const [folder, log] = [join(cluster().folder, 'bin'), join(cluster().folder, 'kubectl.log')];
    mkdirSync(folder);
    writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\necho "$@" >> ${log}\nexec ${binary('kubectl')} "$@"\n`);
    chmodSync(join(folder, 'kubectl'), 0o755);
    const before = await versions();
    // The administrator's rights: nothing but the doctor itself keeps it from writing.
    expect((await examined({ kubeconfig: cluster().kubeconfig }, kubectlOnPath(folder))).code).toBe(0);
    expect(await versions()).toEqual(before);
    const asked = readFileSync(log, 'utf8').trim().split('\n');
    expect(asked.filter((args) => !args.startsWith('get --raw /'))).toEqual([]);
    expect(asked.length).toBeGreaterThan(Object.keys(KINDS).length);
  });

  test('it reads page by page, and tells each step', async () => {
    const read = kubectlReader({ kubeconfig: cluster().kubeconfig, env: kubectlOnPath() });
    const settled = ({ objects }: Awaited<ReturnType<typeof readCluster>>) => ({ ...objects, events: undefined });
    const steps: string[] = [];
    const inPages = settled(await readCluster(read, { pageSize: 20, onStep: (step) => steps.push(step) }));
    expect(steps).toEqual(expect.arrayContaining(Object.keys(KINDS)));
    expect(inPages).toEqual(settled(await readCluster(read)));
    expect(inPages.clusterroles).toHaveProperty('known.length', expect.any(Number));
    expect('known' in inPages.clusterroles && inPages.clusterroles.known.length).toBeGreaterThan(20);
  });

  test('what it saves gives the same report elsewhere', async () => {
    const clone = cloneOf(source.sides.prod, SourceVolume.SNAPSHOT, source.sides.dev, 'saved');
    await cluster().api.apply(clone);
    const file = join(cluster().folder, 'dump.json');
    const there = await examined({ kubeconfig: cluster().kubeconfig, save: file });
    expect(there.report).toContain("isn't allowed");
    expect(await examined({ dump: file }, {})).toEqual(there);
    await cluster().api.delete(clone);
    await mustBeGone(cluster(), clone);
  });

  test('without a cluster it says so', async () => {
    const config = readFileSync(cluster().kubeconfig, 'utf8').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1');
    const kubeconfig = join(cluster().folder, 'nowhere.kubeconfig');
    writeFileSync(kubeconfig, config, { mode: 0o600 });
    const { code, report, told } = await examined({ kubeconfig, allowUnknown: true });
    expect({ code, report }).toEqual({ code: 2, report: '' });
    expect(told).toEqual([expect.stringContaining('The connection to the server 127.0.0.1:1 was refused')]);
  });
});

/** Every object that the doctor reads, in its version; but what controllers write all the time. */
async function versions(): Promise<string[]> {
  const names = (Object.keys(KINDS) as KindName[]).filter((name) => !['events', 'pods', 'deployments'].includes(name));
  const lists = await Promise.all(
    names.map((name) => cluster().api.list(KINDS[name].group ? `${KINDS[name].group}/${KINDS[name].version}` : 'v1', KINDS[name].kind)),
  );
  return lists.flat().map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name} ${JSON.stringify(metadata)}`);
}
