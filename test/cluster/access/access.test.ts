import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { readPage } from '../../docs/page';
import { ofKind } from '../../examples/synthesis';
import type { ApiObject } from '../api/api-object';
import { snapshotMustBeReady } from '../claims';
import { application, applicationMustComplain } from '../delivery/applications';
import { objectsOf } from '../examples/example-run';
import { GitRepository } from '../git-repository';
import { kubectl } from '../kubectl';
import { claim, cloneOf, grant, grantSpec, namespace, snapshot } from '../manifests';
import { runningCluster } from '../running-cluster';
import { binary } from '../tools/go-tools';
import { documented } from '../troubleshooting';

const access = objectsOf('access');
const cluster = runningCluster({ argocd: true });

const OWNER = ['--as=olga', '--as-group=prod-owners'];
const CONSUMER = ['--as=carl', '--as-group=dev-consumers'];
const PLATFORM = ['--as=paul', '--as-group=platform-team'];
const WHO = { owner: OWNER, consumer: CONSUMER, platform: PLATFORM } as const;

const GRANTS = 'referencegrants.gateway.networking.k8s.io';
const SNAPSHOTS = 'volumesnapshots.snapshot.storage.k8s.io';
const CONTENTS = 'volumesnapshotcontents.snapshot.storage.k8s.io';
const POLICIES = 'validatingadmissionpolicies.admissionregistration.k8s.io';

beforeAll(async () => {
  await cluster().api.applyAll([namespace('prod'), namespace('dev'), ...access()]);
});

/** Stands for the namespace of what has none. */
const CLUSTER = 'the cluster';

async function canI(who: keyof typeof WHO, verb: string, resource: string, place: string): Promise<string> {
  const where = place === CLUSTER ? [] : ['--namespace', place];
  const args = ['--kubeconfig', cluster().kubeconfig, 'auth', 'can-i', verb, resource, ...where, ...WHO[who]];
  // It says "no" with an exit code of 1.
  const answer = await promisify(execFile)(binary('kubectl'), args).catch((error: { stdout: string }) => error);
  return answer.stdout.trim();
}

describe('with the rights of the example `access`, kubectl auth can-i says that', () => {
  test.each([
    ['owner', 'create', SNAPSHOTS, 'prod'],
    ['owner', 'create', GRANTS, 'prod'],
    ['owner', 'delete', GRANTS, 'prod'],
    ['consumer', 'create', 'persistentvolumeclaims', 'dev'],
    ['consumer', 'get', 'pods/log', 'dev'],
    ['platform', 'create', POLICIES, CLUSTER],
    ['platform', 'get', CONTENTS, CLUSTER],
    ['platform', 'get', '/metrics', CLUSTER],
  ] as const)('the %s may %s %s in %s', async (who, verb, resource, where) => {
    // The API server hears of a role a moment after it was made.
    await cluster().eventually(`the ${who} to be allowed`, async () => expect(await canI(who, verb, resource, where)).toBe('yes'));
  });

  test.each([
    ['owner', 'create', CONTENTS, CLUSTER],
    ['owner', 'create', 'persistentvolumeclaims', 'dev'],
    ['owner', 'create', GRANTS, 'dev'],
    ['owner', 'delete', 'persistentvolumeclaims', 'prod'],
    ['consumer', 'create', GRANTS, 'prod'],
    ['consumer', 'create', GRANTS, 'dev'],
    ['consumer', 'get', SNAPSHOTS, 'prod'],
    ['consumer', 'list', GRANTS, 'prod'],
    ['consumer', 'get', 'persistentvolumeclaims', 'prod'],
    ['consumer', 'create', SNAPSHOTS, 'dev'],
    ['consumer', 'create', CONTENTS, CLUSTER],
    ['consumer', 'create', 'persistentvolumes', CLUSTER],
    ['consumer', 'patch', 'namespaces/dev', CLUSTER],
    ['consumer', 'delete', POLICIES, CLUSTER],
    ['platform', 'create', GRANTS, 'prod'],
    ['platform', 'create', CONTENTS, CLUSTER],
    ['platform', 'create', 'persistentvolumes', CLUSTER],
    ['platform', 'get', 'secrets', 'prod'],
  ] as const)('the %s may not %s %s in %s', async (who, verb, resource, where) => {
    expect(await canI(who, verb, resource, where)).toBe('no');
  });
});

