import { Chart, Size, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import * as yaml from 'js-yaml';
import { findingsIn } from '../../src/check/finding';
import { bytesOf } from '../../src/resources/storage-size';
import { Subject } from '../../src/resources/subject';
import { claimSmallerThanSource } from '../../src/rules/claims/claim-smaller-than-source';
import { ObjectSet } from '../../src/rules/object-set';
import { bytesIn } from '../../src/rules/quantity';

const UNITS = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
const subject = new Subject('size', new Chart(Testing.app(), 'chart'));
const sizes = fc
  .tuple(fc.integer({ min: 1, max: 8191 }), fc.constantFrom(Size.kibibytes, Size.mebibytes, Size.gibibytes, Size.tebibytes, Size.pebibyte))
  .map(([amount, unit]) => unit(amount));

// What `resource.ParseQuantity(text).Value()` of k8s.io/apimachinery 0.37 says.
test.each([
  ['0', 0n],
  ['1', 1n],
  ['007', 7n],
  ['+1', 1n],
  ['1.', 1n],
  ['.5', 1n],
  ['1.5', 2n],
  ['1n', 1n],
  ['1.5u', 1n],
  ['1500m', 2n],
  ['1.0000000001', 2n],
  ['1k', 1000n],
  ['1.5M', 1_500_000n],
  ['20G', 20_000_000_000n],
  ['0.0001T', 100_000_000n],
  ['1P', 1_000_000_000_000_000n],
  ['1E', 1_000_000_000_000_000_000n],
  ['1Ki', 1024n],
  ['1.5Mi', 1_572_864n],
  ['20Gi', 21_474_836_480n],
  ['20.25Gi', 21_743_271_936n],
  ['0.1Ti', 109_951_162_778n],
  ['1Pi', 1_125_899_906_842_624n],
  ['8191.9999Pi', 9_223_371_924_264_785_124n],
  ['1Ei', 1_152_921_504_606_846_976n],
  ['1e3', 1000n],
  ['1.5E3', 1500n],
  ['1e+2', 100n],
  ['1500e-3', 2n],
  ['1e-99', 1n],
  ['1e18', 1_000_000_000_000_000_000n],
  ['9223372036854775807', 9_223_372_036_854_775_807n],
])('%s is %d bytes', (text, bytes) => {
  expect(bytesIn(text)).toBe(bytes);
});

test.each([
  ['20GB'],
  ['20Gib'],
  ['20gi'],
  ['20 Gi'],
  ['20K'],
  ['1ki'],
  ['1e'],
  ['1e1.5'],
  ['1e3Gi'],
  ['e3'],
  ['Gi'],
  ['.'],
  ['.Gi'],
  ['+'],
  [''],
  ['1,5Gi'],
  ['-1'],
  ['-1Gi'],
  ['8Ei'],
  ['9223372036854775808'],
  ['1e40'],
  ['1e99999999999999999999'],
  ['9'.repeat(65)],
  [undefined],
  [null],
  [true],
  [['20Gi']],
  [{ '20Gi': 1 }],
  [Number.NaN],
  [Number.POSITIVE_INFINITY],
])('%j is no size', (written) => {
  expect(bytesIn(written)).toBeUndefined();
});

test('a number is read as it would be written, and space around a quantity is ignored', () => {
  expect([bytesIn(20), bytesIn(1.5), bytesIn(1e15), bytesIn(' 1Gi ')]).toEqual([20n, 2n, 10n ** 15n, 2n ** 30n]);
});

test('for all sizes of the library: the same number of bytes', () => {
  fc.assert(fc.property(sizes, (size) => expect(bytesIn(size.asString())).toBe(bytesOf('storage', subject, size))));
});

test('for all decimals and suffixes: the exact product, rounded up', () => {
  const suffixes = fc.constantFrom(
    ...UNITS.map((unit, index) => [unit, 1024n ** BigInt(index + 1)] as const),
    ...['k', 'M', 'G', 'T'].map((unit, index) => [unit, 1000n ** BigInt(index + 1)] as const),
    ...[0, 1, 5].map((exponent) => [`e${exponent}`, 10n ** BigInt(exponent)] as const),
  );
  fc.assert(
    fc.property(fc.nat(8000), fc.nat(999), suffixes, (whole, thousandths, [suffix, factor]) => {
      const exact = (BigInt(whole) * 1000n + BigInt(thousandths)) * factor;
      const text = `${whole}.${String(thousandths).padStart(3, '0')}${suffix}`;
      expect(bytesIn(text)).toBe(exact / 1000n + (exact % 1000n === 0n ? 0n : 1n));
    }),
  );
});

test('for all pairs of sizes: the claim is refused exactly when it is smaller than its source', () => {
  const claim = (name: string, storage: string, source: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: dev }
spec: { resources: { requests: { storage: ${storage} } }${source} }`;
  fc.assert(
    fc.property(sizes, sizes, (own, needed) => {
      const text = [
        claim('source', needed.asString(), ''),
        claim('copy', own.asString(), ', dataSourceRef: { kind: PersistentVolumeClaim, name: source }'),
      ].join('\n---');
      const findings = [...findingsIn(new ObjectSet(yaml.loadAll(text).map((manifest) => ({ manifest }))), [claimSmallerThanSource])];
      const smaller = bytesOf('storage', subject, own) < bytesOf('storage', subject, needed);
      expect(findings.map(({ object }) => object.name)).toEqual(smaller ? ['copy'] : []);
    }),
  );
});
