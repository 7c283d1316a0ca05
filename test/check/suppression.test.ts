import { checkReadings } from '../../src/check/check-result';
import { rulesWithout } from '../../src/check/judge';
import { ManifestReader } from '../../src/check/reading/manifest-reader';
import { ALL_RULES } from '../../src/rules/all-rules';

function check(annotations: string, skip: string[] = []) {
  const reader = new ManifestReader();
  const reference = 'apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, namespace: prod, name: mysql';
  reader.readText(
    `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: dev, annotations: { ${annotations} } }\nspec: { dataSourceRef: { ${reference} } }\n`,
    'claim.yaml',
  );
  const { findings, suppressed, notices } = checkReadings(reader, { skip });
  const about = <F extends { rule: string }>(all: readonly F[]) => all.filter(({ rule }) => rule === 'reference-not-granted');
  return {
    findings: about(findings).length,
    suppressed: about(suppressed).map(({ reason }) => reason),
    notices: notices.map(({ line, message }) => `${line}: ${message}`),
  };
}

const KEY = 'cdk8s-snapshot-clone/skip.reference-not-granted';

test('an annotation with a reason suppresses the rule about its object, and only that', () => {
  expect(check(`${KEY}: "granted by hand"`)).toEqual({ findings: 0, suppressed: ['granted by hand'], notices: [] });
  expect(check('cdk8s-snapshot-clone/skip.other: why')).toMatchObject({ findings: 1, suppressed: [] });
});

test('a suppression without a reason is not honoured, and is said', () => {
  for (const empty of ['""', '"  "']) {
    expect(check(`${KEY}: ${empty}`)).toEqual({
      findings: 1,
      suppressed: [],
      notices: [
        `1: PersistentVolumeClaim dev/data: annotation ${KEY} gives no reason, so it is not honoured; write the reason as its value`,
      ],
    });
  }
});

test('a suppression of a rule that does not exist is said', () => {
  expect(check('cdk8s-snapshot-clone/skip.reference-not-grantde: why').notices).toEqual([
    '1: PersistentVolumeClaim dev/data: annotation cdk8s-snapshot-clone/skip.reference-not-grantde names no rule; the rules are listed by: snapshot-clone rules',
  ]);
});

test('a rule that is skipped finds nothing, and its suppressions are still known', () => {
  expect(check(`${KEY}: why`, ['reference-not-granted'])).toEqual({ findings: 0, suppressed: [], notices: [] });
});

test('the rule without which no verdict means anything cannot be suppressed, and that is said', () => {
  expect(check('cdk8s-snapshot-clone/skip.wrong-type: we know').notices).toEqual([
    '1: PersistentVolumeClaim dev/data: annotation cdk8s-snapshot-clone/skip.wrong-type is not honoured: rule wrong-type cannot be skipped',
  ]);
});

test('what was perhaps meant as a suppression is said not to be one', () => {
  for (const key of ['cdk8s-snapshot-clone/skip', 'cdk8s-snapshot-clone/skip-reference-not-granted', 'cdk8s-snapshot-clone.skip.x']) {
    expect(check(`${key}: why`)).toEqual({
      findings: 1,
      suppressed: [],
      notices: [`1: PersistentVolumeClaim dev/data: annotation ${key} is not read; it must be called cdk8s-snapshot-clone/skip.RULE`],
    });
  }
  expect(check('cdk8s-snapshot-clone/data-source: x').notices).toEqual([]);
});

test('a suppression in the template of a claim is not honoured, and is said', () => {
  const reader = new ManifestReader();
  const template = `metadata: { name: data, annotations: { ${KEY}: why } }, spec: { dataSourceRef: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, namespace: prod, name: mysql } }`;
  reader.readText(
    `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db, namespace: dev }\nspec: { volumeClaimTemplates: [{ ${template} }] }\n`,
    'set.yaml',
  );
  const { findings, notices } = checkReadings(reader);
  expect(findings.filter(({ rule }) => rule === 'reference-not-granted')).toHaveLength(1);
  expect(notices).toEqual([
    {
      file: 'set.yaml',
      line: 1,
      message: `StatefulSet dev/db: annotation ${KEY} stands in a template, where it is not read; put it on the StatefulSet itself`,
    },
  ]);
});

test('a rule without which the others mean nothing is applied, whoever asks for it to be skipped', () => {
  const always = ALL_RULES.filter(({ isAlwaysApplied }) => isAlwaysApplied).map(({ id }) => id);
  expect(always.length).toBeGreaterThan(0);
  expect(rulesWithout(ALL_RULES, [...always, 'empty-namespace'])).toEqual(ALL_RULES.filter(({ id }) => id !== 'empty-namespace'));
});
