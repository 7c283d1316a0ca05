import { ObjectSet } from '../../src/rules/object-set';
import { ShownNames } from '../../src/rules/shown-names';
import { CLAIMS, claim, REF, SNAPSHOTS, snapshot } from './manifest-parts';

const setOf = (...manifests: object[]) => new ObjectSet(manifests.map((manifest) => ({ manifest })));
const insteadOf = (name: string, ...names: string[]) =>
  ShownNames.of(setOf(...names.map((one) => snapshot(one)))).insteadOf({ ...SNAPSHOTS, namespace: 'prod', name });
const only = (told: string) => `of that kind the set shows in namespace prod only ${told}`;

describe('the names that a set shows are told', () => {
  test.each([
    [['a'], 'a'],
    [['a', 'b', 'c'], 'a, b, c'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  ])('%j', (names, told) => {
    expect(insteadOf('mysql', ...names)).toBe(only(told));
  });

  test.each([
    ['with a slip of the pen', 'msyql-data', 'mysql-data'],
    ['with something before it', 'mysql', 'prod-mysql'],
    ['with something behind it', 'mysql', 'mysql-prod'],
    ['with something on both sides', 'mysql', 'prod-mysql-v2'],
  ])('and the one that was meant, %s', (_, written, meant) => {
    expect(insteadOf(written, 'files', meant)).toBe(only(`files, ${meant}; did you mean ${meant}?`));
  });

  test('and none that is only a part of a word, or the one that there is', () => {
    expect(insteadOf('data', 'files', 'mydata')).toBe(only('files, mydata; did you mean mydata?'));
    expect(insteadOf('data', 'files', 'ourmysqldata')).toBe(only('files, ourmysqldata'));
    expect(insteadOf('mysql', 'prod-mysql')).toBe(only('prod-mysql'));
  });

  test('of the first thirty, so that a thousand mistakes take no longer than they must', () => {
    const many = Array.from({ length: 30 }, (_, index) => `unlike-${index}`);
    expect(insteadOf('mysql', ...many.slice(1), 'mysq')).toMatch(/ and 27 more; did you mean mysq\?$/);
    expect(insteadOf('mysql', ...many, 'mysq')).toMatch(/ and 28 more$/);
  });
});

describe('an object is missed', () => {
  const data = { ...CLAIMS, namespace: 'prod', name: 'data' };
  const misses = (key: typeof data, ...manifests: object[]) => ShownNames.miss(setOf(...manifests), key);
  const other = claim('other', undefined, 'prod');

  test('where the set shows others of its kind in its namespace', () => {
    expect(misses(data, other)).toBe(true);
    expect(misses(data, claim('other'))).toBe(false);
    expect(misses(data, snapshot('other'))).toBe(false);
    expect(misses(data, other, claim('data', undefined, 'prod'))).toBe(false);
  });

  test('not where they are copies, whose originals are delivered elsewhere', () => {
    expect(misses(data, claim('copy', REF, 'prod'))).toBe(false);
    expect(misses(data, claim('copy', REF, 'prod'), other)).toBe(true);
    expect(misses({ ...data, ...SNAPSHOTS }, snapshot('other'), claim('copy', REF, 'prod'))).toBe(true);
  });

  test.each([
    ['has no name', { ...other, metadata: { namespace: 'prod' } }, true],
    ['has a generated name', { ...other, metadata: { generateName: 'd', namespace: 'prod' } }, true],
    ['has a kind that is spelled wrongly', { ...claim('data', undefined, 'prod'), kind: 'persistentVolumeClaim' }, true],
    ['has a group that is wrong', { ...claim('data', undefined, 'prod'), apiVersion: 'core/v1' }, true],
    ['is in another namespace', { ...other, metadata: { namespace: 'dev' } }, false],
    ['is of another kind', { ...other, metadata: { namespace: 'prod' }, kind: 'PersistentVolume' }, false],
    ['is of a group that may have such a kind', { ...other, metadata: { namespace: 'prod' }, apiVersion: 'example.com/v1' }, false],
  ])('not where it may be one that %s', (_, unclear, isUnclear) => {
    expect(misses(data, other, unclear)).toBe(!isUnclear);
  });
});
