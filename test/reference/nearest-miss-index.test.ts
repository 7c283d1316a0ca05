import * as fc from 'fast-check';
import { covers, type Grant } from '../../src/reference/grant';
import { nearestMiss } from '../../src/reference/nearest-miss';
import { NearestMissIndex } from '../../src/reference/nearest-miss-index';
import type { Reference } from '../../src/reference/reference';

// Among them what stands for every value elsewhere, and what would run into the next field.
const group = fc.constantFrom('', 'snapshot.storage.k8s.io', 'core', '*');
const kind = fc.constantFrom('PersistentVolumeClaim', 'VolumeSnapshot', 'volumesnapshot', '*');
const namespace = fc.constantFrom('prod', 'dev', 'test', '', '*', 'prod dev');
const name = fc.constantFrom('mysql', 'files', '*', '5:mysql', 'a b');
const grant: fc.Arbitrary<Grant> = fc.record({
  namespace,
  name,
  from: fc.array(fc.record({ group, kind, namespace }), { maxLength: 3 }),
  to: fc.array(fc.record({ group, kind, name: fc.oneof(name, fc.constantFrom(undefined, '')) }), { maxLength: 3 }),
});
const reference: fc.Arbitrary<Reference> = fc.record({
  claim: fc.record({ namespace, name }),
  source: fc.record({ group, kind, namespace, name }),
});

test('for a reference that is not covered, the index finds the nearest miss that a look at all grants finds', () => {
  const found = [0, 0, 0];
  fc.assert(
    fc.property(fc.array(grant, { maxLength: 8 }), fc.array(reference, { minLength: 1, maxLength: 4 }), (grants, references) => {
      const index = new NearestMissIndex(grants);
      for (const one of references.filter((each) => !covers(grants, each))) {
        const nearest = nearestMiss(grants, one);
        found[nearest?.distance ?? 0]++;
        expect(index.nearest(one)).toEqual(nearest);
        expect(index.nearest(one)?.grant).toBe(nearest?.grant);
      }
    }),
    { numRuns: 5000 },
  );
  // Each case has been met: none near, one field, two fields.
  for (const often of found) expect(often).toBeGreaterThan(20);
});
