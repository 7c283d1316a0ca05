import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Validation, ValidationContext } from 'cdk8s-cli/plugins';
import { SnapshotCloneValidation } from '../../src/plugin';
import { ALL_RULES } from '../../src/rules/all-rules';
import { synth, violating } from './synth';

type Report = ValidationContext['report'];
const GRANT = 'reference-not-granted';

/** An app whose claim, called as said, names a snapshot that nobody grants. The synthesis of the library itself would stop it. */
const ungranted = (claim = 'data', extra = '') => `
const { App, Chart, ApiObject } = require('cdk8s');
const app = new App();
const [prod, dev] = [new Chart(app, 'prod'), new Chart(app, 'dev')];
new ApiObject(prod, 'snapshot', {
  apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name: 'mysql', namespace: 'prod' },
  spec: { volumeSnapshotClassName: 'csi-fast', source: { persistentVolumeClaimName: 'mysql' } },
});
const claim = new ApiObject(dev, 'claim', {
  apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: '${claim}', namespace: 'dev' },
  spec: {
    accessModes: ['ReadWriteOnce'], storageClassName: 'csi-fast', resources: { requests: { storage: '1Gi' } },
    dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', namespace: 'prod', name: 'mysql' },
  },
});
${extra}
app.synth();
`;
const GRANTED = `
const { App, Chart, Size } = require('cdk8s');
const { CloneGuard, CrossNamespaceSnapshotClone } = require('cdk8s-snapshot-clone');
const app = new App();
const chart = new Chart(app, 'mysql');
new CrossNamespaceSnapshotClone(chart, 'mysql', {
  source: { namespace: 'prod', claimName: 'mysql-data', volumeSnapshotClassName: 'csi-fast' },
  target: { namespace: 'dev', storageClassName: 'csi-fast', storage: Size.gibibytes(20) },
});
new CloneGuard(chart, 'guard', {});
app.synth();
`;

test('an app whose claims are granted passes, and the report says what was looked at', () => {
  const synthesis = synth(GRANTED, { failOn: 'warning' });
  expect(synthesis).toMatchObject({ status: 0, stdout: expect.stringContaining('Validations ended succesfully') });
  const [{ summary }] = synthesis.report.reports;
  expect(summary).toMatchObject({ status: 'success', metadata: { claims: '1', references: '1', errors: '0', warnings: '0' } });
  expect(violating(synthesis, GRANT)).toEqual([]);
});

test('a claim without a grant fails the synthesis: construct path, file, line, remedy, page', () => {
  const { status, stdout, stderr, report } = synth(ungranted());
  expect({ status, stderr }).toEqual({ status: 2, stderr: 'Validation failed. See above reports for details\n' });
  expect(stdout).toContain(`
  Occurrences:

    - Construct Path: dev/claim
    - Manifest Path: dist/dev.k8s.yaml
    - Resource Name: data
    - Locations:
      > line 9: PersistentVolumeClaim dev/data: accessing prod/mysql of VolumeSnapshot dataSource from dev/data isn't allowed: no grant comes near

  Recommendation: error: A claim that names a source in another namespace is covered by a ReferenceGrant there.
  How to fix: Add to namespace prod a ReferenceGrant from claims of namespace dev to VolumeSnapshot mysql; if that namespace is delivered elsewhere, name it with the property external. See https://github.com/cdk8s-snapshot-clone/cdk8s-snapshot-clone/blob/main/docs/rules.md#reference-not-granted
`);
  const [{ summary, violations }] = report.reports;
  expect(summary.status).toBe('failure');
  expect(violations[0]).toMatchObject({ ruleName: GRANT, violatingConstructs: [{ constructPath: 'dev/claim', resourceName: 'data' }] });
});

test('an object that shares its name with another, even with one that no rule reads, gets no construct path: cdk8s knows only one of the two', () => {
  const settings =
    "new ApiObject(prod, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine', namespace: 'prod' } });";
  const synthesis = synth(ungranted('mine', settings), {}, ['--stdout']);
  expect(synthesis.status).toBe(2);
  const [violation] = violating(synthesis, GRANT);
  expect(violation).toEqual(expect.objectContaining({ resourceName: 'PersistentVolumeClaim dev/mine', manifestPath: 'STDOUT' }));
  expect(violation.constructPath).toBeUndefined();
});

test('a manifest that cannot be read fails the synthesis, and says where', () => {
  const torn =
    "require('fs').writeFileSync(require('path').join(app.outdir, 'torn.yaml'), 'kind: PersistentVolumeClaim\\nkind: again\\n');";
  const synthesis = synth(`${GRANTED}\n${torn}`);
  expect(synthesis.status).toBe(2);
  expect(violating(synthesis, 'cannot-judge')).toMatchObject([
    { manifestPath: 'dist/torn.yaml', locations: [expect.stringMatching(/^line 2: is not valid YAML: /)] },
  ]);
});

