import * as fc from 'fast-check';
import { along } from '../../src/rules/fields';
import { misfitsOf } from '../../src/rules/misfits';
import { ObjectSet } from '../../src/rules/object-set';
import { fits, type Misfit, mapOf, misfits, type Shape } from '../../src/rules/shape';

const metadata = { name: 5 };
const setOf = (...manifests: object[]) => new ObjectSet(manifests.map((manifest) => ({ manifest })));
/** What is told of the objects of a set, by their manifests. */
const found = (set: ObjectSet) => [...misfitsOf(set)].map(([{ manifest }, all]) => [manifest, all] as const);
const told = (manifest: object) => found(setOf(manifest)).flatMap(([, all]) => all.map(({ path, wanted }) => `${path} must be ${wanted}`));

describe('the misfits of a set', () => {
  const right = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };
  const wrong = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
  const pods = (spec: unknown) => ({ apiVersion: 'example.com/v1', kind: 'Any', spec: { template: { spec } } });

  test('are those of its objects that have some', () => {
    const name = { path: 'metadata.name', value: 5, wanted: 'a string', node: metadata, unrendered: false };
    expect(found(setOf(right, wrong, pods({ containers: [] })))).toEqual([[wrong, [name]]]);
  });

  test('are looked for once', () => {
    const set = setOf(wrong);
    expect(misfitsOf(set)).toBe(misfitsOf(set));
    expect(misfitsOf(set)).not.toBe(misfitsOf(setOf(wrong)));
  });

  test.each<[string, object]>([
    ['apiVersion', { apiVersion: 5, kind: 'PersistentVolumeClaim', metadata, spec: 5 }],
    ['kind', { apiVersion: 'v1', kind: 5, metadata, spec: 5 }],
  ])('of an object that does not say what it is are about its %s alone', (field, manifest) => {
    expect(told(manifest)).toEqual([`${field} must be a string`]);
  });

  test.each(['apiVersion', 'kind'])('are about %s as about others, if it is a template', (field) => {
    const manifest = { ...wrong, [field]: '{{ x }}' };
    const [[, all]] = found(setOf(manifest));
    expect(all.map(({ path, unrendered, node }) => ({ path, unrendered, node }))).toEqual([
      { path: field, unrendered: true, node: manifest },
      { path: 'metadata.name', unrendered: false, node: metadata },
    ]);
  });

  test('of a list are about its items alone', () => {
    const list = (kind: string, items: unknown) => ({ apiVersion: 'v1', kind, metadata, items });
    expect(told(list('List', [5, {}]))).toEqual(['items[0] must be a map']);
    expect(told(list('PersistentVolumeClaimList', 'x'))).toEqual(['items must be a list']);
    expect(told(list('Listing', 'x'))).toEqual(['metadata.name must be a string']);
  });

  test('are in the pods of unknown kinds as well, after the others', () => {
    const manifest = { ...pods({ containers: [], volumes: [{ name: 5 }] }), metadata };
    expect(told(manifest)).toEqual(['metadata.name must be a string', 'spec.template.spec.volumes[0].name must be a string']);
    expect(told(pods({ containers: 'x' }))).toEqual(['spec.template.spec.containers must be a list']);
    const list = Object.assign([], { containers: [] });
    expect(told(pods(list))).toEqual(['spec.template.spec must be a map']);
  });

  test('in the pods of known kinds are told once', () => {
    expect(told({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [5] } })).toEqual(['spec.containers[0] must be a map']);
    // The same kind of another group is another kind.
    const other = { apiVersion: 'example.com/v1', kind: 'Pod', spec: { containers: [5], volumes: 'x' } };
    expect(told(other)).toEqual(['spec.containers[0] must be a map', 'spec.volumes must be a list']);
  });
});

