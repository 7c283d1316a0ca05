import { setOf, verdictsOf } from '../../projenrc/demo/verdicts';
import { sourceOfHandedOver } from '../../src/reference/pre-provisioned';
import { PRE_PROVISIONED_RULES } from '../../src/rules/pre-provisioned/rules';
import { complaintsAbout, placed, rulesThatLookAt } from './judged';
import { switched } from './switched';
import { type KubernetesObject, mountersOf, ofKind, Synthesis, waveOf } from './synthesis';

/** The folders that are one program, or agree with each other. */
const EXAMPLES: [string, string[]][] = [
  ['wordpress', ['wordpress']],
  ['initial-data', ['initial-data/owner', 'initial-data/consumer']],
  ['test-data', ['test-data']],
  ['training-data', ['training-data']],
  ['boot-images', ['boot-images']],
];

/** Neither repository of initial-data makes them: a job of the owner's does. */
const EXISTING = ['geodata-2026-10', 'geodata-2026-04'].map((name) => ({
  apiVersion: 'snapshot.storage.k8s.io/v1',
  kind: 'VolumeSnapshot',
  metadata: { name, namespace: 'geodata' },
}));

test('the switch is one line, and the import of its word', () => {
  const program = `import { Chart } from 'cdk8s';
import { SharedSnapshot } from 'cdk8s-snapshot-clone';
const share = new SharedSnapshot(chart, 'mysql', {
  namespace: 'prod',
});`;
  expect(switched(program)).toBe(`import { Chart } from 'cdk8s';
import { SharedSnapshot, SnapshotAccess } from 'cdk8s-snapshot-clone';
const share = new SharedSnapshot(chart, 'mysql', {
access: SnapshotAccess.PRE_PROVISIONED_SNAPSHOT,
  namespace: 'prod',
});`);
});

/** What rules look at in one example or another: their silence is not for want of objects. */
const LOOKED_AT = { before: new Set<string>(), after: new Set<string>() };

describe.each(EXAMPLES)('%s, switched to pre-provisioned snapshots,', (_name, programs) => {
  const unswitched = programs.map((program) => new Synthesis(program));
  const before = unswitched.flatMap((synthesis) => synthesis.objects());
  const syntheses = programs.map((program) => new Synthesis(program, true));
  const after = syntheses.flatMap((synthesis) => synthesis.objects());
  const claims = ofKind('PersistentVolumeClaim', after).filter(({ spec }) => spec.dataSourceRef);

  test('fills every claim from where it did before, and every one is granted', () => {
    const filled = (objects: readonly KubernetesObject[]) => {
      const verdicts = verdictsOf(setOf([...EXISTING, ...objects]));
      expect(verdicts.flatMap((verdict) => verdict.faults)).toEqual([]);
      return verdicts.map(({ reference: { claim, source } }) => [claim, source]);
    };
    expect(filled(after)).toEqual(filled(before));
    expect(claims.length).toBeGreaterThan(0);
    for (const { spec } of claims) expect(spec.dataSourceRef).not.toHaveProperty('namespace');
  });

  test('breaks no rule, as it did not before: each program alone, and all together', () => {
    for (const [when, all] of [
      ['before', unswitched],
      ['after', syntheses],
    ] as const) {
      const manifests = all.map((synthesis, index) => placed(programs[index], synthesis));
      for (const [index, one] of manifests.entries()) {
        const elsewhere = all
          .filter((_, other) => other < index)
          .flatMap((other) => other.objects().map(({ metadata }) => metadata.namespace ?? ''));
        expect(complaintsAbout(one, { external: elsewhere })).toEqual([]);
      }
      expect(complaintsAbout(manifests.flat())).toEqual([]);
      for (const rule of rulesThatLookAt(manifests.flat())) LOOKED_AT[when].add(rule);
    }
  });

  test('changes waves and references, and adds what is handed over: everything else is the same to the last byte', () => {
    const reduced = (objects: readonly KubernetesObject[]) =>
      objects
        .filter(({ metadata }) => !isHandedOver(metadata.name))
        .map((object) =>
          JSON.stringify(object, (key, value) => (key === 'argocd.argoproj.io/sync-wave' || key === 'dataSourceRef' ? undefined : value)),
        );
    expect(reduced(after)).toEqual(reduced(before));
    expect(after.length).toBeGreaterThan(before.length);
  });

  test('puts what is handed over beside the claim, in the wave before it', () => {
    for (const synthesis of syntheses) {
      for (const folder of synthesis.folders) {
        const objects = synthesis.objects(`${folder}/`);
        for (const claim of ofKind('PersistentVolumeClaim', objects).filter(({ spec }) => spec.dataSourceRef)) {
          const [snapshot] = objects.filter(({ metadata }) => metadata.name === claim.spec.dataSourceRef.name);
          const [content] = objects.filter(({ metadata }) => metadata.name === snapshot.spec.source.volumeSnapshotContentName);
          expect(content.spec.volumeSnapshotRef).toMatchObject({ namespace: claim.metadata.namespace, name: snapshot.metadata.name });
          expect([content, snapshot].map(waveOf)).toEqual([waveOf(claim) - 1, waveOf(claim) - 1]);
        }
      }
    }
  });

  test('mounts the same claims in the same workloads, in their wave', () => {
    for (const claim of claims) {
      const mounters = mountersOf(claim, after);
      expect(mounters.length).toBeGreaterThan(0);
      for (const mounter of mounters) expect(waveOf(mounter)).toBe(waveOf(claim));
    }
  });
});

test('rules are silent because they were kept, and not for want of objects', () => {
  expect([...LOOKED_AT.before]).toEqual(
    expect.arrayContaining([
      'reference-not-granted',
      'claim-smaller-than-source',
      'volume-mode-mismatch',
      'block-claim-mounted-as-files',
      'snapshot-source',
      'duplicate-object',
      'claim-before-grant',
      'snapshot-before-source',
      'snapshot-beside-source',
      'consumer-before-claim',
      'rotation-without-prune-last',
    ]),
  );
  // The examples hold neither handles nor the policies of the platform team.
  const ofOthers = ['two-contents-for-one-handle', 'source-namespace-unknown', 'policies-not-enforced'];
  const ofPairs = PRE_PROVISIONED_RULES.map(({ id }) => id).filter((id) => !ofOthers.includes(id));
  expect([...LOOKED_AT.after]).toEqual(expect.arrayContaining(['reference-not-granted', ...ofPairs]));
});

function isHandedOver(name: string): boolean {
  return sourceOfHandedOver(name) !== undefined;
}
