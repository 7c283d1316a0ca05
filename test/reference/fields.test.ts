import { along, at, list, strings, text } from '../../src/reference/fields';

const deep = { a: { b: { c: { d: { e: 'end' } } } }, n: null, l: ['x', { y: 1 }], none: undefined };

test.each<[[string | number, ...(string | number)[]], unknown]>([
  [['a'], deep.a],
  [['a', 'b'], deep.a.b],
  [['a', 'b', 'c'], deep.a.b.c],
  [['a', 'b', 'c', 'd'], deep.a.b.c.d],
  [['a', 'b', 'c', 'd', 'e'], 'end'],
  [['n'], null],
  [['l', 1, 'y'], 1],
  [['l', 'length'], 2],
  [['x', 'b', 'c', 'd', 'e'], undefined],
  [['a', 'x', 'c', 'd', 'e'], undefined],
  [['a', 'b', 'x', 'd', 'e'], undefined],
  [['a', 'b', 'c', 'x', 'e'], undefined],
  [['a', 'b', 'c', 'd', 'x'], undefined],
  [['n', 'b'], undefined],
  [['l', 0, 'length'], undefined],
  [['toString'], undefined],
  [['a', 'hasOwnProperty'], undefined],
  [['l', 'map'], undefined],
])('at %j of a manifest stands %j', (path, value) => {
  const [first, ...others] = path;
  expect(at(deep, first, ...others)).toBe(value);
  expect(along(deep, path)).toBe(value);
});

test.each([undefined, null, 5, 'x', true])('nothing stands in %j', (node) => {
  expect([at(node, 'length'), at(node, 'a', 'b'), text(at(node, 'a'))]).toStrictEqual([undefined, undefined, '']);
});

test('what has another type reads as an absent text, list or map', () => {
  expect(['x', 5, null, ['x']].map(text)).toStrictEqual(['x', '', '', '']);
  expect([['x'], 'x', { length: 1 }, null].map(list)).toStrictEqual([['x'], [], [], []]);
  expect([{ a: 'x', b: 5, c: null }, ['x'], 'x', null, undefined].map(strings)).toStrictEqual([{ a: 'x' }, {}, {}, {}, {}]);
});
