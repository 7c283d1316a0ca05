import { bytesIn } from '../../src/rules/quantity';
import { rulePage } from '../../src/rules/rule-page';
import { objectsIn } from '../../src/rules/set-object';
import { shown } from '../../src/rules/shown';
import { isOwnGroup, isSourceKind } from '../../src/rules/source-kind';
import { waveNodeOf, waveOf } from '../../src/rules/sync-wave';

test.each([
  [undefined, 'missing'],
  [null, 'missing'],
  [['x'], 'a list'],
  [{ x: 1 }, 'a map'],
  [5, '5'],
  ['x'.repeat(80), `'${'x'.repeat(80)}'`],
  ['x'.repeat(81), `'${'x'.repeat(80)}...'`],
])('%j is shown as %s', (value, text) => {
  expect(shown(value)).toBe(text);
});

test.each([
  ['snapshot.storage.k8s.io', 'VolumeSnapshot', true],
  ['', 'PersistentVolumeClaim', true],
  ['', 'VolumeSnapshot', false],
  ['snapshot.storage.k8s.io', 'PersistentVolumeClaim', false],
  ['snapshot.storage.k8s.io', 'Other', false],
  ['other', 'VolumeSnapshot', false],
  ['', 'Pod', false],
])("claims are filled from '%s' %s: %p", (group, kind, is) => {
  expect(isSourceKind({ group, kind })).toBe(is);
});

test.each([
  ['', true],
  ['core', true],
  ['v1', true],
  ['snapshot.storage.k8s.io/v1', true],
  ['dev1', false],
  ['vx', false],
  ['example.com', false],
])("the group '%s' was meant to be one of ours: %p", (group, is) => {
  expect(isOwnGroup(group)).toBe(is);
});

const object = (metadata: object) => [...objectsIn({ manifest: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata } }, 'dev')][0]!;

test.each([
  ['12', 12],
  ['-3', -3],
  ['+4', 4],
  ['1x', 0],
  ['x1', 0],
  ['', 0],
])("the sync wave '%s' is %d", (written, wave) => {
  expect(waveOf(object({ annotations: { 'argocd.argoproj.io/sync-wave': written } }))).toBe(wave);
});

test('a wave is said in the annotations, or would be in the metadata', () => {
  const annotations = {};
  expect(waveNodeOf(object({ annotations }))).toBe(annotations);
  const metadata = { name: 'x' };
  expect(waveNodeOf(object(metadata))).toBe(metadata);
});

test('a decimal without a whole part may have many digits; a quantity of more than 64 characters is none', () => {
  expect(bytesIn('.25Ki')).toBe(256n);
  expect(bytesIn(`${'0'.repeat(63)}1`)).toBe(1n);
  expect(bytesIn(`${'0'.repeat(64)}1`)).toBeUndefined();
});

test('a rule has a section on a page', () => {
  expect(rulePage('x')).toMatch(/^https:\/\/.*\/docs\/rules\.md#x$/);
});
