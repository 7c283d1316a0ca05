import * as fc from 'fast-check';
import { handedOverContentName, handedOverSnapshotName, sourceOfHandedOver } from '../../src/reference/pre-provisioned';

const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,8}[a-z0-9])?$/);
const subdomain = fc.array(label, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));

test('the source of a handed-over snapshot is read back from its name, dots in the name of the source included', () => {
  fc.assert(
    fc.property(label, subdomain, (namespace, name) => {
      expect(sourceOfHandedOver(handedOverSnapshotName({ namespace, name }))).toEqual({ namespace, name });
    }),
  );
});

test('two handed-over contents have one name only if target and source are the same', () => {
  fc.assert(
    fc.property(label, label, subdomain, label, label, subdomain, (target, namespace, name, target2, namespace2, name2) => {
      const same = target === target2 && namespace === namespace2 && name === name2;
      expect(
        handedOverContentName(target, { namespace, name }) === handedOverContentName(target2, { namespace: namespace2, name: name2 }),
      ).toBe(same);
    }),
  );
});

test.each([
  'mysql',
  'snapshot-clone.',
  'snapshot-clone.prod',
  'snapshot-clone.prod.',
  'snapshot-clone..mysql',
  'my.snapshot-clone.prod.mysql',
])("'%s' is no name of a handed-over snapshot", (name) => {
  expect(sourceOfHandedOver(name)).toBeUndefined();
});