test('the commands of docs/security.md find every grant, and the one that opens everything', async () => {
  const wide = { ...grantSpec('dev'), to: [{ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' }] };
  await cluster().api.applyAll([
    namespace('watched'),
    grant('watched', 'wide', wide),
    grant('watched', 'narrow', grantSpec('gone', 'monday', 'tuesday')),
    cloneOf('watched', 'monday', 'watched', 'clone'),
  ]);
  const env = { ...process.env, KUBECONFIG: cluster().kubeconfig, PATH: `${dirname(binary('kubectl'))}:${process.env.PATH}` };
  const commands = readPage('docs/security.md')
    .blocks.filter(({ section, language }) => section === 'What to watch' && language === 'sh')
    .map(({ text }) => promisify(execFile)('bash', ['-c', text], { env }));
  const [grants, claims, contents] = (await Promise.all(commands)).map(({ stdout }) => stdout.replaceAll(/ +/g, ' '));
  expect(grants).toContain('watched wide <none> dev\n');
  expect(grants).toContain('watched narrow monday,tuesday gone\n');
  expect(claims).toContain('watched clone watched monday\n');
  expect(contents).toContain('CONTENT NAMESPACE HANDLE POLICY\n');
});

describe('with the rights of the example `access`', () => {
  const apply = (who: keyof typeof WHO, object: ApiObject) => kubectl(cluster(), ['create', ...WHO[who]], object);

  test('an owner and a consumer make a copy together, and neither could alone', async () => {
    await cluster().api.apply(claim('prod', 'data'));
    const taken = snapshot('prod', 'snap', 'data');
    const allowed = grant('prod', 'dev', grantSpec('dev', 'snap'));
    const clone = cloneOf('prod', 'snap', 'dev', 'clone');

    for (const object of [taken, allowed]) {
      expect(apply('consumer', object)).toMatchObject({
        status: 1,
        text: expect.stringContaining('is forbidden: User "carl" cannot create'),
      });
    }
    expect(apply('owner', clone)).toMatchObject({ status: 1, text: expect.stringContaining('is forbidden: User "olga" cannot create') });

    for (const object of [taken, allowed]) {
      expect(apply('owner', object).status).toBe(0);
    }
    await snapshotMustBeReady(cluster(), taken);
    expect(apply('consumer', clone).status).toBe(0);
    await cluster().eventually('the clone to be bound', async () => {
      const { status } = await cluster().api.get(clone);
      if (status.phase !== 'Bound') throw new Error(status.phase);
    });
  });

  test("Argo CD refuses a grant in the consumer's Application, and a content in the owner's", async () => {
    const repository = await GitRepository.init(join(cluster().folder, 'git', 'access'));
    const { url } = repository;
    // The projects as they are, but for the address of the repository: the tests have one on this machine.
    for (const project of ofKind('AppProject', access('projects')) as ApiObject[]) {
      await cluster().api.apply({ ...project, spec: { ...project.spec, sourceRepos: [url] } });
    }
    const content = {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotContent',
      metadata: { name: 'help-yourself' },
      spec: {
        deletionPolicy: 'Retain',
        driver: 'csi.example.com',
        source: { snapshotHandle: 'any' },
        volumeSnapshotRef: { name: 'any', namespace: 'prod' },
      },
    };
    const stray = grant('prod', 'help-yourself', grantSpec('dev', 'snap'));
    await repository.commit('Help yourself', { 'dev/grant.yaml': [stray], 'share/content.yaml': [content] });

    const dev = application('dev', { project: 'dev', repoURL: url, path: 'dev', namespace: 'dev' });
    const share = application('share', { project: 'share', repoURL: url, path: 'share', namespace: 'prod' });
    await cluster().api.applyAll([dev, share]);
    await applicationMustComplain(
      cluster(),
      dev,
      documented('resource gateway.networking.k8s.io:ReferenceGrant is not permitted in project dev'),
    );
    await applicationMustComplain(
      cluster(),
      share,
      'resource snapshot.storage.k8s.io:VolumeSnapshotContent is not permitted in project share',
    );
    expect(await cluster().api.find(stray)).toBeUndefined();
    expect(await cluster().api.find(content)).toBeUndefined();
  });

  test('Argo CD refuses a repository that the project does not name', async () => {
    const { url } = await GitRepository.init(join(cluster().folder, 'git', 'other'));
    const other = application('other', { project: 'share', repoURL: url, path: 'share', namespace: 'prod' });
    await cluster().api.apply(other);
    await applicationMustComplain(cluster(), other, `application repo ${url} is not permitted in project 'share'`);
  });
});
