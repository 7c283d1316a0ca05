import { claimMountedElsewhere } from '../../src/rules/claims/claim-mounted-elsewhere';
import { ObjectSet, type ObjectSetOptions } from '../../src/rules/object-set';
import { judgementsOf } from '../../src/rules/rule';
import { claim, REF } from './manifest-parts';

const workload = (namespace: string | undefined, claimName: unknown = 'mysql', more: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'app', namespace },
  spec: { template: { spec: { containers: [], volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }] } }, ...more },
});
const COPY = claim('mysql', REF);
const STRAY = workload('web');

/** What the rule says, of objects by the folder that delivers them. */
function said(folders: Readonly<Record<string, readonly object[]>>, options: ObjectSetOptions = {}) {
  const manifests = Object.entries(folders).flatMap(([folder, all]) =>
    all.map((manifest) => ({ manifest, origin: { file: `${folder}/all.yaml`, line: 1 } })),
  );
  return judgementsOf(claimMountedElsewhere, new ObjectSet(manifests, options)).flatMap(({ faults }) => faults);
}
const isTold = (...all: object[]) => said({ deploy: all }).length > 0;

test('a workload that mounts a claim of another namespace is told at its volume', () => {
  expect(said({ deploy: [COPY, STRAY] })).toEqual([
    {
      message:
        "volume 'data' of Deployment web/app mounts claim mysql, but the set shows one of that name in namespace dev only, and a pod mounts claims of its own namespace",
      node: STRAY.spec.template.spec.volumes[0],
    },
  ]);
});

test.each(['dataSource', 'dataSourceRef'])('the claim may be filled by %s, and in its own namespace', (field) => {
  const { namespace: _, ...local } = REF;
  expect(isTold({ ...claim('mysql'), spec: { [field]: local } }, STRAY)).toBe(true);
});

describe('a workload mounts a claim that the set does not show, where', () => {
  test('it has one of that name in its own namespace as well', () => {
    expect(isTold(COPY, STRAY, claim('mysql', undefined, 'web'))).toBe(false);
  });

  test('a StatefulSet or a pod makes one of that name there', () => {
    const named = (name: string) => [claim(name, REF), workload('web', name)];
    const makers = {
      ...workload('web', 'files', { volumeClaimTemplates: [{ metadata: { name: 'data' } }] }),
      kind: 'StatefulSet',
      metadata: { name: 'mysql', namespace: 'web' },
    };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'web' },
      spec: { containers: [], volumes: [{ name: 'cache', ephemeral: { volumeClaimTemplate: {} } }] },
    };
    expect(isTold(...named('data-mysql-0'), makers)).toBe(false);
    expect(isTold(...named('data-mysql-x'), makers)).toBe(true);
    expect(isTold(...named('web-cache'), pod)).toBe(false);
    expect(isTold(...named('web-cash'), pod)).toBe(true);
  });

  test('the same workload mounts the one in the other namespace: each has its own', () => {
    expect(isTold(COPY, STRAY, workload('dev'))).toBe(false);
  });

  test('that namespace is the one of the source: it is the original', () => {
    expect(isTold(COPY, workload('prod'))).toBe(false);
  });

  test('two namespaces have one, or one has it twice', () => {
    expect(isTold(COPY, STRAY, claim('mysql', undefined, 'test'))).toBe(false);
    expect(isTold(claim('mysql', undefined, 'test'), COPY, STRAY)).toBe(false);
    expect(isTold(COPY, COPY, COPY, STRAY)).toBe(false);
  });

  test('the other one is filled from nothing', () => {
    expect(isTold(claim('mysql'), STRAY)).toBe(false);
  });

  test('the other one is of a template', () => {
    const template = { metadata: { name: 'data' }, spec: { dataSourceRef: REF } };
    const statefulSet = { ...workload('dev', 'x', { volumeClaimTemplates: [template] }), kind: 'StatefulSet' };
    expect(isTold(statefulSet, workload('web', 'data-app-0'))).toBe(false);
  });

  test('one of them does not say in which namespace it is', () => {
    expect(isTold(COPY, workload(undefined))).toBe(false);
    expect(isTold({ ...COPY, metadata: { name: 'mysql' } }, STRAY)).toBe(false);
  });

  test('its namespace is delivered elsewhere', () => {
    expect(said({ deploy: [COPY, STRAY] }, { external: ['web'] })).toEqual([]);
    expect(said({ deploy: [COPY, STRAY] }, { external: ['dev'] })).toHaveLength(1);
  });

  test('another rule speaks of a claim that may be its own', () => {
    expect(isTold(COPY, STRAY, { ...claim('mysql', undefined, 'web'), kind: 'persistentvolumeclaim' })).toBe(false);
  });

  test('it is delivered apart from the other one, and the set shows no claim of its namespace but copies', () => {
    expect(said({ clones: [COPY], apps: [STRAY] })).toEqual([]);
    expect(said({ clones: [COPY], apps: [STRAY, claim('files', REF, 'web')] })).toEqual([]);
    expect(said({ clones: [COPY], apps: [STRAY, claim('files', undefined, 'web')] })).toHaveLength(1);
  });

  test.each([undefined, '', 5])('its claim has no name that could be read: %s', (claimName) => {
    expect(isTold(claim('', REF), workload('web', claimName))).toBe(false);
  });
});