describe('with the context of the real CLI', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plugin-context-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function validate(manifests: readonly string[], properties: unknown = {}) {
    // The compiler compares our picture of a plugin and its context with the CLI's own.
    const plugin: Validation = new SnapshotCloneValidation(properties);
    const context = new ValidationContext(manifests, 'plugin', '0.0.0', {});
    await plugin.validate(context);
    return context.report;
  }

  test.each([
    ['a file that does not exist', ['missing.yaml']],
    ['a file that is a folder without manifests', ['']],
    ['no file at all', []],
  ])('%s is a failure', async (_, names) => {
    const report = await validate(names.map((name) => join(folder, name)));
    expect(report.success).toBe(false);
    expect(report.toString()).toContain('cannot-judge');
  });

  /** A claim in the namespace of objects that name none, of a snapshot that nobody grants. */
  const claim = (annotation = '') => {
    const file = join(folder, 'claim.yaml');
    const spec = 'dataSourceRef: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, namespace: prod, name: mysql }';
    const metadata = JSON.stringify({ name: 'data', annotations: { [`cdk8s-snapshot-clone/skip.${GRANT}`]: annotation } });
    writeFileSync(file, `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: ${metadata}\nspec:\n  ${spec}\n`);
    return [file];
  };
  const rulesOf = ({ violations }: ReturnType<Report['toJson']>) => violations.map(({ ruleName }) => ruleName);

  test('objects that name no namespace are in the one that is set', async () => {
    expect((await validate(claim(), { namespace: 'team' })).toString()).toContain("from team/data isn't allowed");
  });

  test('a grant is not asked of a namespace that is delivered elsewhere', async () => {
    expect(rulesOf((await validate(claim())).toJson())).toContain(GRANT);
    expect(rulesOf((await validate(claim(), { external: ['prod'] })).toJson())).not.toContain(GRANT);
  });

  test('a namespace that is delivered elsewhere, and that nothing is about, is said in the words of the properties', async () => {
    expect((await validate(claim(), { external: ['prd'] })).toString()).toContain(
      "the property external is 'prd', but nothing that a rule reads is in that namespace or names it; did you mean prod?",
    );
  });

  test('failOn decides what fails; what is below it is reported all the same', async () => {
    const others = ALL_RULES.filter(({ id, isAlwaysApplied }) => !isAlwaysApplied && id !== 'guard-not-in-set').map(({ id }) => id);
    const lenient = await validate(claim(), { skip: others });
    expect({ success: lenient.success, rules: rulesOf(lenient.toJson()) }).toEqual({ success: true, rules: ['guard-not-in-set'] });
    expect((await validate(claim(), { skip: others, failOn: 'warning' })).success).toBe(true);
    expect((await validate(claim(), { skip: others, failOn: 'info' })).success).toBe(false);
  });

  test('a suppression is honoured and its reason shown; the table of the CLI would not take a control character', async () => {
    const report = await validate(claim('by hand \u001b[31m'));
    expect(rulesOf(report.toJson())).not.toContain(GRANT);
    expect(report.toString()).toContain(`${GRANT} on PersistentVolumeClaim default/data: by hand \\u001b[31m`);
  });
});

test.each([
  [null, 'properties of SnapshotCloneValidation is null, but must be a mapping'],
  [['prod'], 'properties of SnapshotCloneValidation is a list, but must be a mapping'],
  [{ external: 'prod' }, "external of SnapshotCloneValidation is 'prod', but must be a list of strings"],
  [{ external: [1] }, 'external of SnapshotCloneValidation is 1, but must be a string'],
  [{ external: ['Prod'] }, /^external of SnapshotCloneValidation is 'Prod', but /],
  [{ external: null }, 'external of SnapshotCloneValidation is null, but must be a list of strings'],
  [{ namespace: 5 }, 'namespace of SnapshotCloneValidation is 5, but must be a string'],
  [{ failOn: 'never' }, "failOn of SnapshotCloneValidation is 'never', but must be one of: error, warning, info"],
  [{ failOn: null }, 'failOn of SnapshotCloneValidation is null, but must be one of: error, warning, info'],
  [{ skip: ['no-such'] }, /^skip of SnapshotCloneValidation is 'no-such', but must be a rule/],
  [{ skip: ['wrong-type'] }, /^skip of SnapshotCloneValidation is 'wrong-type', but that rule cannot be skipped/],
  [{ extern: [] }, "SnapshotCloneValidation has no property 'extern'; it has: external, failOn, namespace, skip"],
])('the properties %j are refused', (properties, message) => {
  expect(() => new SnapshotCloneValidation(properties)).toThrow(message);
});

test('wrong properties fail the synthesis with that error', () => {
  const { status, stderr } = synth(GRANTED, { failOn: 'never' });
  expect(status).not.toBe(0);
  expect(stderr).toContain("Error: failOn of SnapshotCloneValidation is 'never', but must be one of: error, warning, info");
});