describe('a value fits a shape', () => {
  const NAMES = ['a', 'b', 'c'];
  const shapes = fc.letrec<{ shape: Shape }>((tie) => ({
    shape: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom<Shape>('string', 'text', 'quantity', {}),
      fc.record({ items: tie('shape') }),
      fc.record({ values: tie('shape') }),
      fc.dictionary(fc.constantFrom(...NAMES), tie('shape')).map(mapOf),
    ),
  })).shape;
  const anything = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom('', 'x', 'a-{{ x }}', '${', 5, true, null, undefined),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...NAMES, 'd'), tie('value')),
    ),
  })).value;
  /** Often right, and seldom altogether. */
  const valuesOf = (shape: Shape): fc.Arbitrary<unknown> => {
    const rightly = () => {
      if (typeof shape === 'string')
        return fc.constantFrom(...(shape === 'quantity' ? ['1Gi', 5] : ['x']), ...(shape === 'text' ? ['{{'] : []));
      if ('items' in shape) return fc.array(valuesOf(shape.items), { maxLength: 3 });
      if (shape.values) return fc.dictionary(fc.constantFrom(...NAMES), valuesOf(shape.values));
      return fc.record({
        ...Object.fromEntries([...(shape.fields ?? [])].map(([name, each]) => [name, valuesOf(each)])),
        d: anything,
      });
    };
    return fc.oneof({ weight: 15, arbitrary: rightly() }, { weight: 1, arbitrary: anything });
  };
  const cases = shapes.chain((shape) => fc.tuple(fc.constant(shape), valuesOf(shape)));
  const stepsOf = (path: string) => path.replaceAll(/\[(\d)\]/g, '.$1').split('.');

  test('if it has no misfits, and only then', () => {
    const seen = { fitting: 0, other: 0 };
    fc.assert(
      fc.property(cases, ([shape, value]) => {
        const isFit = fits(value, shape);
        seen[isFit ? 'fitting' : 'other']++;
        expect([...misfits(value, shape, 'top', {})].length === 0).toBe(isFit);
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(seen.fitting, seen.other)).toBeGreaterThan(100);
  });

  test('or each misfit is the value at its path, on the line of itself or of what holds it', () => {
    fc.assert(
      fc.property(cases, ([shape, value]) => {
        const root = { top: value };
        for (const misfit of misfits(value, shape, 'top', root)) {
          const steps = stepsOf(misfit.path);
          const node = typeof misfit.value === 'object' && misfit.value !== null ? misfit.value : along(root, steps.slice(0, -1));
          expect(along(root, steps)).toBe(misfit.value);
          expect(misfit.node).toBe(node);
        }
      }),
      { numRuns: 500 },
    );
  });

  const one = (value: unknown, shape: Shape): Partial<Misfit>[] => [...misfits(value, shape, '', 'holder')];

  test('and without a path the fields are named alone', () => {
    expect(one({ a: 5 }, mapOf({ a: 'string' }))).toMatchObject([{ path: 'a', value: 5, wanted: 'a string' }]);
    expect(one(5, { items: 'string' })).toEqual([{ path: '', value: 5, wanted: 'a list', node: 'holder', unrendered: false }]);
  });

  test.each([null, undefined])('but not if an item of a list is %j', (item) => {
    const list = ['x', item];
    const misfit = { path: '[1]', value: item, wanted: 'a quantity such as 20Gi', node: list, unrendered: false };
    expect(one(list, { items: 'quantity' })).toEqual([misfit]);
    expect(fits(list, { items: 'quantity' })).toBe(false);
  });

  test.each<[Shape, string]>([
    ['string', 'a string'],
    [{ items: {} }, 'a list'],
    [{}, 'a map'],
  ])('but not if it is null itself: %j', (shape, wanted) => {
    expect(one(null, shape)).toEqual([{ path: '', value: null, wanted, node: 'holder', unrendered: false }]);
    expect(fits(null, shape)).toBe(false);
  });

  test('whatever its other fields are, even such as every object has', () => {
    expect(one({ toString: 5, constructor: 'x' }, mapOf({ a: 'string' }))).toEqual([]);
    expect(fits({ toString: 5, b: {} }, mapOf({ a: 'string' }))).toBe(true);
  });
});
